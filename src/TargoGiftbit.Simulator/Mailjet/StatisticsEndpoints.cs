using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>Opens, clicks, bounces and counters of REST v3 (mailjet.md §4).</summary>
internal sealed class StatisticsEndpoints(Inbox inbox, SimulatorClock clock)
{
    public Reply Opens(ServiceRequest request, string? id)
    {
        var found = Events(request, id, MailEventKind.Open);
        // Without a time the current day alone is shown (§4).
        if (id is null && request.Query("FromTS") is null && request.Query("ToTS") is null && request.Query("MessageID") is null)
            found = found.Where(row => row.Event.At.UtcDateTime.Date == clock.Now.UtcDateTime.Date);
        return RestEnvelope.Write(request, [.. found], (json, row) =>
        {
            json.WriteString("ArrivedAt", RestEnvelope.Rfc3339(row.Message.AcceptedAt));
            json.WriteNumber("CampaignID", MessageEndpoint.CampaignId(row.Message));
            json.WriteNumber("ContactID", MessageEndpoint.ContactId(row.Message));
            json.WriteNumber("MessageID", row.Message.Id);
            json.WriteString("OpenedAt", RestEnvelope.Rfc3339(row.Event.At));
            json.WriteString("UserAgentFull", row.Event.Agent);
            json.WriteNumber("UserAgentID", 1);
        });
    }

    public Reply Clicks(ServiceRequest request, string? id) =>
        RestEnvelope.Write(request, [.. Events(request, id, MailEventKind.Click)], (json, row) =>
        {
            json.WriteString("ClickedAt", RestEnvelope.Rfc3339(row.Event.At));
            json.WriteNumber("ClickedDelay", (long)(row.Event.At - row.Message.AcceptedAt).TotalSeconds);
            json.WriteNumber("ContactID", MessageEndpoint.ContactId(row.Message));
            json.WriteNumber("ID", row.Message.Id);
            json.WriteNumber("MessageID", row.Message.Id);
            json.WriteString("Url", row.Event.Url);
            json.WriteNumber("UserAgentID", 1);
        });

    public Reply Bounces(ServiceRequest request, string? id) =>
        RestEnvelope.Write(request, [.. Events(request, id, MailEventKind.Bounce, MailEventKind.Blocked)], (json, row) =>
        {
            json.WriteString("BouncedAt", RestEnvelope.Rfc3339(row.Event.At));
            json.WriteNumber("CampaignID", MessageEndpoint.CampaignId(row.Message));
            json.WriteNumber("ContactID", MessageEndpoint.ContactId(row.Message));
            json.WriteNumber("ID", row.Message.Id);
            json.WriteBoolean("IsBlocked", row.Event.Kind == MailEventKind.Blocked);
            json.WriteBoolean("IsStatePermanent", row.Event.HardBounce || row.Event.Kind == MailEventKind.Blocked);
            json.WriteNumber("StateID", MessageEndpoint.StateId(row.Message));
        });

    /// <summary>Lifetime counters, over all messages or of one campaign.</summary>
    public Reply Counters(ServiceRequest request)
    {
        if (request.Query("CounterSource") is null || request.Query("CounterResolution") is null || request.Query("CounterTiming") is null)
            return RestEnvelope.Error(400, "CounterSource, CounterResolution and CounterTiming are mandatory");
        var messages = inbox.Messages.Where(message => request.Query("SourceID") is not { } source || $"{MessageEndpoint.CampaignId(message)}" == source).ToArray();
        int With(MailEventKind kind) => messages.Count(message => message.Events.Any(happening => happening.Kind == kind));
        return RestEnvelope.Write<int>(request, [0], (json, _) =>
        {
            json.WriteNumber("MessageBlockedCount", With(MailEventKind.Blocked));
            json.WriteNumber("MessageClickedCount", With(MailEventKind.Click));
            json.WriteNumber("MessageHardBouncedCount", messages.Count(message => message.State == MessageState.HardBounced));
            json.WriteNumber("MessageOpenedCount", With(MailEventKind.Open));
            json.WriteNumber("MessageSentCount", With(MailEventKind.Sent));
            json.WriteNumber("MessageSoftBouncedCount", messages.Count(message => message.State == MessageState.SoftBounced));
            json.WriteNumber("MessageSpamCount", With(MailEventKind.Spam));
            json.WriteNumber("MessageUnsubscribedCount", With(MailEventKind.Unsub));
            json.WriteNumber("Total", messages.Length);
        });
    }

    private IEnumerable<(InboxMessage Message, MailEvent Event)> Events(ServiceRequest request, string? id, params MailEventKind[] kinds)
    {
        var one = id ?? request.Query("MessageID");
        IEnumerable<InboxMessage> messages = one is null ? inbox.Messages
            : long.TryParse(one, out var number) && inbox.ById(number) is { } message ? [message] : [];
        if (request.Query("CampaignID") is { } campaign)
            messages = messages.Where(message => $"{MessageEndpoint.CampaignId(message)}" == campaign);
        var from = RestEnvelope.Time(request.Query("FromTS")) ?? DateTimeOffset.MinValue;
        var to = RestEnvelope.Time(request.Query("ToTS")) ?? DateTimeOffset.MaxValue;
        return messages.SelectMany(message => message.Events
            .Where(happening => kinds.Contains(happening.Kind) && happening.At >= from && happening.At <= to)
            .Select(happening => (message, happening)));
    }
}
