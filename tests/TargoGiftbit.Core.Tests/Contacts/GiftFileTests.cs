using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class GiftFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gift-file-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        var path = Path.Combine(folder, GiftLinkFile.NameFor("targo-2026"));
        var gift = new Gift
        {
            Environment = GiftEnvironment.Production,
            CampaignId = "targo-2026",
            Row = 12,
            CustomerId = "-C1",
            FirstName = "=Élise",
            LastName = "Côté, \"dite\"\nRoy",
            Email = "elise@example.com",
            Price = Money.Cad(5950),
            BrandSelected = "igacaca",
            Link = new GiftLink("http://gtbt.example/AbCdEfGhIjK"),
            ProviderGiftId = "0123456789abcdef0123456789abcdef",
            Status = GiftStatus.LinkCreated,
            Expiry = new DateOnly(2026, 12, 31),
        };

        Assert.Equal(1, await GiftLinkFile.WriteAsync(path, new[] { gift }.ToAsyncEnumerable(), CancellationToken.None));

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var expected = new GiftFileRow
        {
            Line = 2,
            Row = 12,
            CustomerId = "-C1",
            FirstName = "=Élise",
            LastName = "Côté, \"dite\"\nRoy",
            Email = "elise@example.com",
            Price = Money.Cad(5950),
            Brand = "igacaca",
            Link = gift.Link,
            ProviderGiftId = gift.ProviderGiftId,
            Status = "LinkCreated",
            Expiry = new DateOnly(2026, 12, 31),
            CampaignId = "targo-2026",
            Environment = GiftEnvironment.Production,
        };
        Assert.Equal(expected, Assert.Single(await ReadAsync(path)));
    }

    [Fact]
    public async Task A_gift_without_a_link_comes_back_flagged()
    {
        var path = Path.Combine(folder, "x.csv");
        var gift = new Gift { Environment = GiftEnvironment.Sandbox, CampaignId = "c", Row = 1, Price = Money.Cad(6000) };
        await GiftLinkFile.WriteAsync(path, new[] { gift }.ToAsyncEnumerable(), CancellationToken.None);

        Assert.Equal(ContactCodes.LinkMissing, Assert.Single(await ReadAsync(path)).ProblemCode);
    }

    [Theory]
    [InlineData("Recipient Name,Recipient Email,Amount,Gift Link,Gift ID,Status")]
    [InlineData("recipient_name;recipient_email;Value;Shortlink;UUID;status")]
    [InlineData("Name\tEmail\tPrice\tURL\tgift_uuid\tGift Status")]
    public async Task An_export_of_the_providers_web_site_is_read_under_any_plausible_header(string header)
    {
        var separator = header.Contains('\t', StringComparison.Ordinal) ? '\t' : header.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var path = Write(header + "\n" + string.Join(separator, "Élise Côté", "Elise@example.com", "$60.00", "http://gtbt.example/AbCdEfGhIjK", "0f0f", "Sent") + "\n");

        var row = Assert.Single(await ReadAsync(path));

        Assert.Equal(
            ("Élise Côté", "Elise@example.com", Money.Cad(6000), "0f0f", "Sent", null),
            (row.RecipientName, row.Email, row.Price, row.ProviderGiftId, row.Status, row.ProblemCode));
        Assert.Equal("http://gtbt.example/AbCdEfGhIjK", row.Link!.Reveal());
    }

    [Theory]
    [InlineData("", ContactCodes.LinkMissing)]
    [InlineData("gtbt.example/AbCdEfGhIjK", ContactCodes.LinkInvalid)]
    [InlineData("javascript:alert(1)", ContactCodes.LinkInvalid)]
    [InlineData("http://gtbt.example/AbC dEf", ContactCodes.LinkInvalid)]
    [InlineData("http://gtbt.example/AbCdEf\u202e", ContactCodes.LinkInvalid)]
    public async Task A_link_that_is_none_is_flagged_and_not_shown(string link, string code)
    {
        var row = Assert.Single(await ReadAsync(Write($"Recipient Email,Link\na@example.com,{link}\n")));

        Assert.Equal(code, row.ProblemCode);
        if (link.Length > 0) Assert.DoesNotContain(link, row.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_links_is_refused()
    {
        var path = Write("Recipient Email,Amount\na@example.com,60\n");

        var error = await Assert.ThrowsAsync<GiftContactException>(() => ReadAsync(path));

        Assert.Equal(ContactCodes.GiftColumnMissing, error.Code);
        Assert.Contains("'Recipient Email', 'Amount'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60", 6000, "CAD")]
    [InlineData("60.5", 6050, "CAD")]
    [InlineData("60,00 $", 6000, "CAD")]
    [InlineData("60,00\u00a0$", 6000, "CAD")]
    [InlineData("$1,060.00", 106000, "CAD")]
    [InlineData("1\u202f060,00 $", 106000, "CAD")]
    [InlineData("1,060", 106000, "CAD")]
    [InlineData("USD 25", 2500, "USD")]
    [InlineData("25.00 usd", 2500, "USD")]
    public async Task An_amount_is_read_as_it_is_written(string text, long cents, string currency)
    {
        var row = Assert.Single(await ReadAsync(Write($"Link;Value\nhttp://gtbt.example/AbCdEfGhIjK;{text}\n")));

        Assert.Equal((new Money(cents, currency), null), (row.Price, row.ProblemCode));
    }

    [Theory]
    [InlineData("sixty")]
    [InlineData("-60")]
    [InlineData("60.00 dollars")]
    [InlineData("60-70")]
    [InlineData("99999999999999999999")]
    [InlineData(".")]
    public async Task A_value_that_is_no_amount_is_flagged(string text)
    {
        var row = Assert.Single(await ReadAsync(Write($"Link;Value\nhttp://gtbt.example/AbCdEfGhIjK;{text}\n")));

        Assert.Equal((null, ContactCodes.PriceInvalid), (row.Price, row.ProblemCode));
    }

    [Fact]
    public async Task Two_files_are_paired_from_the_disk()
    {
        var gifts = Write("id,email,link\nC2,b@example.com,http://gtbt.example/2222222222\nC1,a@example.com,http://gtbt.example/1111111111\n", "gifts.csv");
        var contacts = Write("No client;Prénom;Courriel;Forfait\nC1;Anne;a@example.com;x\nC2;Luc;b@example.com;y\nC3;Zoé;c@example.com;z\n", "clients.csv");

        var result = await GiftContactPairing.JoinAsync(gifts, contacts, new PairingOptions(), CancellationToken.None);

        Assert.Equal([("Luc", "http://gtbt.example/2222222222"), ("Anne", "http://gtbt.example/1111111111")],
            result.Pairs.Select(pair => (pair.Contact.FirstName, pair.Gift.Link!.Reveal())));
        Assert.Equal((4, ContactCodes.ContactUnmatched), (result.Problems.Single().Line, result.Problems.Single().Code));
    }

    [Fact]
    public async Task Pairing_by_position_demands_equal_counts()
    {
        var gifts = Write("link\nhttp://gtbt.example/2222222222\n", "gifts.csv");
        var contacts = Write("Prénom;Courriel\nAnne;a@example.com\nLuc;b@example.com\n", "clients.csv");

        var error = await Assert.ThrowsAsync<GiftContactException>(
            () => GiftContactPairing.JoinAsync(gifts, contacts, new PairingOptions { ByPosition = true }, CancellationToken.None));

        Assert.Equal(ContactCodes.PairingCountDiffers, error.Code);
        Assert.Contains("'gifts.csv' has 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("'clients.csv' has 2", error.Message, StringComparison.Ordinal);
    }

    private string Write(string text, string name = "gifts.csv")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Theory]
    [InlineData("C1,Élise,Tremblay,elise@example.com,http://gtbt.co/AbCdEfGhIjK,6000\n", "GiftFileColumnMissing")]
    [InlineData("link,price_in_cents,amount_in_cents\nhttp://gtbt.co/AbCdEfGhIjK,6000,6000\n", "ContactColumnAmbiguous")]
    public async Task A_header_that_is_none_is_refused_without_showing_a_link_or_an_address(string text, string code)
    {
        var path = Path.Combine(folder, "gifts.csv");
        await File.WriteAllTextAsync(path, text);
        var error = await Assert.ThrowsAsync<GiftContactException>(() => ReadAsync(path));
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("AbCdEfGhIjK", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("elise@", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<List<GiftFileRow>> ReadAsync(string path)
    {
        var rows = new List<GiftFileRow>();
        await foreach (var row in GiftFileReader.ReadAsync(path)) rows.Add(row);
        return rows;
    }
}
