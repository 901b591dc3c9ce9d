using System.Text;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Reports;

namespace TargoGiftbit.Core.Tests.Reports;

public sealed class GiftReportCsvTests : IDisposable
{
    private const string Header = "row,firstname,email,gift_url,gift_clicked_at,gift_status,gift_redeemed_at,gift_brand_selected\r\n";
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("report-").FullName, "report.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public async Task A_redeemed_gift_is_written_to_the_byte()
    {
        var gift = Of(7) with
        {
            FirstName = "Élise",
            Email = "elise@example.com",
            Link = new GiftLink("http://gtbt.example/AbCdEfGhIjK"),
            ClickedAt = new DateTimeOffset(2026, 5, 4, 20, 30, 15, 999, TimeSpan.FromHours(-4)),
            Status = GiftStatus.Redeemed,
            RedeemedAt = new DateTimeOffset(2026, 5, 6, 1, 2, 3, TimeSpan.Zero),
            BrandSelected = "timhortonsca",
        };

        Assert.Equal(
            Header + "7,Élise,elise@example.com,http://gtbt.example/AbCdEfGhIjK,2026-05-05T00:30:15Z,REDEEMED,2026-05-06T01:02:03Z,timhortonsca\r\n",
            await ReportAsync(null, gift));
    }

    [Fact]
    public async Task What_is_not_known_yet_stays_empty() =>
        Assert.Equal(Header + "1,,,,,NEW,,\r\n", await ReportAsync(null, Of(1)));

    [Fact]
    public async Task A_campaign_without_gifts_gives_the_header() => Assert.Equal(Header, await ReportAsync(null));

    [Theory]
    [InlineData(GiftStatus.New, false, "NEW")]
    [InlineData(GiftStatus.LinkCreated, false, "LINKCREATED")]
    [InlineData(GiftStatus.Redeemed, false, "REDEEMED")]
    [InlineData(GiftStatus.Refunded, false, "REFUNDED")]
    [InlineData(GiftStatus.Expired, false, "EXPIRED")]
    [InlineData(GiftStatus.Expired, true, "REFUNDED")]
    [InlineData(GiftStatus.Failed, true, "FAILED")]
    public async Task A_status_is_written_in_the_word_of_the_application(GiftStatus status, bool refunded, string word) =>
        Assert.Equal(Header + $"1,,,,,{word},,\r\n", await ReportAsync(new GiftReportOptions { ExpiredWasRefunded = refunded }, Of(1) with { Status = status }));

    [Fact]
    public async Task Cells_are_quoted_where_they_must_be_and_cannot_run_as_a_formula()
    {
        var gift = Of(1) with { FirstName = "=HYPERLINK(\"http://x\",\"a\")", Email = "+a@example.com", BrandSelected = "Tim, \"Hortons\"\nCanada" };

        Assert.Equal(
            Header + "1,\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\",'+a@example.com,,,NEW,,\"Tim, \"\"Hortons\"\"\nCanada\"\r\n",
            await ReportAsync(null, gift));
    }

    [Fact]
    public async Task Excel_gets_a_byte_order_mark_on_demand()
    {
        await ReportAsync(new GiftReportOptions { ByteOrderMark = true });

        Assert.Equal([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Header)], await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task The_report_is_for_the_current_user_alone_also_in_place_of_one_that_was_not()
    {
        await File.WriteAllTextAsync(path, "old");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0x1A4);

        await ReportAsync(null, Of(1));

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task An_older_report_stays_when_the_new_one_cannot_be_completed()
    {
        await File.WriteAllTextAsync(path, "old");

        await Assert.ThrowsAsync<InvalidOperationException>(() => GiftReportCsv.WriteAsync(path, Failing(), null, CancellationToken.None));

        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));

        static async IAsyncEnumerable<Gift> Failing()
        {
            yield return Of(1);
            await Task.Yield();
            throw new InvalidOperationException("The ledger is gone.");
        }
    }

    private async Task<string> ReportAsync(GiftReportOptions? options, params Gift[] gifts)
    {
        Assert.Equal(gifts.Length, await GiftReportCsv.WriteAsync(path, gifts.ToAsyncEnumerable(), options, CancellationToken.None));
        return Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path)).TrimStart('\ufeff');
    }

    private static Gift Of(int row) => new() { Environment = GiftEnvironment.Sandbox, CampaignId = "c", Row = row };
}
