using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Mime;

/// <summary>
/// Puts a rendered message into the form of RFC 5322 and MIME: text and HTML as alternatives, the images related to the HTML,
/// only ASCII and short lines, so that every relay carries it unchanged.
/// </summary>
public static class MimeWriter
{
    private const int ImageLine = 57; // 76 characters of base64

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="date">Goes into the Date header, in UTC.</param>
    /// <param name="output">Where the octets go; lines end with CRLF, dots are not stuffed.</param>
    /// <exception cref="MailMessageException">An address, id, header or image is at fault; nothing was written.</exception>
    public static void Write(RenderedMessage message, DateTimeOffset date, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        Write(message, MessageRules.Check(message), date, output);
    }

    /// <summary>Writes a message whose addresses are known to be right.</summary>
    internal static void Write(RenderedMessage message, in MessageAddresses addresses, DateTimeOffset date, IBufferWriter<byte> output)
    {
        var header = new HeaderWriter(output);
        header.Date(date);
        WriteMessageId(header, message, addresses.From);
        WriteMailbox(header, "From"u8, message.From.Name, addresses.From);
        WriteMailbox(header, "To"u8, message.To.Name, addresses.To);
        if (addresses.ReplyTo is { } replyTo) WriteMailbox(header, "Reply-To"u8, message.ReplyTo!.Name, replyTo);
        header.Begin("Subject"u8);
        header.Text(message.Subject);
        header.End();
        header.Line("MIME-Version"u8, "1.0"u8);
        header.Line("Content-Language"u8, message.Language);
        foreach (var (name, value) in message.Headers) header.Line(Encoding.ASCII.GetBytes(name), value);
        WriteMailjetHeaders(header, message);
        WriteBody(header, message, output);
    }

    // reference/mailjet.md §1: what the relay reads from SMTP mail.
    private static void WriteMailjetHeaders(HeaderWriter header, RenderedMessage message)
    {
        header.Line("X-MJ-CustomID"u8, message.CustomId);
        header.Line("X-MJ-EventPayload"u8, message.AttemptId);
        header.Begin("X-Mailjet-Campaign"u8);
        header.Unfolded(MessageRules.CampaignName(message.Campaign));
        header.End();
        header.Line("X-Mailjet-TrackOpen"u8, message.TrackOpens ? "1"u8 : "0"u8);
        header.Line("X-Mailjet-TrackClick"u8, message.TrackClicks ? "1"u8 : "0"u8);
    }

    // The same attempt always bears the same id: a reader that gets it twice can tell.
    private static void WriteMessageId(HeaderWriter header, RenderedMessage message, in AddressForm from)
    {
        var left = string.Create(message.AttemptId.Length + 1 + message.CustomId.Length, message, static (span, m) =>
        {
            m.AttemptId.CopyTo(span);
            span[m.AttemptId.Length] = '.';
            m.CustomId.CopyTo(span[(m.AttemptId.Length + 1)..]);
            foreach (ref var c in span)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) c = '.';
            }
            // RFC 5322 §3.2.3: no two dots in a row and none at an end.
            for (var i = 0; i < span.Length; i++)
            {
                if (span[i] == '.' && (i == 0 || i == span.Length - 1 || span[i - 1] == '.')) span[i] = '-';
            }
        });
        header.Line("Message-ID"u8, $"<{left}@{from.Domain}>");
    }

    private static void WriteMailbox(HeaderWriter header, ReadOnlySpan<byte> name, string? display, in AddressForm address)
    {
        header.Begin(name);
        header.Mailbox(display, address);
        header.End();
    }

    private static void WriteBody(HeaderWriter header, RenderedMessage message, IBufferWriter<byte> output)
    {
        // "=_" occurs neither in quoted-printable nor in base64 (RFC 2045 §6.7), so these cannot occur in a part.
        Span<byte> outer = stackalloc byte[20];
        Span<byte> inner = stackalloc byte[20];
        var number = Random.Shared.NextInt64();
        Boundary("=_a="u8, number, outer);
        Boundary("=_r="u8, number, inner);

        header.Begin("Content-Type"u8);
        header.Word("multipart/alternative;"u8);
        WriteBoundaryParameter(header, outer);
        header.End();
        WriteTextPart(header, "text/plain; charset=utf-8"u8, message.Text, outer, output);
        if (message.Images.Count == 0)
        {
            WriteTextPart(header, "text/html; charset=utf-8"u8, message.Html, outer, output);
        }
        else
        {
            Delimit(outer, output);
            header.Begin("Content-Type"u8);
            header.Word("multipart/related;"u8);
            header.Word("type=\"text/html\";"u8);
            WriteBoundaryParameter(header, inner);
            header.End();
            WriteTextPart(header, "text/html; charset=utf-8"u8, message.Html, inner, output);
            foreach (var image in message.Images) WriteImage(header, image, inner, output);
            Close(inner, output);
        }
        Close(outer, output);
        output.Write("\r\n"u8);
    }

    private static void Boundary(ReadOnlySpan<byte> prefix, long number, Span<byte> boundary)
    {
        prefix.CopyTo(boundary);
        Utf8Formatter.TryFormat(number, boundary[prefix.Length..], out _, new System.Buffers.StandardFormat('x', 16));
    }

    private static void WriteBoundaryParameter(HeaderWriter header, ReadOnlySpan<byte> boundary)
    {
        Span<byte> parameter = stackalloc byte[11 + boundary.Length];
        "boundary=\""u8.CopyTo(parameter);
        boundary.CopyTo(parameter[10..]);
        parameter[^1] = (byte)'"';
        header.Word(parameter);
    }

    private static void WriteTextPart(HeaderWriter header, ReadOnlySpan<byte> type, string text, ReadOnlySpan<byte> boundary, IBufferWriter<byte> output)
    {
        Delimit(boundary, output);
        header.Line("Content-Type"u8, type);
        header.Line("Content-Transfer-Encoding"u8, "quoted-printable"u8);
        output.Write("\r\n"u8);
        QuotedPrintable.Write(text, output);
    }

    private static void WriteImage(HeaderWriter header, InlineImage image, ReadOnlySpan<byte> boundary, IBufferWriter<byte> output)
    {
        Delimit(boundary, output);
        header.Line("Content-Type"u8, image.ContentType);
        header.Line("Content-Transfer-Encoding"u8, "base64"u8);
        header.Begin("Content-ID"u8);
        header.Unfolded(string.Concat("<", image.ContentId, ">"));
        header.End();
        header.Begin("Content-Disposition"u8);
        header.Word("inline;"u8);
        FileNameParameter.Write(header, image.FileName);
        header.End();
        output.Write("\r\n"u8);
        for (var rest = image.Content.Span; !rest.IsEmpty;)
        {
            var take = Math.Min(rest.Length, ImageLine);
            var target = output.GetSpan(80);
            Base64.EncodeToUtf8(rest[..take], target, out _, out var written);
            rest = rest[take..];
            if (!rest.IsEmpty) "\r\n"u8.CopyTo(target[written..]);
            output.Advance(rest.IsEmpty ? written : written + 2);
        }
    }

    private static void Delimit(ReadOnlySpan<byte> boundary, IBufferWriter<byte> output)
    {
        output.Write("\r\n--"u8);
        output.Write(boundary);
        output.Write("\r\n"u8);
    }

    private static void Close(ReadOnlySpan<byte> boundary, IBufferWriter<byte> output)
    {
        output.Write("\r\n--"u8);
        output.Write(boundary);
        output.Write("--"u8);
    }
}
