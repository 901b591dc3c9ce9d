using System.Net;
using System.Text.RegularExpressions;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Engagement;

/// <summary>Finds links in a mail, and the one that is a gift.</summary>
public sealed partial class GiftLinks(GiftbitStore store)
{
    /// <summary>Every address that the mail's HTML links to, in order.</summary>
    public static IReadOnlyList<string> All(InboxMessage message) =>
        [.. Anchor().Matches(message.Content?.Html ?? "").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    /// <summary>The gift that a mail carries; none when it has no gift link, or its content is no longer kept.</summary>
    public (string Url, SimulatedGift Gift)? Find(InboxMessage message)
    {
        foreach (var url in All(message))
        {
            if (url.StartsWith("http", StringComparison.OrdinalIgnoreCase) && store.FindGift(url) is { } gift)
                return (url, gift);
        }

        return null;
    }

    [GeneratedRegex("""<a\s[^>]*?href\s*=\s*["']([^"']+)["']""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Anchor();
}
