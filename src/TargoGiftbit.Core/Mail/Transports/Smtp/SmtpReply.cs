using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>One reply of a mail server (RFC 5321 §4.2).</summary>
/// <param name="Code">200–599.</param>
/// <param name="Text">All lines, parted by line feeds, without their codes.</param>
internal readonly partial record struct SmtpReply(int Code, string Text)
{
    private static readonly SearchValues<char> EndOfId = SearchValues.Create(" \n\t>;,");

    /// <summary>2yz.</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>4yz: refused for now.</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>5yz: refused for good.</summary>
    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>The code with the enhanced status code (RFC 3463) if the server gave one: <c>550 5.1.1</c>.</summary>
    public string FullCode
    {
        get
        {
            var enhanced = Enhanced().Match(Text);
            return enhanced.Success
                ? string.Create(CultureInfo.InvariantCulture, $"{Code} {enhanced.Groups[1].Value}")
                : Code.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The server's words in one line, without control characters, shortened, and with any link taken out: a filter may quote the gift's.</summary>
    public string Reason => Redaction.Clean(BareLinks().Replace(Enhanced().Replace(Text, ""), "•••"));

    /// <summary>The id under which the server queued the message (<c>250 OK queued as …</c>, reference/mailjet.md §1), or null.</summary>
    public string? QueueId
    {
        get
        {
            foreach (var marker in (ReadOnlySpan<string>)["queued as ", "id="])
            {
                var at = Text.IndexOf(marker, StringComparison.OrdinalIgnoreCase);
                if (at < 0) continue;
                var id = Text.AsSpan(at + marker.Length);
                var end = id.IndexOfAny(EndOfId);
                if (end >= 0) id = id[..end];
                id = id.Trim("<>.");
                if (id.Length is > 0 and <= 100) return id.ToString();
            }
            return null;
        }
    }

    [GeneratedRegex(@"^([245]\.\d{1,3}\.\d{1,3})\s*", RegexOptions.Multiline)]
    private static partial Regex Enhanced();

    // Links with a scheme are the redaction's; filters also quote them without one.
    [GeneratedRegex(@"[\w-]+(\.[\w-]+)+/\S*", RegexOptions.NonBacktracking)]
    private static partial Regex BareLinks();
}
