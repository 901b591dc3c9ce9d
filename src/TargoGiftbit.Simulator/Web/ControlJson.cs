using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Engagement;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Web;

/// <summary>Writes the simulator's state for scripts.</summary>
internal sealed class ControlJson(SimulatorHost sim)
{
    public Reply State() => Reply.Json(200, json =>
    {
        var gifts = sim.Giftbit.Store.Gifts;
        var mails = sim.Inbox.Messages;
        json.WriteString("now", sim.Clock.Now);
        json.WriteNumber("scale", sim.Clock.Scale);
        json.WriteNumber("orders", sim.Giftbit.Store.Orders.Count);
        json.WriteStartObject("gifts");
        json.WriteNumber("total", gifts.Count);
        foreach (var state in gifts.GroupBy(gift => gift.State))
            json.WriteNumber(GiftbitWords.Of(state.Key), state.Count());
        json.WriteEndObject();
        json.WriteStartObject("mail");
        json.WriteNumber("total", mails.Count);
        json.WriteNumber("duplicates", sim.Inbox.Duplicates.Count);
        json.WriteNumber("repeatedCustomIds", sim.Inbox.RepeatedCustomIds.Count);
        foreach (var state in mails.GroupBy(mail => mail.State))
            json.WriteNumber(Camel(state.Key.ToString()), state.Count());
        json.WriteEndObject();
        json.WriteStartObject("funds");
        foreach (var (currency, line) in sim.Giftbit.Store.Funds)
            json.WriteNumber(currency, line.Available);
        json.WriteEndObject();
        json.WriteNumber("requests", sim.Requests.All.Count);
        json.WriteNumber("eventsWaiting", sim.Mailjet.Events.Waiting);
        json.WriteStartObject("env");
        foreach (var (name, value) in sim.Environment)
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    public Reply Switches() => Reply.Json(200, json =>
    {
        foreach (var (name, value) in new SwitchBoard(sim.Options).List())
            json.WriteString(name, value);
    });

    public Reply Faults() => List("applied", sim.Faults.Applied, (json, entry) =>
    {
        json.WriteString("route", entry.Route);
        json.WriteString("fault", entry.Fault.ToString());
    });

    public Reply Orders() => List("orders", sim.Giftbit.Store.Orders, (json, order) =>
    {
        json.WriteString("id", order.Id);
        json.WriteString("uuid", order.Uuid);
        json.WriteString("status", GiftbitWords.Of(order.Status));
        json.WriteNumber("posts", order.Posts);
        json.WriteNumber("gifts", order.GiftCount);
        json.WriteNumber("priceInCents", order.Request.PriceInCents);
        json.WriteNumber("totalInCents", order.TotalInCents);
    });

    public Reply Gifts(string? campaign) => List("gifts", sim.Giftbit.Store.Gifts.Where(gift => campaign is null || gift.Order.Id == campaign), (json, gift) =>
    {
        json.WriteString("uuid", gift.Uuid);
        json.WriteString("campaign", gift.Order.Id);
        json.WriteNumber("number", gift.Number);
        json.WriteString("contactId", gift.Contact?.Id);
        json.WriteString("email", gift.Contact?.Email);
        json.WriteString("link", sim.Giftbit.Store.ShortlinkOf(gift));
        json.WriteString("status", GiftbitWords.Of(gift.State));
        json.WriteString("brand", gift.BrandCode);
        json.WriteNumber("visits", gift.Visits);
    });

    /// <summary>Mails by CustomID, recipient or campaign, newest last; <c>limit</c> keeps the last ones.</summary>
    public Reply Mails(ServiceRequest request)
    {
        IEnumerable<InboxMessage> found = request.Query("customId") is { } id ? sim.Inbox.ByCustomId(id) : sim.Inbox.Messages;
        if (request.Query("to") is { } to)
            found = found.Where(mail => mail.Recipient.Equals(to, StringComparison.OrdinalIgnoreCase));
        if (request.Query("campaign") is { } campaign)
            found = found.Where(mail => mail.Campaign == campaign);
        return List("mail", found.TakeLast(request.QueryNumber("limit") ?? int.MaxValue), Envelope);
    }

    public Reply Mail(InboxMessage mail) => Reply.Json(200, json =>
    {
        Envelope(json, mail);
        json.WriteString("html", mail.Content?.Html);
        json.WriteString("text", mail.Content?.Text);
        json.WriteString("giftLink", new GiftLinks(sim.Giftbit.Store).Find(mail)?.Url);
        json.WriteStartObject("headers");
        foreach (var (name, value) in mail.Content?.Headers ?? new Dictionary<string, string>())
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    public Reply Requests(string? of, int limit) =>
        List("requests", (of is null ? sim.Requests.All : sim.Requests.Of(of)).TakeLast(limit), (json, request) =>
        {
            json.WriteString("route", request.Route);
            json.WriteString("method", request.Method);
            json.WriteString("path", request.Path + request.QueryString);
            json.WriteString("at", request.At);
            json.WriteNumber("status", request.Status);
            json.WriteString("fault", request.Fault?.ToString());
            json.WriteString("body", request.BodyText);
        });

    public Reply EventPosts() => List("posts", sim.Mailjet.Events.Posts, (json, post) =>
    {
        json.WriteString("at", post.At);
        json.WriteNumber("events", post.Events);
        json.WriteNumber("status", post.Status);
    });

    public static Reply Played(PlayResult result) => Reply.Json(200, json =>
    {
        json.WriteNumber("messages", result.Messages);
        json.WriteNumber("delivered", result.Delivered);
        json.WriteNumber("bounced", result.Bounced);
        json.WriteNumber("blocked", result.Blocked);
        json.WriteNumber("opened", result.Opened);
        json.WriteNumber("clicked", result.Clicked);
        json.WriteNumber("redeemed", result.Redeemed);
        json.WriteNumber("scanned", result.Scanned);
        json.WriteNumber("spam", result.Spam);
        json.WriteNumber("unsubscribed", result.Unsubscribed);
    });

    public static Reply Done(bool done) => Reply.Json(200, json => json.WriteBoolean("done", done));

    public static Reply Count(int count) => Reply.Json(200, json => json.WriteNumber("count", count));

    private static Reply List<T>(string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write) => Reply.Json(200, json =>
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Envelope(Utf8JsonWriter json, InboxMessage mail)
    {
        // As text: scripts in other languages would round a number of this size.
        json.WriteString("id", mail.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("transport", mail.Transport);
        json.WriteString("to", mail.Recipient);
        json.WriteString("from", mail.Sender);
        json.WriteString("subject", mail.Subject);
        json.WriteString("customId", mail.CustomId);
        json.WriteString("payload", mail.EventPayload);
        json.WriteString("campaign", mail.Campaign);
        json.WriteString("state", Camel(mail.State.ToString()));
        json.WriteString("acceptedAt", mail.AcceptedAt);
        json.WriteStartArray("events");
        foreach (var happening in mail.Events)
            json.WriteStringValue(happening.Kind.ToString().ToLowerInvariant());
        json.WriteEndArray();
    }

    private static string Camel(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
