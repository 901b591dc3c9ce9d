using System.Buffers;
using System.Text.Json;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Mailjet.Events;

/// <summary>Writes events in the form of Mailjet's Event API (mailjet.md §3).</summary>
internal sealed class EventJson(MailjetSwitches switches)
{
    public byte[] Group(IEnumerable<QueuedEvent> events) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var queued in events)
            One(json, queued);
        json.WriteEndArray();
    });

    public byte[] Bare(QueuedEvent queued) => Write(json => One(json, queued));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return buffer.WrittenSpan.ToArray();
    }

    private void One(Utf8JsonWriter json, QueuedEvent queued)
    {
        var (message, happening) = queued;
        var failed = happening.Kind is MailEventKind.Bounce or MailEventKind.Blocked;
        json.WriteStartObject();
        Text(json, "event", happening.Kind.ToString().ToLowerInvariant());
        Number(json, "time", happening.At.ToUnixTimeSeconds());
        Number(json, "MessageID", message.Id);
        Text(json, "Message_GUID", message.Uuid.ToString());
        Text(json, "email", message.Recipient);
        // The vendor's samples of failures carry zeros here.
        Number(json, "mj_campaign_id", failed ? 0 : MessageEndpoint.CampaignId(message));
        Number(json, "mj_contact_id", failed ? 0 : MessageEndpoint.ContactId(message));
        Text(json, "customcampaign", message.Campaign);
        Text(json, "CustomID", message.CustomId);
        Text(json, "Payload", message.EventPayload);
        Own(json, message, happening);
        json.WriteEndObject();
    }

    private void Own(Utf8JsonWriter json, InboxMessage message, MailEvent happening)
    {
        switch (happening.Kind)
        {
            case MailEventKind.Sent:
                Text(json, "mj_message_id", $"{message.Id}");
                Text(json, "smtp_reply", happening.Comment);
                break;
            case MailEventKind.Click:
                Text(json, "url", happening.Url ?? "");
                Visitor(json, happening);
                break;
            case MailEventKind.Open:
                Visitor(json, happening);
                break;
            case MailEventKind.Bounce:
                json.WriteBoolean("blocked", happening.IsBlocked);
                json.WriteBoolean("hard_bounce", happening.HardBounce);
                Cause(json, happening);
                Text(json, "comment", happening.Comment);
                break;
            case MailEventKind.Blocked:
                Cause(json, happening);
                break;
            case MailEventKind.Spam:
                Text(json, "source", happening.Source);
                break;
            default:
                Number(json, "mj_list_id", 0);
                Visitor(json, happening);
                break;
        }
    }

    private void Visitor(Utf8JsonWriter json, MailEvent happening)
    {
        Text(json, "ip", happening.Ip);
        Text(json, "geo", happening.Geo);
        Text(json, "agent", happening.Agent);
    }

    private void Cause(Utf8JsonWriter json, MailEvent happening)
    {
        Text(json, "error_related_to", happening.ErrorRelatedTo);
        Text(json, "error", happening.Error);
    }

    private void Text(Utf8JsonWriter json, string name, string value)
    {
        if (!switches.EventOmittedKeys.Contains(name, StringComparer.OrdinalIgnoreCase))
            json.WriteString(name, switches.EventEmptyKeys.Contains(name, StringComparer.OrdinalIgnoreCase) ? "" : value);
    }

    private void Number(Utf8JsonWriter json, string name, long value)
    {
        if (!switches.EventOmittedKeys.Contains(name, StringComparer.OrdinalIgnoreCase))
            json.WriteNumber(name, value);
    }
}
