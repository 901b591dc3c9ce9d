using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>Answer of the Send API: one entry per message, or one fault for the whole call (reference/mailjet.md §2).</summary>
internal sealed record SendReply
{
    public List<SendReplyMessage?>? Messages { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public string? ErrorIdentifier { get; set; }
}

/// <summary>What came of one message.</summary>
internal sealed record SendReplyMessage
{
    public string? Status { get; set; }

    [JsonPropertyName("CustomID")]
    public string? CustomId { get; set; }

    public List<SendReplyRecipient?>? To { get; set; }

    public List<SendReplyFault?>? Errors { get; set; }
}

/// <summary>A recipient with the id of its message.</summary>
internal sealed record SendReplyRecipient
{
    /// <summary>17–19 digits, kept as text.</summary>
    [JsonPropertyName("MessageID")]
    public string? MessageId { get; set; }
}

/// <summary>Why a message was refused.</summary>
internal sealed record SendReplyFault
{
    public string? ErrorCode { get; set; }

    public string? StatusCode { get; set; }

    public string? ErrorMessage { get; set; }

    public string? ErrorIdentifier { get; set; }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, AllowTrailingCommas = true, Converters = [typeof(LooseTextConverter)])]
[JsonSerializable(typeof(SendReply))]
internal sealed partial class SendJson : JsonSerializerContext;
