using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>Answer of the Send API: one entry per message, or one fault for the whole call (reference/mailjet.md §2).</summary>
internal sealed record SendReply
{
    public List<SendReplyMessage?>? Messages { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorIdentifier { get; init; }
}

/// <summary>What came of one message.</summary>
internal sealed record SendReplyMessage
{
    public string? Status { get; init; }

    [JsonPropertyName("CustomID")]
    public string? CustomId { get; init; }

    public List<SendReplyRecipient?>? To { get; init; }

    public List<SendReplyFault?>? Errors { get; init; }
}

/// <summary>A recipient with the id of its message.</summary>
internal sealed record SendReplyRecipient
{
    /// <summary>17–19 digits, kept as text.</summary>
    [JsonPropertyName("MessageID")]
    public string? MessageId { get; init; }
}

/// <summary>Why a message was refused.</summary>
internal sealed record SendReplyFault
{
    public string? ErrorCode { get; init; }

    public string? StatusCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorIdentifier { get; init; }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, AllowTrailingCommas = true, Converters = [typeof(LooseTextConverter)])]
[JsonSerializable(typeof(SendReply))]
internal sealed partial class SendJson : JsonSerializerContext;
