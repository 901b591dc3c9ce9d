using System.Globalization;
using TargoGiftbit.Core.Csv;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Reports;

/// <summary>How the life-cycle report is written.</summary>
public sealed record GiftReportOptions
{
    /// <summary>Start the file with a UTF-8 byte order mark, by which Excel knows its accents.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>
    /// The balance shows that expired gifts came back: they are printed as <c>REFUNDED</c> (spec F2). The operator's word: no answer of
    /// Giftbit says it of a gift, and the share that comes back varies by account (reference/giftbit.md §5.3).
    /// </summary>
    public bool ExpiredWasRefunded { get; init; }
}

/// <summary>
/// Writes the life-cycle report (spec F5). It holds the links in clear, since the operator asks for it by name, and is therefore for the
/// current user alone. A cell that a spreadsheet would run as a formula has an apostrophe in front (<see cref="SpreadsheetCell"/>).
/// </summary>
public static class GiftReportCsv
{
    private static readonly string[] Header =
        ["row", "firstname", "email", "gift_url", "gift_clicked_at", "gift_status", "gift_redeemed_at", "gift_brand_selected"];

    /// <summary>Writes the report of any number of gifts; memory does not grow with them.</summary>
    /// <param name="path">The file to make or replace. It appears under its name when it is complete.</param>
    /// <param name="gifts">The gifts, in the order wanted.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up and leaves an older report as it was.</param>
    /// <returns>The number of gifts written.</returns>
    public static async Task<int> WriteAsync(
        string path, IAsyncEnumerable<Gift> gifts, GiftReportOptions? options, CancellationToken cancellationToken)
    {
        options ??= new GiftReportOptions();
        var csv = PrivateCsv.Create(path, options.ByteOrderMark, Header);
        await using (csv.ConfigureAwait(false))
        {
            await foreach (var gift in gifts.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                csv.Value(gift.Row.ToString(CultureInfo.InvariantCulture));
                csv.Text(gift.FirstName);
                csv.Text(gift.Email);
                csv.Value(gift.Link?.Reveal());
                csv.Value(Instant(gift.ClickedAt));
                csv.Value(StatusWord(gift.Status, options.ExpiredWasRefunded));
                csv.Value(Instant(gift.RedeemedAt));
                csv.Text(gift.BrandSelected);
                await csv.EndRowAsync(cancellationToken).ConfigureAwait(false);
            }
            await csv.CommitAsync(cancellationToken).ConfigureAwait(false);
            return csv.Count;
        }
    }

    /// <summary>The word of the thank-you application for a status (spec F2).</summary>
    /// <param name="status">The status.</param>
    /// <param name="expiredWasRefunded">Whether the balance shows that expired gifts came back.</param>
    public static string StatusWord(GiftStatus status, bool expiredWasRefunded) => status switch
    {
        GiftStatus.New => "NEW",
        GiftStatus.LinkCreated => "LINKCREATED",
        GiftStatus.Redeemed => "REDEEMED",
        GiftStatus.Refunded => "REFUNDED",
        GiftStatus.Expired => expiredWasRefunded ? "REFUNDED" : "EXPIRED",
        GiftStatus.Failed => "FAILED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static string? Instant(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
