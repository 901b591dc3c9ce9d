using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Retention;

/// <summary>
/// Encrypts campaigns past their term to a certificate and, once the archive was read back, erases them from the ledger (spec G2).
/// An archive is CMS enveloped data in DER, AES-256 for the content: <c>openssl cms -decrypt -inform DER</c> reads it too.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="clock">The clock.</param>
public sealed class CampaignBackup(GiftLedger ledger, TimeProvider clock)
{
    /// <summary>How long campaigns stay in the live ledger unless said otherwise, in months.</summary>
    public const int DefaultMonths = 24;

    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";

    /// <summary>Campaigns that were entered more than so many months ago.</summary>
    /// <param name="months">Months, 0 for all.</param>
    public IReadOnlyList<GiftCampaign> PastTerm(int months)
    {
        var before = clock.GetUtcNow().AddMonths(-months);
        return [.. ledger.Campaigns.List().Where(c => c.CreatedAt < before)];
    }

    /// <summary>Writes a campaign, encrypted, to a file of mode 600 and reads it back if the certificate's private key is there.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="folder">Where to; the file is named after environment and campaign.</param>
    /// <param name="certificate">For whom.</param>
    /// <param name="cancellationToken">Leaves no file behind.</param>
    /// <exception cref="RetentionException"><c>CertificateUnfit</c>, <c>CertificateExpired</c>, <c>ArchiveNotVerified</c>.</exception>
    public async Task<CampaignArchive> WriteAsync(GiftCampaign campaign, string folder, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow().UtcDateTime > certificate.NotAfter.ToUniversalTime())
            throw new RetentionException("CertificateExpired", RetentionText.CertificateExpired(certificate.Subject, certificate.NotAfter), RetentionText.CertificateRemedy);
        var path = Path.Combine(folder, $"{campaign.Environment.ToString().ToLowerInvariant()}-{campaign.CampaignId}.cms");
        var at = clock.GetUtcNow();
        var plain = CampaignFile.ToBytes(ledger, campaign.Environment, campaign.CampaignId, at);
        await PrivateFile.WriteAllBytesAsync(path, Encrypt(plain, certificate), cancellationToken).ConfigureAwait(false);
        var isVerified = certificate.HasPrivateKey;
        // The file itself is read, not what was meant to be written.
        if (isVerified && !Decrypt(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path, certificate).AsSpan().SequenceEqual(plain))
            throw new RetentionException("ArchiveNotVerified", RetentionText.NotVerified(path));
        return new CampaignArchive(campaign.Environment, campaign.CampaignId, path, at, Convert.ToHexStringLower(SHA256.HashData(plain)), isVerified, WasErased: false);
    }

    /// <summary>Erases an archived campaign from the ledger.</summary>
    /// <param name="archive">What <see cref="WriteAsync"/> returned.</param>
    /// <exception cref="RetentionException"><c>ArchiveNotVerifiable</c>: it was not read back; <c>ArchiveNotVerified</c>: the campaign has changed since.</exception>
    /// <exception cref="LedgerException"><c>CampaignOpen</c>.</exception>
    public CampaignArchive Erase(CampaignArchive archive)
    {
        if (!archive.IsVerified) throw new RetentionException("ArchiveNotVerifiable", RetentionText.CannotVerify(archive.Path), RetentionText.CannotVerifyRemedy);
        var erased = ledger.Archive.Erase(archive.Environment, archive.CampaignId, () =>
            archive.ContentHash == Convert.ToHexStringLower(SHA256.HashData(CampaignFile.ToBytes(ledger, archive.Environment, archive.CampaignId, archive.WrittenAt))));
        if (!erased) throw new RetentionException("ArchiveNotVerified", RetentionText.NotVerified(archive.Path));
        return archive with { WasErased = true };
    }

    /// <summary>Reads an archive back into the ledger.</summary>
    /// <param name="path">The file.</param>
    /// <param name="certificate">With its private key; null to look for it in the user's certificate store.</param>
    /// <param name="cancellationToken">Gives up before anything is entered.</param>
    /// <exception cref="RetentionException"><c>ArchiveUnreadable</c>, <c>ArchiveKeyMissing</c>.</exception>
    public async Task<GiftCampaign> RestoreAsync(string path, X509Certificate2? certificate, CancellationToken cancellationToken) =>
        CampaignFile.Read(ledger, Decrypt(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path, certificate), path);

    private static byte[] Encrypt(byte[] plain, X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        // Elliptic-curve recipients cannot be written on every platform that this runs on.
        if (rsa is null) throw new RetentionException("CertificateUnfit", RetentionText.CertificateUnfit(certificate.Subject), RetentionText.CertificateRemedy);
        var cms = new EnvelopedCms(new ContentInfo(plain), new AlgorithmIdentifier(new Oid(Aes256Cbc)));
        cms.Encrypt(new CmsRecipient(SubjectIdentifierType.IssuerAndSerialNumber, certificate, RSAEncryptionPadding.OaepSHA256));
        return cms.Encode();
    }

    private static byte[] Decrypt(byte[] bytes, string path, X509Certificate2? certificate)
    {
        var cms = new EnvelopedCms();
        try
        {
            cms.Decode(bytes);
        }
        catch (CryptographicException e)
        {
            throw new RetentionException("ArchiveUnreadable", RetentionText.NotAnArchive(path), null, e);
        }
        if (certificate is { HasPrivateKey: false }) throw new RetentionException("ArchiveKeyMissing", RetentionText.KeyMissing(path), RetentionText.KeyMissingRemedy);
        try
        {
            if (certificate is null) cms.Decrypt();
            else cms.Decrypt([certificate]);
            return cms.ContentInfo.Content;
        }
        catch (CryptographicException e)
        {
            var isForKey = certificate is not null && cms.RecipientInfos.Cast<RecipientInfo>().Any(r => r.RecipientIdentifier.Value is System.Security.Cryptography.Xml.X509IssuerSerial s && string.Equals(s.SerialNumber, certificate.SerialNumber, StringComparison.OrdinalIgnoreCase));
            throw isForKey
                ? new RetentionException("ArchiveUnreadable", RetentionText.Damaged(path), null, e)
                : new RetentionException("ArchiveKeyMissing", RetentionText.KeyMissing(path), RetentionText.KeyMissingRemedy, e);
        }
    }
}

/// <summary>An archive that was written.</summary>
/// <param name="Environment">The campaign's environment.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Path">The file.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="ContentHash">SHA-256 of what is encrypted in it, lowercase hexadecimal.</param>
/// <param name="IsVerified">It was decrypted and equals what the ledger held.</param>
/// <param name="WasErased">The campaign is no longer in the ledger.</param>
public sealed record CampaignArchive(GiftEnvironment Environment, string CampaignId, string Path, DateTimeOffset WrittenAt, string ContentHash, bool IsVerified, bool WasErased);
