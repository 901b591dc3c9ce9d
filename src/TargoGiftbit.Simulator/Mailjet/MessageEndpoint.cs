using System.Text.Json;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary><c>GET /v3/REST/message</c> and one message's history (mailjet.md §4).</summary>
internal sealed class MessageEndpoint(MailjetSwitches switches, Inbox inbox, SimulatorClock clock)
{
    /// <summary>A message that the index already shows.</summary>
    public InboxMessage? Visible(string id) =>
        long.TryParse(id, out var number) && inbox.ById(number) is { } message && IsIndexed(message) ? message : null;

    public Reply List(ServiceRequest request)
    {
        IEnumerable<InboxMessage> found = request.Query("CustomID") is { } customId ? inbox.ByCustomId(customId) : inbox.Messages;
        found = found.Where(IsIndexed);
        if (RestEnvelope.Time(request.Query("FromTS")) is { } from)
            found = found.Where(message => message.AcceptedAt >= from);
        if (RestEnvelope.Time(request.Query("ToTS")) is { } to)
            found = found.Where(message => message.AcceptedAt <= to);
        if (request.Query("Campaign") is { } campaign)
            found = found.Where(message => message.Campaign == campaign || $"{CampaignId(message)}" == campaign);
        if (request.QueryNumber("MessageStatus") is { } status)
            found = found.Where(message => (int)message.State == status);
        // Everything here is transactional: FromType=2 (marketing) finds nothing.
        if (request.QueryNumber("FromType") is 2)
            found = [];
        if (request.Query("Contact") is { } contact)
            found = found.Where(message => message.Recipient.Equals(contact, StringComparison.OrdinalIgnoreCase) || $"{ContactId(message)}" == contact);
        found = Sort(found, request.Query("Sort"));
        return RestEnvelope.Write(request, [.. found], (json, message) => Write(json, message, request));
    }

    public Reply One(ServiceRequest request, string id) => Visible(id) is { } message
        ? RestEnvelope.Write<InboxMessage>(request, [message], (json, row) => Write(json, row, request))
        : RestEnvelope.Error(404, "Object not found");

    public Reply History(ServiceRequest request, string id) => Visible(id) is { } message
        ? RestEnvelope.Write(request, message.Events, (json, happening) =>
        {
            json.WriteString("Comment", happening.Comment);
            json.WriteNumber("EventAt", happening.At.ToUnixTimeSeconds());
            json.WriteString("EventType", HistoryWord(happening.Kind));
            json.WriteString("State", happening.Error);
            json.WriteString("Useragent", happening.Kind is MailEventKind.Open or MailEventKind.Click ? happening.Agent : "");
            json.WriteNumber("UseragentID", 0);
        })
        : RestEnvelope.Error(404, "Object not found");

    public static long CampaignId(InboxMessage message) => message.Campaign.Length == 0 ? 0 : 100_000 + Stable(message.Campaign);

    public static long ContactId(InboxMessage message) => 1_000_000 + Stable(message.Recipient.ToLowerInvariant());

    private bool IsIndexed(InboxMessage message) => message.AcceptedAt + switches.IndexDelay <= clock.Now;

    private static IEnumerable<InboxMessage> Sort(IEnumerable<InboxMessage> messages, string? sort) => sort?.Replace('+', ' ') switch
    {
        "ArrivedAt DESC" or "ID DESC" => messages.OrderByDescending(message => message.AcceptedAt),
        _ => messages,
    };

    private void Write(Utf8JsonWriter json, InboxMessage message, ServiceRequest request)
    {
        bool Shows(string what) => switches.ShowAlways || request.Query("Show" + what) is "1" or "true";

        json.WriteString("ArrivedAt", RestEnvelope.Rfc3339(message.AcceptedAt));
        json.WriteNumber("AttachmentCount", 0);
        json.WriteNumber("AttemptCount", 0);
        json.WriteNumber("CampaignID", CampaignId(message));
        json.WriteString("ContactAlt", Shows("ContactAlt") ? message.Recipient : "");
        json.WriteNumber("ContactID", ContactId(message));
        json.WriteString("CustomID", Shows("CustomID") ? message.CustomId : "");
        json.WriteNumber("Delay", 0);
        json.WriteNumber("DestinationID", 12);
        json.WriteNumber("FilterTime", 18);
        json.WriteNumber("ID", message.Id);
        json.WriteBoolean("IsClickTracked", message.TrackClicks);
        json.WriteBoolean("IsHTMLPartIncluded", true);
        json.WriteBoolean("IsOpenTracked", message.TrackOpens);
        json.WriteBoolean("IsTextPartIncluded", true);
        json.WriteBoolean("IsUnsubTracked", false);
        json.WriteNumber("MessageSize", message.Size);
        json.WriteNumber("SenderID", 1);
        json.WriteNumber("SpamassassinScore", 0);
        json.WriteString("SpamassRules", "");
        json.WriteNumber("StateID", StateId(message));
        json.WriteBoolean("StatePermanent", message.State is MessageState.HardBounced or MessageState.Blocked);
        json.WriteString("Status", Word(message.State));
        json.WriteString("Subject", Shows("Subject") ? message.Subject : "");
        json.WriteString("UUID", message.Uuid);
    }

    public static int StateId(InboxMessage message) => message.Events.LastOrDefault(happening => happening.Error.Length > 0)?.Error switch
    {
        null => 0,
        "user unknown" => 1,
        "mailbox inactive" => 2,
        "quota exceeded" => 3,
        "invalid domain" => 4,
        "no mail host" => 5,
        "relay/access denied" => 6,
        "sender blocked" => 7,
        "content blocked" => 8,
        "policy issue" => 9,
        "system issue" => 10,
        "protocol issue" => 11,
        "connection issue" => 12,
        "greylisted" => 13,
        "preblocked" => 14,
        "duplicate in campaign" => 15,
        "typofix" => 19,
        "blacklisted" => 20,
        "spam reporter" => 21,
        _ => 10,
    };

    private static string Word(MessageState state) => state switch
    {
        MessageState.Bounce or MessageState.SoftBounced => "softbounced",
        MessageState.HardBounced => "hardbounced",
        _ => state.ToString().ToLowerInvariant(),
    };

    // Other words than the webhooks' (§4).
    private static string HistoryWord(MailEventKind kind) => kind switch
    {
        MailEventKind.Open => "opened",
        MailEventKind.Click => "clicked",
        MailEventKind.Bounce => "bounced",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static long Stable(string text)
    {
        var hash = 17L;
        foreach (var letter in text)
            hash = ((hash * 31) + letter) % 899_999_981;
        return hash;
    }
}
