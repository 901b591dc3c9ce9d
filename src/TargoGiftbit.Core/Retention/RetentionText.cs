namespace TargoGiftbit.Core.Retention;

/// <summary>Every sentence about archives that an operator reads, in one place (French comes next).</summary>
internal static class RetentionText
{
    public static string CertificateUnfit(string subject) => $"The certificate '{subject}' cannot encrypt archives: it needs an RSA key.";

    public static string CertificateExpired(string subject, DateTime until) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"The certificate '{subject}' is valid until {until:yyyy-MM-dd} only. Nothing was archived.");

    public const string CertificateRemedy = "Give a current certificate for encryption; its key need not be on this machine unless -Purge is used.";

    public static string NotVerified(string path) =>
        $"The archive '{path}' could not be read back to what the ledger holds. The campaign stays in the ledger; run the command again, and check the disk if this happens again.";

    public static string CannotVerify(string path) =>
        $"The archive '{path}' was written, but without the certificate's private key it cannot be read back, so the campaign stays in the ledger.";

    public const string CannotVerifyRemedy = "Use -Purge where the private key is (a certificate read from a .pfx file, or in your certificate store).";

    public static string NotAnArchive(string path) => $"'{path}' is not an archive of Backup-GiftCampaign (no CMS enveloped data). What Export-GiftCampaign wrote is read with Import-GiftCampaign.";

    public static string KeyMissing(string path) => $"'{path}' is encrypted to a certificate whose private key was not given.";

    public const string KeyMissingRemedy = "Give -Certificate with its private key; openssl cms -cmsout -print -inform DER shows for whom the file is.";

    public static string Damaged(string path) => $"'{path}' cannot be decrypted: it is damaged, or the key is not the right one. Take another copy of it.";
}
