using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>Writes the body of <c>POST /v3.1/send</c> straight to UTF-8 (reference/mailjet.md §2).</summary>
internal static class SendRequest
{
    // The body goes to an API, not into a page: without the relaxed encoder every < and accent grows to six bytes.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the messages.</summary>
    public static void Write(IEnumerable<PreparedMessage> messages, bool deduplicate, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Relaxed);
        json.WriteStartObject();
        json.WriteStartArray("Messages"u8);
        foreach (var message in messages) WriteMessage(json, message, deduplicate);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Bytes a message will take, about.</summary>
    public static int Estimate(RenderedMessage message)
    {
        var size = message.HtmlBody.Length + message.TextBody.Length + 2048;
        size += size / 8;
        foreach (var image in message.Images) size += (image.Content.Length * 4 / 3) + 256;
        return size;
    }

    private static void WriteMessage(Utf8JsonWriter json, in PreparedMessage prepared, bool deduplicate)
    {
        var message = prepared.Message;
        json.WriteStartObject();
        WriteAddress(json, "From"u8, message.From.Name, prepared.Addresses.From);
        json.WriteStartArray("To"u8);
        WriteAddress(json, message.To.Name, prepared.Addresses.To);
        json.WriteEndArray();
        if (prepared.Addresses.ReplyTo is { } replyTo) WriteAddress(json, "ReplyTo"u8, message.ReplyTo!.Name, replyTo);
        json.WriteString("Subject"u8, MessageRules.Clean(message.Subject));
        JsonText.Write(json, "TextPart"u8, message.TextBody);
        JsonText.Write(json, "HTMLPart"u8, message.HtmlBody);
        if (message.Images.Count > 0) WriteImages(json, message.Images);
        json.WriteString("CustomID"u8, message.CustomId);
        json.WriteString("EventPayload"u8, message.AttemptId);
        json.WriteString("CustomCampaign"u8, MessageRules.CampaignName(message.Campaign));
        if (deduplicate) json.WriteBoolean("DeduplicateCampaign"u8, true);
        json.WriteString("TrackOpens"u8, message.TrackOpens ? "enabled"u8 : "disabled"u8);
        json.WriteString("TrackClicks"u8, message.TrackClicks ? "enabled"u8 : "disabled"u8);
        json.WriteStartObject("Headers"u8);
        json.WriteString("Content-Language"u8, message.Language);
        foreach (var (name, value) in message.Headers) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, IReadOnlyList<InlineImage> images)
    {
        json.WriteStartArray("InlinedAttachments"u8);
        foreach (var image in images)
        {
            json.WriteStartObject();
            json.WriteString("ContentType"u8, image.ContentType);
            json.WriteString("Filename"u8, MessageRules.Clean(image.FileName));
            json.WriteString("ContentID"u8, image.ContentId);
            json.WriteBase64String("Base64Content"u8, image.Content.Span);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAddress(Utf8JsonWriter json, ReadOnlySpan<byte> property, string? name, in AddressForm address)
    {
        json.WritePropertyName(property);
        WriteAddress(json, name, address);
    }

    private static void WriteAddress(Utf8JsonWriter json, string? name, in AddressForm address)
    {
        json.WriteStartObject();
        json.WriteString("Email"u8, address.Text);
        if (!string.IsNullOrWhiteSpace(name)) json.WriteString("Name"u8, MessageRules.Clean(name).Trim());
        json.WriteEndObject();
    }
}

/// <summary>A message that was checked, with its place in the batch.</summary>
/// <param name="Index">Place in the batch.</param>
/// <param name="Message">The message.</param>
/// <param name="Addresses">Its addresses in the form of the wire.</param>
internal readonly record struct PreparedMessage(int Index, RenderedMessage Message, MessageAddresses Addresses);
