using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>An error of the Send API v3.1 (mailjet.md §2).</summary>
public sealed record SendError(int StatusCode, string Code, string Message, params string[] RelatedTo)
{
    public static SendError Missing(string property) => new(400, "mj-0003", $"Mandatory property missing or null: {property}.", property);

    public static SendError WrongType(string property) => new(400, "mj-0004", $"Type mismatch of property {property}.", property);

    public static SendError NotAllowed(string property) => new(400, "mj-0005", $"Value of property {property} is not allowed.", property);

    public static SendError TooLong(string property) => new(400, "mj-0006", $"Property {property} is too long.", property);

    public static SendError BadAddress(string property, string address) =>
        new(400, "mj-0013", $"\"{address}\" is an invalid email address.", property);

    /// <summary>The whole call failed: no <c>Messages</c> in the answer.</summary>
    public Reply ToReply() => Reply.Json(StatusCode, WriteFields);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(json);
        json.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("ErrorIdentifier", Guid.NewGuid());
        json.WriteString("ErrorCode", Code);
        json.WriteNumber(nameof(StatusCode), StatusCode);
        json.WriteString("ErrorMessage", Message);
        if (RelatedTo.Length == 0)
            return;
        json.WriteStartArray("ErrorRelatedTo");
        foreach (var property in RelatedTo)
            json.WriteStringValue(property);
        json.WriteEndArray();
    }
}
