using System.Text.Json.Serialization;
using TargoGiftbit.Core.Mail.Transports.Mailjet;

namespace TargoGiftbit.Core.Engagement.Polling;

// The resources of reference/mailjet.md §4, as far as they are used. Every field may be missing, every number may come as text.

/// <summary>A message and its present state.</summary>
internal sealed record PolledMessage
{
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? Id { get; init; }

    [JsonPropertyName("CustomID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? CustomId { get; init; }

    [JsonPropertyName("CampaignID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? CampaignId { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? ContactAlt { get; init; }

    [JsonConverter(typeof(LooseTimeConverter))]
    public DateTimeOffset? ArrivedAt { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? Status { get; init; }

    [JsonPropertyName("StateID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? StateId { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? StatePermanent { get; init; }
}

/// <summary>One thing that happened to a message.</summary>
internal sealed record PolledHistory
{
    [JsonConverter(typeof(LooseTextConverter))]
    public string? EventType { get; init; }

    [JsonConverter(typeof(LooseTimeConverter))]
    public DateTimeOffset? EventAt { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? State { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? Useragent { get; init; }
}

/// <summary>A click.</summary>
internal sealed record PolledClick
{
    [JsonPropertyName("MessageID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? MessageId { get; init; }

    [JsonConverter(typeof(LooseTimeConverter))]
    public DateTimeOffset? ClickedAt { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? Url { get; init; }
}

/// <summary>An open.</summary>
internal sealed record PolledOpen
{
    [JsonPropertyName("MessageID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? MessageId { get; init; }

    [JsonConverter(typeof(LooseTimeConverter))]
    public DateTimeOffset? OpenedAt { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? UserAgentFull { get; init; }
}

/// <summary>A bounce or block. Its <c>ID</c> is taken to be the message's; another's is not found and does no harm.</summary>
internal sealed record PolledBounce
{
    [JsonPropertyName("ID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? Id { get; init; }

    [JsonConverter(typeof(LooseTimeConverter))]
    public DateTimeOffset? BouncedAt { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? IsBlocked { get; init; }

    [JsonConverter(typeof(LooseTextConverter))]
    public string? IsStatePermanent { get; init; }

    [JsonPropertyName("StateID")]
    [JsonConverter(typeof(LooseTextConverter))]
    public string? StateId { get; init; }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, AllowTrailingCommas = true)]
[JsonSerializable(typeof(MailjetPage<PolledMessage>))]
[JsonSerializable(typeof(MailjetPage<PolledHistory>))]
[JsonSerializable(typeof(MailjetPage<PolledClick>))]
[JsonSerializable(typeof(MailjetPage<PolledOpen>))]
[JsonSerializable(typeof(MailjetPage<PolledBounce>))]
internal sealed partial class StatisticsJson : JsonSerializerContext;
