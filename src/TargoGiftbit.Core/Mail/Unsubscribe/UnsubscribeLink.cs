using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Unsubscribe;

/// <summary>The unsubscribe addresses of one message, and the headers that announce them.</summary>
/// <param name="Web">Address of the page with this message's token, or null when none is configured.</param>
/// <param name="Mailto">A <c>mailto:</c> address with the reference in its subject; always there.</param>
public sealed record UnsubscribeLink(Uri? Web, string Mailto)
{
    /// <summary>Name of the query parameter that carries the token.</summary>
    public const string TokenParameter = "t";

    /// <summary>What the visible link of the message points to.</summary>
    public string Visible => Web?.AbsoluteUri ?? Mailto;

    /// <summary>
    /// <c>List-Unsubscribe</c> with the https address first, then the mailto; <c>List-Unsubscribe-Post</c> only with https
    /// (RFC 8058; reference/email-compliance.md C).
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers()
    {
        if (Web is null) return [new("List-Unsubscribe", $"<{Mailto}>")];
        KeyValuePair<string, string> list = new("List-Unsubscribe", $"<{Web.AbsoluteUri}>, <{Mailto}>");
        return Web.Scheme == Uri.UriSchemeHttps
            ? [list, new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
            : [list];
    }

    /// <summary>The page's address with a token.</summary>
    /// <param name="page"><c>GIFT_UNSUBSCRIBE_URL</c>.</param>
    /// <param name="token">The token; its characters are safe in a query.</param>
    public static Uri Address(Uri page, string token)
    {
        ArgumentNullException.ThrowIfNull(page);
        var address = page.GetLeftPart(UriPartial.Query);
        return new Uri($"{address}{(page.Query.Length > 0 ? '&' : '?')}{TokenParameter}={token}", UriKind.Absolute);
    }

    /// <summary>The mailto with a subject that names the gift.</summary>
    /// <param name="address">Address where opt-outs are read.</param>
    /// <param name="gift">The gift.</param>
    public static string MailtoFor(string address, GiftId gift) =>
        $"mailto:{address}?subject=unsubscribe%20{Uri.EscapeDataString(gift.CustomId)}";
}
