using System.Security.Cryptography;
using System.Text;

namespace TargoGiftbit.Core.Engagement;

/// <summary>Tells Mailjet from strangers: path and credentials, both compared as hashes in constant time.</summary>
internal sealed class WebhookGate(EventListenerOptions options)
{
    private readonly byte[] path = Hash(options.Path.Reveal().Trim('/'));
    private readonly byte[] credentials = Hash($"{options.User}:{options.Password.Reveal()}");

    /// <summary>Whether the last segment of a path is the secret one; a proxy may put others before it.</summary>
    public bool IsPath(string absolutePath)
    {
        var trimmed = absolutePath.TrimEnd('/');
        return CryptographicOperations.FixedTimeEquals(Hash(trimmed[(trimmed.LastIndexOf('/') + 1)..]), path);
    }

    /// <summary>Whether an <c>Authorization</c> header holds the right basic credentials.</summary>
    public bool Admits(string? authorization)
    {
        const string scheme = "Basic ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var encoded = authorization.AsSpan(scheme.Length).Trim();
        var given = new byte[encoded.Length];
        // What is no base64 is compared all the same, as an empty pair that no setting can equal.
        if (!Convert.TryFromBase64Chars(encoded, given, out var length)) length = 0;
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(given.AsSpan(0, length)), credentials);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
