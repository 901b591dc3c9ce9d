using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Core.Tests.Ledger;

namespace TargoGiftbit.Core.Tests.Retention;

public sealed class CampaignBackupTests : IDisposable
{
    private readonly LedgerFixture fixture = new();
    private readonly string archives;

    public CampaignBackupTests() => archives = Path.Combine(fixture.Folder, "archives");

    private GiftLedger Ledger => fixture.Ledger;

    [Fact]
    public async Task An_exported_campaign_read_into_another_ledger_is_exported_the_same()
    {
        Finished();
        var path = Path.Combine(fixture.Folder, "spring.json");
        await CampaignFile.WriteAsync(Ledger, GiftEnvironment.Sandbox, "spring", path, CancellationToken.None);
        using var other = GiftLedger.Open(Path.Combine(fixture.Folder, "other"), fixture.Clock);

        var campaign = await CampaignFile.ReadAsync(other, path, CancellationToken.None);

        Assert.Equal(Ledger.Campaigns.Get(GiftEnvironment.Sandbox, "spring") with { BrandCodes = [] }, campaign with { BrandCodes = [] });
        Assert.Equal(Ledger.Gifts.OfCampaign(GiftEnvironment.Sandbox, "spring"), other.Gifts.OfCampaign(GiftEnvironment.Sandbox, "spring"));
        Assert.Equal(Text(Ledger), Text(other));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void An_export_has_one_object_per_recipient_with_link_and_proof_of_consent()
    {
        Finished();
        using var json = JsonDocument.Parse(CampaignFile.ToBytes(Ledger, GiftEnvironment.Sandbox, "spring", fixture.Clock.GetUtcNow()));

        var recipients = json.RootElement.GetProperty("recipients").EnumerateArray().ToList();

        Assert.Equal(3, recipients.Count);
        Assert.Equal("http://gtbt.co/spring00000001", recipients[0].GetProperty("link").GetString());
        Assert.Equal("active customer", recipients[0].GetProperty("consentBasis").GetString());
        Assert.EndsWith("Z", recipients[0].GetProperty("consentCheckedAt").GetString(), StringComparison.Ordinal);
        Assert.Equal("Accepted", recipients[0].GetProperty("handOvers")[0].GetProperty("outcome").GetString());
        Assert.Equal("Sent", recipients[0].GetProperty("mails")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_certificate_without_rsa_key_is_refused_and_leaves_no_file()
    {
        Finished();
        using var certificate = Certificate("EC");

        Assert.Equal("CertificateUnfit", (await Assert.ThrowsAsync<RetentionException>(() => Backup().WriteAsync(Campaign(), archives, certificate, CancellationToken.None))).Code);
        Assert.False(Directory.Exists(archives));
    }

    [Fact]
    public async Task An_archive_is_encrypted_to_the_certificate_and_openssl_reads_it()
    {
        Finished();
        using var certificate = Certificate("RSA");
        var archive = await Backup().WriteAsync(Campaign(), archives, certificate, CancellationToken.None);

        Assert.True(archive.IsVerified);
        Assert.DoesNotContain("gtbt.co", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(archive.Path)), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive.Path));
        if (await OpenSslAsync(archive.Path, certificate) is not { } plain) return;
        Assert.Equal(archive.ContentHash, Convert.ToHexStringLower(SHA256.HashData(plain)));
    }

    [Fact]
    public async Task What_was_erased_is_nowhere_in_the_file_and_comes_back_from_the_archive()
    {
        Finished();
        fixture.Ready(2, LedgerFixture.Terms(id: "kept"));
        Ledger.Suppressions.Add("c2@example.com", "operator", null);
        var before = Text(Ledger);
        using var certificate = Certificate("RSA");
        var archive = Backup().Erase(await Backup().WriteAsync(Campaign(), archives, certificate, CancellationToken.None));

        Assert.True(archive.WasErased);
        Assert.Null(Ledger.Campaigns.Find(GiftEnvironment.Sandbox, "spring"));
        Assert.Equal(2, Ledger.Gifts.OfCampaign(GiftEnvironment.Sandbox, "kept").Count);
        var file = Bytes();
        foreach (var gone in new[] { "gtbt.co/spring", "Prénom3", "spring:1" }) Assert.DoesNotContain(gone, file, StringComparison.Ordinal);
        Assert.Equal("ok", Ledger.CheckIntegrity());

        // The proof of consent and the suppression stay (spec D5).
        Assert.True(Ledger.Suppressions.Contains("c2@example.com"));
        Assert.Equal(["c1@example.com", "c2@example.com", "c3@example.com"], Proofs());

        await Backup().RestoreAsync(archive.Path, certificate, CancellationToken.None);
        Assert.Equal(before, Text(Ledger));
    }

    [Fact]
    public async Task Without_the_private_key_nothing_is_erased()
    {
        Finished();
        using var pair = Certificate("RSA");
        using var publicOnly = X509CertificateLoader.LoadCertificate(pair.Export(X509ContentType.Cert));
        var archive = await Backup().WriteAsync(Campaign(), archives, publicOnly, CancellationToken.None);

        Assert.Equal("ArchiveNotVerifiable", Assert.Throws<RetentionException>(() => Backup().Erase(archive)).Code);
        Assert.Equal("ArchiveKeyMissing", (await Assert.ThrowsAsync<RetentionException>(() => Backup().RestoreAsync(archive.Path, publicOnly, CancellationToken.None))).Code);
        Assert.NotNull(Ledger.Campaigns.Find(GiftEnvironment.Sandbox, "spring"));
    }

    [Fact]
    public async Task A_campaign_that_changed_after_its_archive_is_not_erased()
    {
        Finished();
        using var certificate = Certificate("RSA");
        var archive = await Backup().WriteAsync(Campaign(), archives, certificate, CancellationToken.None);
        Ledger.History.Add(GiftEnvironment.Sandbox, "spring", 1, "MailBounced", null);

        Assert.Equal("ArchiveNotVerified", Assert.Throws<RetentionException>(() => Backup().Erase(archive)).Code);
        Assert.NotNull(Ledger.Campaigns.Find(GiftEnvironment.Sandbox, "spring"));
    }

    [Fact]
    public async Task A_campaign_with_open_gifts_is_not_erased()
    {
        fixture.Ready(2);
        using var certificate = Certificate("RSA");
        var archive = await Backup().WriteAsync(Campaign(), archives, certificate, CancellationToken.None);

        Assert.Equal("CampaignOpen", Assert.Throws<LedgerException>(() => Backup().Erase(archive)).Code);
    }

    [Fact]
    public async Task A_damaged_archive_or_another_file_is_said_to_be_one_and_enters_nothing()
    {
        Finished();
        using var certificate = Certificate("RSA");
        var archive = await Backup().WriteAsync(Campaign(), archives, certificate, CancellationToken.None);
        using var other = GiftLedger.Open(Path.Combine(fixture.Folder, "other"), fixture.Clock);
        var bytes = await File.ReadAllBytesAsync(archive.Path);
        foreach (var cut in new[] { 0, 10, bytes.Length / 2, bytes.Length - 1 })
        {
            await File.WriteAllBytesAsync(archive.Path, bytes[..cut]);
            await Assert.ThrowsAnyAsync<GiftException>(() => new CampaignBackup(other, fixture.Clock).RestoreAsync(archive.Path, certificate, CancellationToken.None));
        }
        Assert.Empty(other.Campaigns.List());
    }

    [Fact]
    public async Task A_campaign_that_is_there_is_never_overwritten()
    {
        Finished();
        var path = Path.Combine(fixture.Folder, "spring.json");
        await CampaignFile.WriteAsync(Ledger, GiftEnvironment.Sandbox, "spring", path, CancellationToken.None);

        Assert.Equal("CampaignExists", (await Assert.ThrowsAsync<LedgerException>(() => CampaignFile.ReadAsync(Ledger, path, CancellationToken.None))).Code);
    }

    [Theory]
    [InlineData("\"LinkCreated\"", "\"Sold\"")]
    [InlineData("http://gtbt.co", "gtbt.co")]
    [InlineData("\"rowNo\": 2", "\"rowNo\": 1")]
    [InlineData("\"http://gtbt.co", "http://gtbt.co")]
    [InlineData("\"createdAt\": \"", "\"createdAt\": \"http://gtbt.co/AbCdEfGhIjK")]
    [InlineData("TargoGiftbit campaign", "something else")]
    [InlineData("\"recipients\"", "\"recipients")]
    public async Task A_file_that_was_tampered_with_enters_nothing(string was, string becomes)
    {
        fixture.Ready(3);
        var path = Path.Combine(fixture.Folder, "spring.json");
        await CampaignFile.WriteAsync(Ledger, GiftEnvironment.Sandbox, "spring", path, CancellationToken.None);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(was, becomes, StringComparison.Ordinal));
        using var other = GiftLedger.Open(Path.Combine(fixture.Folder, "other"), fixture.Clock);

        var error = await Assert.ThrowsAsync<LedgerException>(() => CampaignFile.ReadAsync(other, path, CancellationToken.None));
        Assert.Equal("ArchiveInvalid", error.Code);
        Assert.DoesNotContain("gtbt.co", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(other.Campaigns.List());
    }

    [Fact]
    public void Campaigns_are_past_their_term_after_24_months()
    {
        fixture.Ready(1);
        Assert.Empty(Backup().PastTerm(CampaignBackup.DefaultMonths));
        fixture.Clock.Advance(TimeSpan.FromDays(732));
        Assert.Equal("spring", Assert.Single(Backup().PastTerm(CampaignBackup.DefaultMonths)).CampaignId);
    }

    [Fact]
    public void Every_table_that_holds_rows_of_a_gift_is_archived()
    {
        using var connection = new SqliteConnection($"Data Source={Ledger.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) i ON i.name = 'row_no' WHERE m.type = 'table' AND m.name <> 'gifts'";
        var tables = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) tables.Add(reader.GetString(0));

        Assert.Equal(tables.Order(StringComparer.Ordinal), LedgerSchema.GiftTables.Select(t => t.Table).Order(StringComparer.Ordinal));
    }

    public void Dispose() => fixture.Dispose();

    private CampaignBackup Backup() => new(Ledger, fixture.Clock);

    private GiftCampaign Campaign() => Ledger.Campaigns.Get(GiftEnvironment.Sandbox, "spring");

    private string Text(GiftLedger ledger)
    {
        var text = Encoding.UTF8.GetString(CampaignFile.ToBytes(ledger, GiftEnvironment.Sandbox, "spring", fixture.Clock.GetUtcNow()));
        // Being read in is the one thing that is new.
        return System.Text.RegularExpressions.Regex.Replace(text, @",?\s*\{\s*""at"": ""[^""]*"",\s*""kind"": ""Imported"",\s*""detail"": null\s*\}", "");
    }

    // Three gifts, mailed, one with an event, all closed.
    private void Finished()
    {
        var plan = fixture.Plan([.. LedgerFixture.Contacts(1, 2, 3).Select(c => c with { ConsentBasis = "active customer", ConsentCheckedAt = fixture.Clock.GetUtcNow() })]);
        foreach (var order in plan.Open) Ledger.Orders.RecordAnswer(order, new OrderAnswer { State = OrderState.Created, ProviderOrderId = "uuid-1" });
        Ledger.Gifts.StoreLinks([.. plan.Gifts.Select(g => new FoundLink(g.Identity, LedgerFixture.Link(g), $"gift-{g.Row}"))]);
        var claims = Ledger.Mails.Claim([.. plan.Gifts.Select(g => g.Identity)], MailPurpose.Gift, "mailjet", TimeSpan.FromMinutes(5));
        Ledger.Mails.Record([.. claims.Select(c => new HandOverRecord(c, new HandOver(HandOverResult.Accepted, $"{c.Id.Row}00", null, null), "Cadeau", "hash"))]);
        Ledger.Events.Store([MailjetEventReader.Read(Encoding.UTF8.GetBytes("""{"event":"sent","time":1780000000,"MessageID":100,"CustomID":"spring:1"}"""))]);
        Ledger.Gifts.CloseOpen(GiftEnvironment.Sandbox, "spring");
    }

    private string Bytes() => string.Concat(new[] { "", "-wal" }.Select(s => Ledger.Path + s).Where(File.Exists).Select(p =>
    {
        using var stream = new FileStream(p, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }));

    private List<string> Proofs()
    {
        using var connection = new SqliteConnection($"Data Source={Ledger.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT email FROM consent_proofs WHERE consent_basis = 'active customer' AND mailed_at IS NOT NULL ORDER BY email";
        var found = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) found.Add(reader.GetString(0));
        return found;
    }

    private X509Certificate2 Certificate(string kind)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), fixture.Clock.GetUtcNow().AddYears(9));
        if (kind == "EC")
        {
            using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Reload(new CertificateRequest("CN=archives", ec, HashAlgorithmName.SHA256).CreateSelfSigned(from, to));
        }
        using var rsa = RSA.Create(2048);
        return Reload(new CertificateRequest("CN=archives", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from, to));
    }

    private static X509Certificate2 Reload(X509Certificate2 certificate)
    {
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    // Null where there is no openssl.
    private async Task<byte[]?> OpenSslAsync(string archive, X509Certificate2 certificate)
    {
        var key = Path.Combine(fixture.Folder, "key.pem");
        await File.WriteAllTextAsync(key, (certificate.GetRSAPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()) + "\n" + certificate.ExportCertificatePem());
        var output = Path.Combine(fixture.Folder, "plain.json");
        try
        {
            using var process = Process.Start(new ProcessStartInfo("openssl", ["cms", "-decrypt", "-inform", "DER", "-in", archive, "-inkey", key, "-recip", key, "-out", output]) { RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, error);
            return await File.ReadAllBytesAsync(output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
