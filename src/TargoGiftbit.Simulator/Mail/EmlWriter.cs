using System.Globalization;
using System.Text;

namespace TargoGiftbit.Simulator.Mail;

/// <summary>Writes a message that came as JSON as a MIME file (RFC 5322, RFC 2045–2047, RFC 2387).</summary>
internal static class EmlWriter
{
    public static byte[] Write(InboxMessage message, MailContent content, string? replyTo)
    {
        var file = new StringBuilder();
        Header(file, "From", Mailbox(message.SenderName, message.Sender));
        Header(file, "To", Mailbox(message.RecipientName, message.Recipient));
        if (replyTo is not null)
            Header(file, "Reply-To", replyTo);
        Header(file, "Subject", Word(message.Subject));
        Header(file, "Date", message.AcceptedAt.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(file, "Message-ID", $"<{message.Uuid}@mailjet.simulated>");
        Header(file, "X-MJ-CustomID", message.CustomId);
        Header(file, "X-MJ-EventPayload", message.EventPayload);
        Header(file, "X-Mailjet-Campaign", message.Campaign);
        foreach (var (name, value) in content.Headers)
            Header(file, name, Word(value));
        Header(file, "MIME-Version", "1.0");
        Body(file, content);
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static void Body(StringBuilder file, MailContent content)
    {
        var inline = content.Parts.Where(part => part.ContentId is not null).ToArray();
        var attached = content.Parts.Where(part => part.ContentId is null).ToArray();
        if (attached.Length == 0)
        {
            Alternatives(file, content, inline);
            return;
        }

        Multipart(file, "mixed", "outer", () =>
        {
            Boundary(file, "outer");
            Alternatives(file, content, inline);
            foreach (var part in attached)
                File(file, "outer", part);
        });
    }

    private static void Alternatives(StringBuilder file, MailContent content, MailPart[] inline)
    {
        if (content.Html is null)
        {
            TextPart(file, "plain", content.Text ?? "");
            return;
        }

        Multipart(file, "alternative", "words", () =>
        {
            if (content.Text is { } text)
            {
                Boundary(file, "words");
                TextPart(file, "plain", text);
            }

            Boundary(file, "words");
            if (inline.Length == 0)
            {
                TextPart(file, "html", content.Html);
                return;
            }

            Multipart(file, "related", "pictures", () =>
            {
                Boundary(file, "pictures");
                TextPart(file, "html", content.Html);
                foreach (var part in inline)
                    File(file, "pictures", part);
            });
        });
    }

    private static void Multipart(StringBuilder file, string kind, string boundary, Action parts)
    {
        file.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/{kind}; boundary=\"=_sim_{boundary}\"\r\n\r\n");
        parts();
        file.Append(CultureInfo.InvariantCulture, $"\r\n--=_sim_{boundary}--\r\n");
    }

    private static void Boundary(StringBuilder file, string boundary) => file.Append(CultureInfo.InvariantCulture, $"\r\n--=_sim_{boundary}\r\n");

    private static void TextPart(StringBuilder file, string kind, string text)
    {
        file.Append(CultureInfo.InvariantCulture, $"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        Base64(file, Encoding.UTF8.GetBytes(text));
    }

    private static void File(StringBuilder file, string boundary, MailPart part)
    {
        Boundary(file, boundary);
        file.Append(CultureInfo.InvariantCulture, $"Content-Type: {part.ContentType}; name=\"{part.FileName}\"\r\nContent-Transfer-Encoding: base64\r\n");
        file.Append(CultureInfo.InvariantCulture, $"Content-Disposition: {(part.ContentId is null ? "attachment" : "inline")}; filename=\"{part.FileName}\"\r\n");
        if (part.ContentId is not null)
            file.Append(CultureInfo.InvariantCulture, $"Content-ID: <{part.ContentId}>\r\n");
        file.Append("\r\n");
        Base64(file, part.Bytes);
    }

    private static void Base64(StringBuilder file, byte[] bytes)
    {
        // Lines of 76 (RFC 2045 §6.8); 57 bytes each.
        for (var at = 0; at < bytes.Length; at += 57)
            file.Append(Convert.ToBase64String(bytes, at, Math.Min(57, bytes.Length - at))).Append("\r\n");
    }

    private static string Mailbox(string name, string address) => name.Length == 0 ? address : $"{Word(name, quote: true)} <{address}>";

    private static string Word(string text, bool quote = false)
    {
        if (text.All(char.IsAscii))
            return quote ? $"\"{text.Replace("\"", "'", StringComparison.Ordinal)}\"" : text;
        var words = new List<string>();
        var part = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            // An encoded word has at most 75 characters (RFC 2047 §2): 45 bytes of text fit.
            if (Encoding.UTF8.GetByteCount(part.ToString()) + rune.Utf8SequenceLength > 45)
                Flush();
            part.Append(rune);
        }

        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(part.ToString()))}?=");
            part.Clear();
        }
    }

    private static void Header(StringBuilder file, string name, string value)
    {
        if (value.Length > 0)
            file.Append(name).Append(": ").Append(value).Append("\r\n");
    }
}
