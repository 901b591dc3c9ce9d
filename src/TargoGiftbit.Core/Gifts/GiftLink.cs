using System.Security.Cryptography;
using System.Text;

namespace TargoGiftbit.Core.Gifts;

/// <summary>
/// The shortlink of a gift: bearer money (spec A7). Its text form is masked; the value is read through <see cref="Reveal"/>
/// only, so that neither <c>ConvertTo-Json</c> nor <c>Export-Clixml</c> nor a default view can leak it.
/// </summary>
public sealed class GiftLink : IEquatable<GiftLink>
{
    private readonly string url;

    /// <summary>Wraps a link.</summary>
    /// <param name="url">Absolute http or https address, as the provider gave it.</param>
    /// <exception cref="GiftDataException">The text is not an absolute http(s) address (<c>GiftLinkInvalid</c>).</exception>
    public GiftLink(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new GiftDataException("GiftLinkInvalid", "A gift link is not an absolute http or https address. The link is not shown, since it may be worth money.");
        this.url = url;
    }

    /// <summary>Host and the last two characters, enough to recognise a link and too little to use it.</summary>
    public string Masked => Mask(new Uri(url));

    /// <summary>The address itself. Goes into the ledger, the customer's e-mail and files the operator explicitly exports; nowhere else.</summary>
    public string Reveal() => url;

    /// <summary>SHA-256 of the address in lowercase hexadecimal, to compare a clicked address without storing it (spec E2).</summary>
    public string Hash() => HashOf(url);

    /// <summary>SHA-256 of any address, in the form of <see cref="Hash"/>.</summary>
    public static string HashOf(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));

    /// <inheritdoc/>
    public bool Equals(GiftLink? other) => other is not null && string.Equals(url, other.url, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GiftLink);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(url);

    /// <summary>The masked form.</summary>
    public override string ToString() => Masked;

    private static string Mask(Uri uri)
    {
        var path = uri.PathAndQuery.TrimEnd('/');
        // Two characters of at least eleven: a hint for the eye, no help to a thief.
        return path.Length > 8 ? $"{uri.Host}/•••{path[^2..]}" : $"{uri.Host}/•••";
    }
}
