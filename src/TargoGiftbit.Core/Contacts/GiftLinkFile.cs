using System.Globalization;
using TargoGiftbit.Core.Csv;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>
/// Writes <c>giftbit-gifts-&lt;campaign&gt;.csv</c> (spec B6): every gift with its link in clear, so the file is worth its gifts and is for
/// the current user alone. It names its environment and campaign, so that it cannot be taken for another's later.
/// </summary>
public static class GiftLinkFile
{
    private static readonly string[] Header =
    [
        "row", "id", "firstname", "lastname", "email", "price", "currency", "brand", "link", "uuid", "status", "expiry", "campaign", "environment",
    ];

    /// <summary>The usual name of a campaign's file.</summary>
    /// <param name="campaignId">Id of the campaign.</param>
    public static string NameFor(string campaignId) => $"giftbit-gifts-{campaignId}.csv";

    /// <summary>Writes any number of gifts; memory does not grow with them.</summary>
    /// <param name="path">The file to make or replace. It appears under its name when it is complete.</param>
    /// <param name="gifts">The gifts, in the order wanted.</param>
    /// <param name="cancellationToken">Gives up and leaves an older file as it was.</param>
    /// <returns>The number of gifts written.</returns>
    public static async Task<int> WriteAsync(string path, IAsyncEnumerable<Gift> gifts, CancellationToken cancellationToken)
    {
        var csv = PrivateCsv.Create(path, byteOrderMark: false, Header);
        await using (csv.ConfigureAwait(false))
        {
            await foreach (var gift in gifts.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                csv.Value(gift.Row.ToString(CultureInfo.InvariantCulture));
                csv.Text(gift.CustomerId);
                csv.Text(gift.FirstName);
                csv.Text(gift.LastName);
                csv.Text(gift.Email);
                csv.Value(gift.Price.Amount.ToString("0.00", CultureInfo.InvariantCulture));
                csv.Value(gift.Price.Currency);
                csv.Text(gift.BrandSelected);
                csv.Value(gift.Link?.Reveal());
                csv.Text(gift.ProviderGiftId);
                csv.Value(gift.Status.ToString());
                csv.Value(gift.Expiry.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                csv.Text(gift.CampaignId);
                csv.Value(gift.Environment.ToString());
                await csv.EndRowAsync(cancellationToken).ConfigureAwait(false);
            }
            await csv.CommitAsync(cancellationToken).ConfigureAwait(false);
            return csv.Count;
        }
    }
}
