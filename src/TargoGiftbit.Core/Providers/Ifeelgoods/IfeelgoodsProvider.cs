using System.Globalization;
using System.Runtime.CompilerServices;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>
/// Ifeelgoods as a gift provider: each recipient is one order and one redemption (spec H1). A gift is known by
/// <c>promotion/order</c>; the redemption's own id is part of the customer's link and stays in this room.
/// </summary>
public sealed class IfeelgoodsProvider : IGiftProvider
{
    /// <summary>Name stored with campaigns.</summary>
    public const string ProviderName = "ifeelgoods";

    private readonly IDisposable owned;
    private readonly IfeelgoodsOptions options;
    private readonly TimeProvider clock;
    private readonly IfeelgoodsOrders orders;

    private IfeelgoodsProvider(IfeelgoodsApi api, IfeelgoodsOptions options, TimeProvider clock, TimeProvider waits, IDisposable owned)
    {
        (Api, this.options, this.clock, this.owned) = (api, options, clock, owned);
        orders = new IfeelgoodsOrders(api, options, waits);
    }

    /// <summary>The typed calls, for what goes beyond the seam: catalogue, accounts and single redemptions.</summary>
    public IfeelgoodsApi Api { get; }

    /// <summary>Opens connections to Ifeelgoods; disposing the provider closes them.</summary>
    /// <param name="connection">Where, with which key pair.</param>
    /// <param name="clock">Says what day it is (waits and time-outs of the network run on real time).</param>
    /// <param name="options">The switches for what is not documented; null for the defaults.</param>
    /// <param name="onRetry">Told before each repeat of a call.</param>
    public static IfeelgoodsProvider Connect(IfeelgoodsConnection connection, TimeProvider clock, IfeelgoodsOptions? options = null, Action<RetryNotice>? onRetry = null) =>
        Connect(connection, clock, options, new HttpOptions { Service = "Ifeelgoods", OnRetry = onRetry });

    /// <summary>Opens connections to Ifeelgoods with waits of one's own.</summary>
    /// <param name="connection">Where, with which key pair.</param>
    /// <param name="clock">Says what day it is.</param>
    /// <param name="options">The switches for what is not documented; null for the defaults.</param>
    /// <param name="http">Time-outs, repeats and their clock.</param>
    /// <param name="handler">Connections to use in place of the usual ones; owned from now on.</param>
    public static IfeelgoodsProvider Connect(IfeelgoodsConnection connection, TimeProvider clock, IfeelgoodsOptions? options, HttpOptions http, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        var sender = new HttpSender(http, handler);
        try
        {
            return new IfeelgoodsProvider(new IfeelgoodsApi(connection, sender, options, clock), options ?? new IfeelgoodsOptions(), clock, http.Time, sender);
        }
        catch
        {
            sender.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public GiftEnvironment Environment => Api.Environment;

    /// <inheritdoc/>
    public Task<ProviderAccount> CheckAsync(CancellationToken cancellationToken) => Api.CheckAsync(cancellationToken);

    /// <summary>Campaign, row and index (spec H1): derived, never drawn, so that a repeat is the same order.</summary>
    public string OrderIdOf(string campaignId, int row, int index) => string.Create(CultureInfo.InvariantCulture, $"{campaignId}-{row}-{index}");

    /// <inheritdoc/>
    public PreparedOrder Prepare(GiftCampaign campaign, string orderId, IReadOnlyList<OrderRecipient> recipients, bool withLinkCount = false)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(recipients);
        return IfeelgoodsOrder.Prepare(campaign, orderId, recipients.Single(), options);
    }

    /// <inheritdoc/>
    public Task<TermsCheck> CheckTermsAsync(GiftCampaign terms, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return IfeelgoodsTerms.CheckAsync(Api, terms, count, clock, cancellationToken);
    }

    /// <summary>Links come with the gifts.</summary>
    public Task<OrderLinks> GetLinksAsync(string orderId, CancellationToken cancellationToken) => Task.FromResult(new OrderLinks(IsReady: false, []));

    /// <inheritdoc/>
    public Task<OrderAnswer> PlaceAsync(PreparedOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return orders.PlaceAsync(order, cancellationToken);
    }

    /// <summary>
    /// Lists the redemptions of a promotion. Where that list is too long or cannot be read to its end, the orders that the query names
    /// are asked one by one.
    /// </summary>
    /// <param name="query">Promotion and kind; the orders of interest.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public async IAsyncEnumerable<IReadOnlyList<ProviderGift>> ListAsync(ProviderQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var promotion = query.Program ?? throw new GiftProviderException("IfeelgoodsPromotionMissing", IfeelgoodsText.NoPromotion, isDefinitive: true, remedy: IfeelgoodsText.PromotionRemedy);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pages = Api.ListRedemptionsAsync(promotion, null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isWhole = false;
        await using (pages.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (isWhole = !await pages.MoveNextAsync().ConfigureAwait(false)) break;
                }
                catch (GiftProviderException e) when (e.Code is IfeelgoodsApi.ListTooLong or IfeelgoodsApi.ListIncomplete && query.OrderIds.Count > 0)
                {
                    break;
                }
                var gifts = new List<ProviderGift>(pages.Current.Count);
                foreach (var redemption in pages.Current.Where(r => r.OrderId is not null && seen.Add(r.OrderId)))
                    gifts.Add(await GiftAsync(redemption, promotion, query, cancellationToken).ConfigureAwait(false));
                if (gifts.Count > 0) yield return gifts;
            }
        }
        if (isWhole) yield break;
        foreach (var order in query.OrderIds.Where(order => !seen.Contains(order)))
        {
            if (await Api.FindOrderAsync(promotion, order, cancellationToken).ConfigureAwait(false) is { } redemption)
                yield return [await GiftAsync(redemption, promotion, query, cancellationToken).ConfigureAwait(false)];
        }
    }

    /// <summary>Cancels a gift that is pending or failed.</summary>
    /// <param name="providerGiftId"><c>promotion/order</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GiftProviderException"><c>IfeelgoodsNotFound</c>, <c>IfeelgoodsNotCancelable</c>, <c>IfeelgoodsCancelUnclear</c>.</exception>
    public async Task<ProviderGift> CancelAsync(string providerGiftId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(providerGiftId);
        var slash = providerGiftId.LastIndexOf('/');
        var (promotion, order) = slash > 0 ? (providerGiftId[..slash], providerGiftId[(slash + 1)..]) : ("", providerGiftId);
        var redemption = slash > 0 ? await Api.FindOrderAsync(promotion, order, cancellationToken).ConfigureAwait(false) : null;
        if (redemption is null)
            throw new GiftProviderException("IfeelgoodsNotFound", IfeelgoodsText.Unknown("order", providerGiftId), isDefinitive: true, remedy: IfeelgoodsText.NotFoundRemedy);
        return IfeelgoodsOrders.Gift(await Api.CancelAsync(redemption, cancellationToken).ConfigureAwait(false), promotion, order, GiftKind.Link);
    }

    /// <summary>A redemption in the neutral form, for the ledger: without link and codes.</summary>
    internal static ProviderGift Describe(IfeelgoodsRedemption redemption, string orderId) =>
        IfeelgoodsOrders.Gift(redemption, redemption.PromotionId ?? "", orderId, GiftKind.Link) with { Link = null };

    /// <summary>The balances of all accounts that these credentials see.</summary>
    public async Task<IReadOnlyList<ProviderFund>> GetFundsAsync(CancellationToken cancellationToken)
    {
        List<ProviderFund> funds = [];
        await foreach (var page in Api.ListClientsAsync(cancellationToken).ConfigureAwait(false))
            funds.AddRange(page.Where(client => client.Balance is not null).Select(client => new ProviderFund(
                client.Balance!.Value.Currency, client.Balance.Value, client.Balance.Value with { Cents = 0 }, client.Balance.Value with { Cents = 0 })));
        return funds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        orders.Dispose();
        Api.Dispose();
        owned.Dispose();
    }

    private async Task<ProviderGift> GiftAsync(IfeelgoodsRedemption redemption, string promotion, ProviderQuery query, CancellationToken cancellationToken)
    {
        var order = redemption.OrderId!;
        var wantsCodes = query.Kind == GiftKind.Code && redemption is { State: "redeemed", Codes.Count: 0 } && query.CodesWanted.Contains(order);
        if (wantsCodes) redemption = await Api.FindRedemptionAsync(redemption.RevealId(), cancellationToken).ConfigureAwait(false) ?? redemption;
        return IfeelgoodsOrders.Gift(redemption, promotion, order, query.Kind);
    }
}
