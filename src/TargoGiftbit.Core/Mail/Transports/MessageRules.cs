using System.Buffers;

namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>
/// What a message must keep to before any transport touches it. Text that people read (subject, names) is cleaned; what machines
/// read (addresses, ids, headers) is refused when it holds a line break or another control character, so that nothing can
/// smuggle a header in.
/// </summary>
internal static class MessageRules
{
    // reference/mailjet.md §1 and §2: kept below 200 so that the header line never folds.
    private const int LongestId = 200;

    private static readonly SearchValues<char> HeaderName =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    // Headers the writers make themselves, and those Mailjet forbids a caller to set (reference/mailjet.md §2).
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "Reply-To", "Subject", "To", "Cc", "Bcc", "Return-Path", "Delivered-To", "DKIM-Signature", "DomainKey-Status",
        "Received-SPF", "Authentication-Results", "Received", "Date", "Message-Id", "List-Id", "User-Agent", "X-Mailer", "X-Feedback-Id",
        "X-CSA-Complaints", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language", "Content-Disposition", "Content-ID",
    };

    /// <summary>Checks everything but the words.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="MailMessageException">Which field is at fault.</exception>
    public static MessageAddresses Check(RenderedMessage message)
    {
        CheckId(message.CustomId, nameof(message.CustomId));
        CheckId(message.AttemptId, nameof(message.AttemptId));
        if (message.Language.AsSpan().IndexOfAnyExcept(HeaderName) >= 0 || message.Language.Length is 0 or > 35)
            throw new MailMessageException("MailHeaderInvalid", TransportText.HeaderInvalid("Content-Language"));
        foreach (var (name, value) in message.Headers) CheckHeader(name, value);
        foreach (var image in message.Images) CheckImage(image);
        return new MessageAddresses(
            AddressForm.Parse(message.From.Address, "From"),
            AddressForm.Parse(message.To.Address, "To"),
            message.ReplyTo is { } replyTo ? AddressForm.Parse(replyTo.Address, "Reply-To") : null);
    }

    /// <summary>Makes a line of text that people read safe: any control character or line separator becomes a space.</summary>
    public static string Clean(string text)
    {
        foreach (var c in text)
        {
            if (IsBreaking(c)) return string.Create(text.Length, text, static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = IsBreaking(from[i]) ? ' ' : from[i];
            });
        }
        return text;
    }

    /// <summary>
    /// A campaign name as Mailjet takes it: letters, digits, space, dash, underscore, at most 255 characters
    /// (reference/mailjet.md §1); anything else becomes a dash.
    /// </summary>
    public static string CampaignName(string campaign)
    {
        var length = Math.Min(campaign.Length, 255);
        return string.Create(length, campaign, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is ' ' or '-' or '_' ? from[i] : '-';
        });
    }

    private static bool IsBreaking(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static bool IsPrintable(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static void CheckId(string id, string field)
    {
        if (id.Length is 0 or > LongestId || id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new MailMessageException("MailIdInvalid", TransportText.IdInvalid(field));
    }

    private static void CheckHeader(string name, string value)
    {
        var unfit = name.Length is 0 or > 76 || name.AsSpan().IndexOfAnyExcept(HeaderName) >= 0 || Reserved.Contains(name)
            || name.StartsWith("X-MJ-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Mailjet-", StringComparison.OrdinalIgnoreCase)
            || string.IsNullOrWhiteSpace(value) || !IsPrintable(value);
        if (!unfit)
        {
            foreach (var word in value.AsSpan().Split(' '))
            {
                // RFC 5322 §2.1.1: no line beyond 998 octets, and only a space can be folded.
                if (word.End.GetOffset(value.Length) - word.Start.GetOffset(value.Length) > 900) unfit = true;
            }
        }
        if (unfit) throw new MailMessageException("MailHeaderInvalid", TransportText.HeaderInvalid(Printable(name)));
    }

    private static void CheckImage(InlineImage image)
    {
        if (image.ContentType is not ("image/png" or "image/jpeg" or "image/gif"))
            throw new MailMessageException("MailImageInvalid", TransportText.ImageInvalid("Content-Type"));
        if (image.ContentId.Length is 0 or > LongestId || image.ContentId.AsSpan().ContainsAnyExceptInRange('!', '~')
            || image.ContentId.AsSpan().ContainsAny('<', '>', '"'))
            throw new MailMessageException("MailImageInvalid", TransportText.ImageInvalid("Content-ID"));
    }

    // A header name may come from a mistake that put other data there: show its harmless characters only.
    private static string Printable(string name) =>
        new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(40)]);
}

/// <summary>The addresses of a message in the form of the wire.</summary>
/// <param name="From">Sender.</param>
/// <param name="To">Recipient.</param>
/// <param name="ReplyTo">Where answers go.</param>
internal readonly record struct MessageAddresses(AddressForm From, AddressForm To, AddressForm? ReplyTo)
{
    /// <summary>Whether SMTPUTF8 is needed (RFC 6531).</summary>
    public bool NeedsUtf8 => From.NeedsUtf8 || To.NeedsUtf8 || ReplyTo is { NeedsUtf8: true };
}
