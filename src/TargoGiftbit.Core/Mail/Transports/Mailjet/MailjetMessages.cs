using System.Globalization;
using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>Finds messages that Mailjet took, to settle a hand-over whose answer was lost (spec D8, reference/mailjet.md §4).</summary>
/// <param name="rest">Asks the service.</param>
public sealed class MailjetMessages(MailjetRest rest)
{
    /// <summary>The messages with a CustomID that arrived within a span of time, oldest first. Fits <see cref="FindMessages"/>.</summary>
    /// <param name="customId"><c>campaign:row</c>.</param>
    /// <param name="from">Earliest arrival.</param>
    /// <param name="to">Latest arrival.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="MailTransportException">The question was refused.</exception>
    /// <exception cref="Http.HttpFaultException">No usable answer after all repeats.</exception>
    public async Task<IReadOnlyList<FoundMessage>> FindAsync(string customId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var found = new List<FoundMessage>();
        await foreach (var message in ListAsync(customId, from, to, cancellationToken).ConfigureAwait(false))
        {
            // A message without a readable id or time is a message all the same: left out, it would be sent twice.
            found.Add(new FoundMessage(message.Id ?? message.Uuid ?? "", message.ArrivedAt ?? from, string.IsNullOrWhiteSpace(message.Recipient) ? null : message.Recipient));
        }
        found.Sort((a, b) => a.ArrivedAt.CompareTo(b.ArrivedAt));
        return found;
    }

    /// <summary>What became of the messages that arrived since an instant. Fits <see cref="FindFates"/>.</summary>
    /// <param name="since">Earliest arrival.</param>
    /// <param name="failedOnly">Only those that failed.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="MailTransportException">The question was refused.</exception>
    /// <exception cref="Http.HttpFaultException">No usable answer after all repeats.</exception>
    public async Task<IReadOnlyList<MessageFate>> FatesAsync(DateTimeOffset since, bool failedOnly, CancellationToken cancellationToken)
    {
        var found = new List<MessageFate>();
        foreach (var status in failedOnly ? FailedStatuses : (IEnumerable<string?>)[null])
        {
            KeyValuePair<string, string?>[] filters = [new("FromTS", Seconds(since)), new("MessageStatus", status), new("ShowCustomID", "true")];
            await foreach (var message in rest.ListAsync("message", filters, MailjetJson.Default.MailjetPageMailjetMessage, m => m.Id ?? m.Uuid ?? "", cancellationToken).ConfigureAwait(false))
            {
                if (message is not { CustomId.Length: > 0, Id.Length: > 0 }) continue;
                // The word counts, not the filter: a service that passed over the filter would show every message as failed.
                var word = message.Status?.ToLowerInvariant() ?? "";
                var failed = FailedWords.Contains(word);
                if (failed || !failedOnly) found.Add(new MessageFate(message.CustomId, message.Id, failed, failed || !PendingWords.Contains(word)));
            }
        }
        return found;
    }

    // Spam, bounce, blocked, hard bounced; a soft bounce is tried again (reference/mailjet.md §4).
    private static readonly string[] FailedStatuses = ["5", "6", "8", "10"];
    private static readonly HashSet<string> FailedWords = ["bounce", "bounced", "hardbounce", "hardbounced", "blocked", "spam", .. FailedStatuses];
    private static readonly HashSet<string> PendingWords = ["", "processed", "queued", "deferred", "softbounced", "softbounce", "0", "1", "9", "11"];

    /// <summary>The messages with their state.</summary>
    /// <param name="customId"><c>campaign:row</c>.</param>
    /// <param name="from">Earliest arrival, whole seconds.</param>
    /// <param name="to">Latest arrival, whole seconds.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public async IAsyncEnumerable<MailjetMessage> ListAsync(
        string customId, DateTimeOffset from, DateTimeOffset to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeyValuePair<string, string?>[] filters =
        [
            new("CustomID", customId),
            new("FromTS", Seconds(from)),
            // Arrival is told to the second: round up, or a message in the last one is missed.
            new("ToTS", Seconds(to.AddMilliseconds(999))),
            new("ShowCustomID", "true"),
            new("ShowContactAlt", "true"),
        ];
        await foreach (var message in rest.ListAsync("message", filters, MailjetJson.Default.MailjetPageMailjetMessage, m => m.Id ?? m.Uuid ?? "", cancellationToken).ConfigureAwait(false))
        {
            // A service that passed over the filter would make a lost mail look sent.
            if (string.IsNullOrEmpty(message.CustomId) || message.CustomId == customId) yield return message;
        }
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}

/// <summary>A message as Mailjet holds it.</summary>
public sealed record MailjetMessage
{
    /// <summary>MessageID, 17–19 digits, as text.</summary>
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? Id { get; init; }

    /// <summary>When it was taken, UTC.</summary>
    [JsonConverter(typeof(LooseTimeConverter))]
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>State in Mailjet's word: <c>queued</c>, <c>sent</c>, <c>opened</c>, <c>clicked</c>, <c>bounce</c>, <c>blocked</c> …</summary>
    [JsonConverter(typeof(LooseTextConverter))]
    public string? Status { get; init; }

    /// <summary>Our id, where the service shows it.</summary>
    [JsonPropertyName("CustomID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? CustomId { get; init; }

    /// <summary>The recipient's address, where the service shows it.</summary>
    [JsonPropertyName("ContactAlt")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? Recipient { get; init; }

    /// <summary>MessageUUID, where the service shows it.</summary>
    [JsonPropertyName("UUID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? Uuid { get; init; }

    /// <summary>Why it is in its state (1–21, reference/mailjet.md §4), or 0.</summary>
    [JsonPropertyName("StateID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? StateId { get; init; }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, AllowTrailingCommas = true)]
[JsonSerializable(typeof(MailjetPage<MailjetMessage>))]
internal sealed partial class MailjetJson : JsonSerializerContext;
