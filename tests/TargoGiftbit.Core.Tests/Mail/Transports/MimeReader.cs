using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TargoGiftbit.Core.Tests.Mail.Transports;

/// <summary>Reads a message back, independently of the writer: headers unfolded, parts as a tree.</summary>
internal sealed partial class MimeReader
{
    private MimeReader(IReadOnlyList<KeyValuePair<string, string>> headers, string body, IReadOnlyList<MimeReader> parts)
    {
        Headers = headers;
        Body = body;
        Parts = parts;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public string Body { get; }

    public IReadOnlyList<MimeReader> Parts { get; }

    public string ContentType => Header("Content-Type").Split(';')[0];

    public string Text => this["Content-Transfer-Encoding"] == "quoted-printable" ? QuotedPrintable(Body) : Body;

    public string this[string name] => Header(name);

    public static MimeReader Parse(ReadOnlySpan<byte> bytes) => Parse(Encoding.UTF8.GetString(bytes));

    public static MimeReader Parse(string message)
    {
        var end = message.StartsWith("\r\n", StringComparison.Ordinal) ? -2 : message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = end < 0 ? "" : message[..end];
        var body = message[(end + 4)..];
        var headers = Fold().Replace(head, " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new KeyValuePair<string, string>(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))
            .ToList();
        var type = headers.FirstOrDefault(h => h.Key == "Content-Type").Value ?? "";
        var boundary = BoundaryOf().Match(type);
        if (!boundary.Success) return new MimeReader(headers, body, []);
        var delimiter = "--" + boundary.Groups[1].Value;
        var pieces = ("\r\n" + body).Split("\r\n" + delimiter);
        Assert.StartsWith("--", pieces[^1], StringComparison.Ordinal);
        return new MimeReader(headers, body, [.. pieces[1..^1].Select(piece => Parse(piece[2..]))]);
    }

    public IReadOnlyList<string> All(string name) => [.. Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    /// <summary>Decodes RFC 2047 words: white space between two of them disappears.</summary>
    public static string Decode(string header)
    {
        foreach (Match word in Word().Matches(header)) Assert.True(word.Length <= 75, $"encoded word of {word.Length} characters");
        return Word().Replace(Between().Replace(header, "$1"), word => word.Groups[1].Value == "B"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
            : Encoding.UTF8.GetString(Bytes(word.Groups[2].Value.Replace('_', ' '))));
    }

    public static string QuotedPrintable(string encoded) => Encoding.UTF8.GetString(Bytes(encoded.Replace("=\r\n", "", StringComparison.Ordinal)));

    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.Add((byte)text[i]);
                continue;
            }
            bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            i += 2;
        }
        return [.. bytes];
    }

    private string Header(string name) => Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    [GeneratedRegex("\r\n[ \t]")]
    private static partial Regex Fold();

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex BoundaryOf();

    [GeneratedRegex(@"=\?utf-8\?([QB])\?([^?\s]*)\?=")]
    private static partial Regex Word();

    [GeneratedRegex(@"(=\?utf-8\?[QB]\?[^?\s]*\?=)\s+(?==\?utf-8\?)")]
    private static partial Regex Between();
}
