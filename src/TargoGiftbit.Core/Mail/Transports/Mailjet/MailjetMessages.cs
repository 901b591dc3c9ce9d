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
            found.Add(new FoundMessage(message.Id ?? message.Uuid ?? "", message.ArrivedAt ?? from));
        }
        found.Sort((a, b) => a.ArrivedAt.CompareTo(b.ArrivedAt));
        return found;
    }

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
