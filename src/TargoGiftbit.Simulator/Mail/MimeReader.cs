using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TargoGiftbit.Simulator.Mail;

/// <summary>One node of a MIME message.</summary>
public sealed record MimeNode(IReadOnlyDictionary<string, string> Headers, string MediaType, byte[] Bytes, IReadOnlyList<MimeNode> Children)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public IEnumerable<MimeNode> Leaves => Children.Count == 0 ? [this] : Children.SelectMany(child => child.Leaves);
}

/// <summary>Reads MIME as far as mails of this product use it: multipart, base64, quoted-printable, UTF-8, encoded words.</summary>
public static partial class MimeReader
{
    public static MimeNode Read(ReadOnlySpan<byte> message)
    {
        var (headers, start) = ReadHeaders(message);
        var type = headers.GetValueOrDefault("Content-Type", "text/plain");
        var media = type.Split(';')[0].Trim().ToLowerInvariant();
        var body = message[start..];
        if (media.StartsWith("multipart/", StringComparison.Ordinal) && Parameter(type, "boundary") is { } boundary)
            return new MimeNode(headers, media, [], Split(body, boundary));
        return new MimeNode(headers, media, Decode(body, headers.GetValueOrDefault("Content-Transfer-Encoding", "")), []);
    }

    /// <summary>The header lines, unfolded, names without case; and where the body begins.</summary>
    public static (Dictionary<string, string> Headers, int BodyStart) ReadHeaders(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        var block = Encoding.UTF8.GetString(end < 0 ? message : message[..end]);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Folding().Replace(block, " ").Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return (headers, end < 0 ? message.Length : end + 4);
    }

    /// <summary>Decodes <c>=?utf-8?B?…?=</c> words (RFC 2047).</summary>
    public static string DecodeWords(string text) =>
        EncodedWord().Replace(BetweenWords().Replace(text, "?==?"), word =>
        {
            var bytes = word.Groups[2].Value is "B" or "b"
                ? Convert.FromBase64String(word.Groups[3].Value)
                : QuotedPrintable(Encoding.ASCII.GetBytes(word.Groups[3].Value.Replace('_', ' ')));
            return Encoding.GetEncoding(word.Groups[1].Value).GetString(bytes);
        });

    public static string? Parameter(string header, string name)
    {
        foreach (var part in header.Split(';').Skip(1))
        {
            var pair = part.Split('=', 2);
            if (pair.Length == 2 && pair[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return pair[1].Trim().Trim('"');
        }

        return null;
    }

    private static List<MimeNode> Split(ReadOnlySpan<byte> body, string boundary)
    {
        var nodes = new List<MimeNode>();
        var mark = Encoding.ASCII.GetBytes("--" + boundary);
        var start = -1;
        var at = 0;
        while (at <= body.Length)
        {
            var found = body[at..].IndexOf(mark);
            if (found < 0)
                break;
            found += at;
            if (start >= 0)
            {
                var end = found >= 2 && body[found - 2] == '\r' ? found - 2 : found;
                nodes.Add(Read(body[start..Math.Max(start, end)]));
            }

            var after = found + mark.Length;
            if (after + 1 < body.Length && body[after] == '-' && body[after + 1] == '-')
                break;
            var line = body[after..].IndexOf("\r\n"u8);
            if (line < 0)
                break;
            start = at = after + line + 2;
        }

        return nodes;
    }

    private static byte[] Decode(ReadOnlySpan<byte> body, string encoding) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => Convert.FromBase64String(Encoding.ASCII.GetString(body).Replace("\r\n", "", StringComparison.Ordinal)),
        "quoted-printable" => QuotedPrintable(body),
        _ => body.ToArray(),
    };

    private static byte[] QuotedPrintable(ReadOnlySpan<byte> body)
    {
        using var bytes = new MemoryStream(body.Length);
        for (var at = 0; at < body.Length; at++)
        {
            if (body[at] != '=' || at + 2 >= body.Length)
            {
                bytes.WriteByte(body[at]);
                continue;
            }

            if (body[at + 1] != '\r')
                bytes.WriteByte(byte.Parse(Encoding.ASCII.GetString(body.Slice(at + 1, 2)), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            at += 2;
        }

        return bytes.ToArray();
    }

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.CultureInvariant)]
    private static partial Regex Folding();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?([^?]+)\?([BbQq])\?([^?]*)\?=", RegexOptions.CultureInvariant)]
    private static partial Regex EncodedWord();
}
