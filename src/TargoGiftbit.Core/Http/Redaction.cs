using System.Text.RegularExpressions;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Http;

/// <summary>Makes words of a service fit to be shown: no credential, no link, no control character, not too long (spec A1, A7).</summary>
public static partial class Redaction
{
    private const string Mask = "••••••";

    /// <summary>Cleans a text.</summary>
    /// <param name="text">What a service said; null gives an empty text.</param>
    /// <param name="maxLength">Longest result, in characters.</param>
    /// <param name="secrets">Values known to be secret; a null one is skipped.</param>
    public static string Clean(string? text, int maxLength = 300, params ReadOnlySpan<Secret?> secrets)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // Far longer than what is shown, and short enough for the patterns below on hostile text.
        if (text.Length > 20_000) text = text[..20_000];
        foreach (var secret in secrets)
        {
            if (secret is not null) text = text.Replace(secret.Reveal(), Mask, StringComparison.Ordinal);
        }
        text = Credentials.Replace(text, $"$1 {Mask}");
        text = Jwt.Replace(text, Mask);
        text = Links.Replace(text, "$1/•••");
        text = Blanks.Replace(text, " ").Trim();
        return text.Length <= maxLength ? text : string.Concat(text.AsSpan(0, maxLength - 1), "…");
    }

    /// <summary>Cleans a status, a currency or another single word of a service: anything may stand in its place.</summary>
    /// <param name="text">What a service said.</param>
    /// <returns>At most 40 characters; null when nothing was said.</returns>
    public static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : Clean(text, 40);

    [GeneratedRegex(@"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Credentials { get; }

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_.-]*", RegexOptions.NonBacktracking)]
    private static partial Regex Jwt { get; }

    // With a scheme any address may be a gift's; without one, the shortener's host gives it away (reference/giftbit.md §4).
    [GeneratedRegex(@"(https?:\\?/\\?/[^\s/\\""'<>]+|gtbt\.co)\\?/[^\s""'<>]*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Links { get; }

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks { get; }
}
