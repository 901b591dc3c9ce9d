using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Unsubscribe;

/// <summary>
/// Makes and reads the opaque, hard-to-forge token of an unsubscribe address (RFC 8058; reference/email-compliance.md C). It
/// says which gift and which address a message went to, without either in clear, and never runs out: an unsubscribe must
/// work for at least 60 days (A2) and nothing is gained by refusing a later one.
/// </summary>
/// <remarks>
/// The text is base64url of <c>tag ‖ body</c>: the tag is HMAC-SHA256 over the body, cut to 16 bytes, and the body is
/// hidden under a key stream derived from key and tag (HKDF-Expand). The same gift and address give the same token, so a
/// reminder repeats it and nothing need be stored.
/// </remarks>
public sealed class UnsubscribeToken
{
    /// <summary>Fewest bytes of a key: what <c>openssl rand -base64 24</c> gives, and more than anyone can guess.</summary>
    public const int MinimumKeyLength = 16;

    private const byte Version = 1;
    private const int TagLength = 16;
    private const int AddressLength = 16;
    private const int LongestText = 512;

    private readonly byte[] tagKey;
    private readonly byte[] streamKey;
    private readonly byte[] addressKey;

    /// <summary>Derives the keys.</summary>
    /// <param name="signingKey"><c>GIFT_SIGNING_KEY</c>: any text of at least 16 bytes in UTF-8.</param>
    /// <exception cref="MailTemplateException">The key is too short (<c>SigningKeyShort</c>).</exception>
    public UnsubscribeToken(Secret signingKey)
    {
        ArgumentNullException.ThrowIfNull(signingKey);
        var master = Encoding.UTF8.GetBytes(signingKey.Reveal());
        if (master.Length < MinimumKeyLength)
            throw new MailTemplateException("SigningKeyShort", MailText.Get("SigningKeyShort", MinimumKeyLength), MailText.Get("SigningKeyShort_Remedy"));
        tagKey = Derive(master, "targo-giftbit/unsubscribe/tag/1");
        streamKey = Derive(master, "targo-giftbit/unsubscribe/stream/1");
        addressKey = Derive(master, "targo-giftbit/unsubscribe/address/1");
    }

    /// <summary>The token of a message.</summary>
    /// <param name="gift">The gift it told of.</param>
    /// <param name="address">The address it went to.</param>
    /// <returns>ASCII, safe in a URL, at most about 150 characters.</returns>
    public string Create(GiftId gift, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var campaign = Encoding.UTF8.GetBytes(gift.CampaignId ?? "");
        var token = new byte[TagLength + 6 + AddressLength + campaign.Length];
        var body = token.AsSpan(TagLength);
        body[0] = Version;
        body[1] = (byte)gift.Environment;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(body[2..], gift.Row);
        WriteAddressTag(address, body[6..]);
        campaign.CopyTo(body[(6 + AddressLength)..]);
        var tag = token.AsSpan(0, TagLength);
        WriteTag(body, tag);
        Hide(tag, body);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token that came back from the world.</summary>
    /// <param name="text">The token; anything at all.</param>
    /// <param name="claim">What it says.</param>
    /// <returns>False when it was not made with this key. Takes the same time for every wrong tag.</returns>
    public bool TryRead(string? text, [NotNullWhen(true)] out UnsubscribeClaim? claim)
    {
        claim = null;
        if (text is null || text.Length > LongestText || !Base64Url.IsValid(text)) return false;
        var token = Base64Url.DecodeFromChars(text);
        if (token.Length <= TagLength + 6 + AddressLength) return false;
        var tag = token.AsSpan(0, TagLength);
        var body = token.AsSpan(TagLength);
        Hide(tag, body);
        Span<byte> expected = stackalloc byte[TagLength];
        WriteTag(body, expected);
        if (!CryptographicOperations.FixedTimeEquals(tag, expected) || body[0] != Version) return false;
        var gift = new GiftId(
            (GiftEnvironment)body[1],
            Encoding.UTF8.GetString(body[(6 + AddressLength)..]),
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(body[2..]));
        claim = new UnsubscribeClaim(gift, Convert.ToHexStringLower(body.Slice(6, AddressLength)));
        return true;
    }

    /// <summary>The keyed hash by which a claim names an address, case and spaces round it ignored.</summary>
    /// <param name="address">An e-mail address.</param>
    /// <returns>32 lowercase hexadecimal digits.</returns>
    public string AddressTag(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> tag = stackalloc byte[AddressLength];
        WriteAddressTag(address, tag);
        return Convert.ToHexStringLower(tag);
    }

    private void WriteAddressTag(string address, Span<byte> destination) =>
        WriteHmac(addressKey, Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant()), destination[..AddressLength]);

    private void WriteTag(ReadOnlySpan<byte> body, Span<byte> destination) => WriteHmac(tagKey, body, destination);

    private static void WriteHmac(byte[] key, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, data, full);
        full[..destination.Length].CopyTo(destination);
    }

    // Its own inverse: the stream depends on key and tag only.
    private void Hide(ReadOnlySpan<byte> tag, Span<byte> body)
    {
        Span<byte> stream = stackalloc byte[LongestText];
        stream = stream[..body.Length];
        HKDF.Expand(HashAlgorithmName.SHA256, streamKey, stream, tag);
        for (var i = 0; i < body.Length; i++) body[i] ^= stream[i];
    }

    private static byte[] Derive(byte[] master, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, HMACSHA256.HashSizeInBytes, info: Encoding.ASCII.GetBytes(purpose));
}

/// <summary>What an unsubscribe token says.</summary>
/// <param name="Gift">The gift whose message carried it.</param>
/// <param name="AddressTag">
/// Keyed hash of the address the message went to, as <see cref="UnsubscribeToken.AddressTag"/> makes it: compare it with the
/// gift's address, which may have been corrected since.
/// </param>
public sealed record UnsubscribeClaim(GiftId Gift, string AddressTag);
