using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>What an answer means for each message of a call (reference/mailjet.md §2).</summary>
/// <param name="settings">The keys, to keep them out of what is shown.</param>
internal sealed class SendOutcomes(MailjetSettings settings)
{
    /// <summary>Reads the body; null when it is no JSON object or was cut off.</summary>
    public static SendReply? Parse(ReadOnlyMemory<byte>? body)
    {
        if (body is not { IsEmpty: false } bytes) return null;
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, SendJson.Default.SendReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One outcome per message, by place, and by CustomID where the places do not fit.</summary>
    public HandOver[] PerMessage(IReadOnlyList<PreparedMessage> messages, List<SendReplyMessage?> entries)
    {
        var outcomes = new HandOver[messages.Count];
        var inPlace = entries.Count == messages.Count;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var id = messages[i].Message.CustomId;
            var entry = inPlace && IsFor(entries[i], id) ? entries[i] : entries.Find(e => e is not null && e.CustomId == id);
            outcomes[i] = entry is null ? Unreadable : Outcome(entry);
        }
        return outcomes;
    }

    /// <summary>Nothing can be said about a message that was sent: it is settled by asking.</summary>
    public static HandOver Unreadable { get; } = new(HandOverResult.Unknown, null, TransportText.MailjetUnreadable, "MailjetAnswerUnreadable");

    /// <summary>The whole call was refused, and this was its only message.</summary>
    public HandOver Refused(SendReply reply, int status) =>
        new(HandOverResult.Refused, null, Words(reply.ErrorMessage, reply.ErrorIdentifier), Code(reply.ErrorCode) ?? Number(status));

    /// <summary>The words of a fault of the whole call.</summary>
    public string Words(string? message, string? identifier)
    {
        var words = Redaction.Clean(message, 300, settings.Secrets);
        return identifier is { Length: > 0 and <= 64 } ? $"{words} ({Redaction.Clean(identifier, 64, settings.Secrets)})" : words;
    }

    /// <summary>True when the account or the sender, not the message, is at fault.</summary>
    public static bool IsSetUp(HandOver outcome) =>
        outcome is { Result: HandOverResult.Deferred, ReasonCode: { } code } && code.Split(' ')[0] is "401" or "403";

    private static bool IsFor(SendReplyMessage? entry, string customId) =>
        entry is not null && (string.IsNullOrEmpty(entry.CustomId) || entry.CustomId == customId);

    private HandOver Outcome(SendReplyMessage entry)
    {
        var id = Id(entry.To?.Find(to => to?.MessageId is not null)?.MessageId);
        var isSuccess = string.Equals(entry.Status, "success", StringComparison.OrdinalIgnoreCase) || (entry.Status is null && id is not null and not "0");
        // In Mailjet's sandbox mode the id is 0.
        if (isSuccess) return new HandOver(HandOverResult.Accepted, id == "0" ? null : id);
        if (entry.Errors?.Find(e => e is not null) is not { } fault)
            return string.Equals(entry.Status, "error", StringComparison.OrdinalIgnoreCase)
                ? new HandOver(HandOverResult.Refused, null, TransportText.MailjetNoReason, "error") : Unreadable;
        var status = int.TryParse(fault.StatusCode, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 400;
        var words = Words(fault.ErrorMessage, fault.ErrorIdentifier);
        var code = Code(fault.ErrorCode);
        return status switch
        {
            >= 500 => new HandOver(HandOverResult.Unknown, null, words, code ?? Number(status)),
            429 => new HandOver(HandOverResult.Deferred, null, words, code ?? "429"),
            // Suspended key, sender not allowed: the recipient has no part in it and may get the message once that is mended.
            401 or 403 => new HandOver(HandOverResult.Deferred, null, words, code is null ? Number(status) : $"{Number(status)} {code}"),
            _ => new HandOver(HandOverResult.Refused, null, words, code ?? Number(status)),
        };
    }

    // 17 to 19 digits, or a UUID; whatever else stands there is no id, and would be shown wherever ids are.
    private static string? Id(string? text) => text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? text : null;

    private string? Code(string? text) => string.IsNullOrWhiteSpace(text) ? null : Redaction.Clean(text, 40, settings.Secrets);

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
