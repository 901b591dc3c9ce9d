using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// The hashes under which a clicked address may be known: as it came, and in the forms a link takes on its way through mail
/// programs and trackers (other scheme, slash at the end, added query). The address itself is not kept (spec E2).
/// </summary>
public static class UrlForms
{
    private const int LongestUrl = 4096;

    /// <summary>Hashes as <see cref="GiftLink.Hash"/> makes them; the first one is that of the address as it came.</summary>
    public static IReadOnlyList<string> Hashes(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var forms = new List<string>(8) { url };
        if (url.Length <= LongestUrl) AddForms(forms, url.Trim().Replace("&amp;", "&", StringComparison.Ordinal));
        return forms.ConvertAll(GiftLink.HashOf);
    }

    private static void AddForms(List<string> forms, string url)
    {
        var host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (host < 4) return;
        var path = url.IndexOfAny(['/', '?', '#'], host);
        var rest = path < 0 ? "" : url[path..];
        var authority = url[host..(path < 0 ? url.Length : path)].ToLowerInvariant();
        var extra = rest.IndexOfAny(['?', '#']);
        ReadOnlySpan<string> rests = extra < 0 ? [rest] : [rest, rest[..extra]];
        foreach (var tail in rests)
            foreach (var scheme in (ReadOnlySpan<string>)["http://", "https://"])
            {
                Add(forms, scheme + authority + tail);
                Add(forms, scheme + authority + (tail.EndsWith('/') ? tail[..^1] : tail + "/"));
            }
    }

    private static void Add(List<string> forms, string form)
    {
        if (!forms.Contains(form)) forms.Add(form);
    }
}
