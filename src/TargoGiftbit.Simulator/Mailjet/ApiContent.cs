using System.Text.Json;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>A message as it came through the Send API: its JSON, read when somebody looks.</summary>
internal sealed class ApiContent(byte[] json, byte[]? globals) : MailContent
{
    public override string? Html => Value("HTMLPart", element => element.GetString());

    public override string? Text => Value("TextPart", element => element.GetString());

    public override IReadOnlyDictionary<string, string> Headers => Value("Headers", element =>
        element.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)) ?? [];

    public string? ReplyTo => Value("ReplyTo", element => element.GetProperty("Email").GetString());

    public override IReadOnlyList<MailPart> Parts =>
        [.. Files("InlinedAttachments"), .. Files("Attachments")];

    public override byte[] ToEml(InboxMessage message) => EmlWriter.Write(message, this, ReplyTo);

    private List<MailPart> Files(string property) => Value(property, list => list.EnumerateArray().Select(file => new MailPart(
        file.GetProperty("ContentType").GetString()!,
        file.GetProperty("Filename").GetString()!,
        file.TryGetProperty("ContentID", out var id) ? id.GetString() : null,
        file.GetProperty("Base64Content").GetBytesFromBase64())).ToList()) ?? [];

    private T? Value<T>(string name, Func<JsonElement, T?> read)
        where T : class
    {
        using var own = JsonDocument.Parse(json);
        using var under = globals is null ? null : JsonDocument.Parse(globals);
        var message = new SendMessage(own.RootElement, under?.RootElement ?? default);
        return message.TryGet(name, out var value) ? read(value) : null;
    }
}
