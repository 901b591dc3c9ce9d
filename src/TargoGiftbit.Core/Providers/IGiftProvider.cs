using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers;

/// <summary>
/// A service that makes gifts. Two implementations: Giftbit and Ifeelgoods. A provider knows neither the ledger nor the mail;
/// it turns prepared orders into answers and answers into <see cref="ProviderGift"/>s.
/// </summary>
public interface IGiftProvider : IDisposable
{
    /// <summary>Name stored with the campaign: <c>giftbit</c>, <c>ifeelgoods</c>.</summary>
    string Name { get; }

    /// <summary>The environment this instance talks to.</summary>
    GiftEnvironment Environment { get; }

    /// <summary>Checks the credentials (spec A5).</summary>
    /// <exception cref="GiftProviderException">The credentials are refused, or the service cannot be reached.</exception>
    Task<ProviderAccount> CheckAsync(CancellationToken cancellationToken);

    /// <summary>The client id of one recipient's order (spec B5, H1). Pure: derived from campaign and row, so that a repeat is the same order.</summary>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="row">The gift's row.</param>
    /// <param name="index">0 for the first order of this gift, 1 for the first that replaces one, and so on.</param>
    string OrderIdOf(string campaignId, int row, int index) => index == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{campaignId}-{row}")
        : string.Create(CultureInfo.InvariantCulture, $"{campaignId}-{row}-{index}");

    /// <summary>Lays out the exact bytes of an order. Pure: the same arguments give the same bytes.</summary>
    /// <param name="campaign">The terms.</param>
    /// <param name="orderId">The client id of this order: the idempotency key.</param>
    /// <param name="recipients">Row and the name and address that may leave the process, in row order.</param>
    /// <param name="withLinkCount">True once the service was found to demand a count of links (reference/giftbit.md §2.1).</param>
    PreparedOrder Prepare(GiftCampaign campaign, string orderId, IReadOnlyList<OrderRecipient> recipients, bool withLinkCount = false);

    /// <summary>Checks terms, catalogue and funds before an order (spec B1). Orders nothing.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="count">How many gifts would be ordered.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    /// <exception cref="GiftProviderException">The provider could not be asked.</exception>
    Task<TermsCheck> CheckTermsAsync(GiftCampaign terms, int count, CancellationToken cancellationToken);

    /// <summary>The links of an order, where the provider lists them apart from the gifts and without recipients.</summary>
    /// <param name="orderId">Client id of the order.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<OrderLinks> GetLinksAsync(string orderId, CancellationToken cancellationToken);

    /// <summary>
    /// Places a prepared order, or finds out that it was placed already. Safe to repeat with the same bytes: the provider makes
    /// at most one order per id.
    /// </summary>
    /// <exception cref="GiftProviderException">
    /// Refused (<see cref="GiftProviderException.IsDefinitive"/> is true: certainly nothing was ordered), or the outcome could not be
    /// found out (false: repeat later with the same bytes).
    /// </exception>
    Task<OrderAnswer> PlaceAsync(PreparedOrder order, CancellationToken cancellationToken);

    /// <summary>Lists gifts, page by page as the server really returns them.</summary>
    /// <param name="query">By order, or by creation time.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<IReadOnlyList<ProviderGift>> ListAsync(ProviderQuery query, CancellationToken cancellationToken);

    /// <summary>Cancels an unclaimed gift; the answer decides the status (spec B8).</summary>
    Task<ProviderGift> CancelAsync(string providerGiftId, CancellationToken cancellationToken);

    /// <summary>The balance per currency.</summary>
    Task<IReadOnlyList<ProviderFund>> GetFundsAsync(CancellationToken cancellationToken);
}
