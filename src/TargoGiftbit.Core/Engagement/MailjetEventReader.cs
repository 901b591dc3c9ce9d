using System.Security.Cryptography;
using System.Text.Json;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// Reads what Mailjet posts: an array of events, or one bare object (reference/mailjet.md §3). Never throws over a body: what
/// cannot be used comes out as such, with the reason.
/// </summary>
public static class MailjetEventReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a body.</summary>
    /// <param name="body">UTF-8, with or without BOM.</param>
    public static MailjetEventBody Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) return MailjetEventBody.Empty;
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new([], [Unusable("NotJson", body.Span)]);
        }
    }

    /// <summary>Reads an array of events, or one event.</summary>
    public static MailjetEventBody Read(JsonElement root)
    {
        var events = new List<MailjetEvent>();
        var unusable = new List<UnusableEvent>();
        if (root.ValueKind == JsonValueKind.Array)
            foreach (var item in root.EnumerateArray()) Add(item);
        else
            Add(root);
        return new(events, unusable);

        void Add(JsonElement item)
        {
            var (read, reason) = ReadOne(item);
            if (read is not null) events.Add(read);
            else unusable.Add(Unusable(reason, System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(item)));
        }
    }

    private static (MailjetEvent? Event, string Reason) ReadOne(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return (null, "NotObject");
        try
        {
            if (EventFields.Word(item, "event") is not { } word) return (null, "NoEvent");
            var read = Map(item, word);
            return read.MessageId is null && read.CustomId is null && read.AttemptId is null ? (null, "NoReference") : (read, "");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8, inside a text.
            return (null, "BadText");
        }
    }

    private static MailjetEvent Map(JsonElement item, string word)
    {
        var kind = KindOf(word);
        var agent = kind is MailEventKind.Open or MailEventKind.Click ? EventFields.Text(item, "agent") : null;
        return new MailjetEvent
        {
            Kind = kind,
            Word = word,
            At = EventFields.Time(item, "time"),
            MessageId = EventFields.Id(item, "MessageID") ?? EventFields.Id(item, "mj_message_id"),
            CustomId = EventFields.CustomId(item),
            AttemptId = EventFields.AttemptId(item),
            Email = EventFields.Email(item),
            UrlHashes = kind == MailEventKind.Click && EventFields.Text(item, "url") is { Length: > 0 } url ? UrlForms.Hashes(url) : [],
            IsWeakOpen = kind == MailEventKind.Open && AgentRules.IsWeakOpen(agent),
            IsAutomatedAgent = kind == MailEventKind.Click && AgentRules.IsAutomated(agent),
            IsHardBounce = kind == MailEventKind.Bounce && EventFields.Flag(item, "hard_bounce"),
            Error = kind is MailEventKind.Bounce or MailEventKind.Blocked ? EventFields.Error(item) : null,
        };
    }

    private static MailEventKind KindOf(string word) => word switch
    {
        "sent" => MailEventKind.Sent,
        "open" => MailEventKind.Open,
        "click" => MailEventKind.Click,
        "bounce" => MailEventKind.Bounce,
        "blocked" => MailEventKind.Blocked,
        "spam" => MailEventKind.Spam,
        "unsub" => MailEventKind.Unsubscribe,
        _ => MailEventKind.Other,
    };

    private static UnusableEvent Unusable(string reason, ReadOnlySpan<byte> raw) =>
        new(reason, EventFields.Shape(raw), SHA256.HashData(raw)[..16]);
}
