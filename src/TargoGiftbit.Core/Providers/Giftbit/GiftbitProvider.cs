using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Giftbit.Wire;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>Giftbit as a gift provider: link orders (<c>SHORTLINK</c>) for known recipients.</summary>
public sealed class GiftbitProvider : IGiftProvider
{
    // The bounds of a filter are said to be inclusive, and whether its times keep daylight saving is not known (reference/giftbit.md §5.1, §5.2).
    private static readonly TimeSpan WindowMargin = TimeSpan.FromHours(1);

    private readonly TimeProvider clock;
    private readonly IDisposable? owned;

    /// <summary>Uses an API whose connections someone else owns.</summary>
    /// <param name="api">The API.</param>
    /// <param name="clock">Says what day it is.</param>
    public GiftbitProvider(GiftbitApi api, TimeProvider clock)
        : this(api, clock, null)
    {
    }

    private GiftbitProvider(GiftbitApi api, TimeProvider clock, IDisposable? owned)
    {
        Api = api;
        this.clock = clock;
        this.owned = owned;
    }

    /// <summary>The typed calls, for what goes beyond the seam: catalogue, single orders and gifts.</summary>
    public GiftbitApi Api { get; }

    /// <inheritdoc/>
    public string Name => "giftbit";

    /// <inheritdoc/>
    public GiftEnvironment Environment => Api.Environment;

    /// <summary>Opens connections to Giftbit; disposing the provider closes them.</summary>
    /// <param name="connection">Where, with which token.</param>
    /// <param name="clock">Says what day it is (waits and time-outs of the network run on real time).</param>
    /// <param name="onRetry">Told before each repeat of a call.</param>
    public static GiftbitProvider Connect(ServiceConnection connection, TimeProvider clock, Action<RetryNotice>? onRetry = null) =>
        Connect(connection, clock, new HttpOptions { Service = "Giftbit", OnRetry = onRetry });

    /// <summary>Opens connections to Giftbit with waits of one's own.</summary>
    /// <param name="connection">Where, with which token.</param>
    /// <param name="clock">Says what day it is.</param>
    /// <param name="options">Time-outs, repeats and their clock.</param>
    /// <param name="handler">Connections to use in place of the usual ones; owned from now on.</param>
    public static GiftbitProvider Connect(ServiceConnection connection, TimeProvider clock, HttpOptions options, HttpMessageHandler? handler = null)
    {
        var http = new HttpSender(options, handler);
        try
        {
            return new GiftbitProvider(new GiftbitApi(connection, http), clock, http);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ProviderAccount> CheckAsync(CancellationToken cancellationToken) => Api.PingAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProviderFund>> GetFundsAsync(CancellationToken cancellationToken) => Api.GetFundsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<OrderLinks> GetLinksAsync(string orderId, CancellationToken cancellationToken) => Api.GetLinksAsync(orderId, cancellationToken);

    /// <inheritdoc/>
    public PreparedOrder Prepare(GiftCampaign campaign, string orderId, IReadOnlyList<OrderRecipient> recipients, bool withLinkCount = false)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(recipients);
        var body = OrderJson.Write(new WireOrder
        {
            Id = orderId,
            Subject = campaign.Subject,
            Message = campaign.Message,
            Expiry = campaign.Expiry,
            PriceInCents = campaign.Price.Cents,
            BrandCodes = campaign.BrandCodes.Count > 0 ? campaign.BrandCodes : null,
            Region = campaign.BrandCodes.Count > 0 ? null : campaign.Region,
            Contacts = [.. recipients.Select(r => new WireRecipient { Id = r.CustomerId, Firstname = r.FirstName, Lastname = r.LastName, Email = r.Email })],
            DeliveryType = "SHORTLINK",
            LinkCount = withLinkCount ? recipients.Count : null,
        });
        return new PreparedOrder(orderId, body, Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    /// <inheritdoc/>
    /// <exception cref="GiftProviderException">
    /// Definitive: <c>GiftbitLinkCountRequired</c>, <c>GiftbitOrderDiffers</c>, <c>GiftbitBrandOrPriceRefused</c>, <c>GiftbitNoContacts</c>,
    /// <c>GiftbitOrderInvalid</c>, <c>GiftbitRequestRefused</c>. Not definitive: <c>GiftbitOrderUnsettled</c>, <c>GiftbitOrderIdRefused</c>,
    /// <c>GiftbitTokenRefused</c>, <c>GiftbitForbidden</c>, <c>GiftbitRateLimited</c>, <c>GiftbitUnavailable</c>.
    /// </exception>
    public Task<OrderAnswer> PlaceAsync(PreparedOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new GiftbitPlacing(Api).PlaceAsync(order, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<TermsCheck> CheckTermsAsync(GiftCampaign terms, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var brands = new Dictionary<string, GiftbitBrand?>(StringComparer.OrdinalIgnoreCase);
        foreach (var code in terms.BrandCodes)
        {
            if (!string.IsNullOrWhiteSpace(code) && !brands.ContainsKey(code)) brands[code] = await Api.FindBrandAsync(code, cancellationToken).ConfigureAwait(false);
        }
        var regions = string.IsNullOrEmpty(terms.Region) ? [] : await Api.GetRegionsAsync(cancellationToken).ConfigureAwait(false);
        var funds = await Api.GetFundsAsync(cancellationToken).ConfigureAwait(false);
        var problems = OrderChecks.Check(terms, count, new OrderFacts(brands, regions, funds), PacificTime.DateAt(clock.GetUtcNow()));
        var fund = funds.FirstOrDefault(f => f.Currency.Equals(terms.Price.Currency, StringComparison.OrdinalIgnoreCase));
        return new TermsCheck(problems, terms.Price * count, fund?.Available, [.. brands.Values.OfType<GiftbitBrand>().Select(b => (b.BrandCode, b.Name, b.ImageUrl))]);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<ProviderGift>> ListAsync(ProviderQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var filter = new GiftbitGiftFilter
        {
            CampaignUuid = query.ProviderOrderId,
            CampaignId = query.ProviderOrderId is null ? query.OrderId : null,
            CreatedFrom = query.CreatedFrom - WindowMargin,
            CreatedTo = query.CreatedTo + WindowMargin,
        };
        await foreach (var page in Api.ListGiftsAsync(filter, query.PageSize, cancellationToken).ConfigureAwait(false))
        {
            // A server that does not heed a filter lists the gifts of other orders too.
            var own = page.Where(g => (query.ProviderOrderId is null || g.CampaignUuid is null || g.CampaignUuid == query.ProviderOrderId)
                && (query.OrderId is null || g.CampaignId is null || g.CampaignId == query.OrderId));
            yield return [.. own.Select(g => Translate(g, query.OrderId, query.ProviderOrderId))];
        }
    }

    /// <inheritdoc/>
    public async Task<ProviderGift> CancelAsync(string providerGiftId, CancellationToken cancellationToken) =>
        Translate(await Api.CancelGiftAsync(providerGiftId, cancellationToken).ConfigureAwait(false), null, null);

    /// <summary>One gift as Giftbit has it now, in this product's words; null when Giftbit knows none of this id.</summary>
    /// <param name="providerGiftId">Giftbit's id of the gift.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ProviderGift?> FindAsync(string providerGiftId, CancellationToken cancellationToken) =>
        await Api.FindGiftAsync(providerGiftId, cancellationToken).ConfigureAwait(false) is { } gift ? Translate(gift, null, null) : null;

    /// <summary>Closes the connections, if they are this provider's own.</summary>
    public void Dispose() => owned?.Dispose();

    private static ProviderGift Translate(GiftbitGift gift, string? orderId, string? orderUuid) => new()
    {
        ProviderGiftId = gift.Uuid,
        OrderId = gift.CampaignId ?? orderId,
        ProviderOrderId = gift.CampaignUuid ?? orderUuid,
        RecipientEmail = gift.RecipientEmail,
        RecipientName = gift.RecipientName,
        Status = GiftbitStatus.Of(gift),
        RawStatus = GiftbitStatus.Raw(gift),
        Link = gift.Link,
        BrandCode = gift.BrandCode,
        PriceInCents = gift.PriceInCents,
        CreatedAt = gift.Created?.Instant,
        RedeemedAt = gift.Redeemed?.Instant,
    };
}
