using System.Globalization;
using System.Net;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>Finds out with one gift how the testbed behaves, and takes the gift back. Never for production: it repeats calls on purpose.</summary>
/// <param name="provider">Giftbit's testbed.</param>
/// <param name="clock">The clock.</param>
public sealed class GiftbitContractProbe(GiftbitProvider provider, TimeProvider clock)
{
    private const string NoSuchGift = "00000000000000000000000000000000";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly GiftbitApi api = provider.Api;

    /// <summary>Works out an order of one gift with a brand of the catalogue; orders nothing.</summary>
    /// <param name="brandCode">The brand, or null for the first one in Canadian dollars that has a price.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="GiftProviderException"><c>GiftbitContractProduction</c>; <c>GiftbitUnknownBrand</c>: none can be ordered.</exception>
    public async Task<GiftCampaign> PlanAsync(string? brandCode, CancellationToken cancellationToken)
    {
        if (provider.Environment == GiftEnvironment.Production)
            throw new GiftProviderException("GiftbitContractProduction", ContractText.NotInProduction, isDefinitive: true);
        var brand = brandCode is null ? await FirstBrandAsync(cancellationToken).ConfigureAwait(false) : await api.GetBrandAsync(brandCode, cancellationToken).ConfigureAwait(false);
        var price = PriceOf(brand) ?? throw new GiftProviderException("GiftbitUnknownBrand", ContractText.NoPrice(brand.BrandCode), isDefinitive: true, remedy: GiftbitText.BrandRemedy);
        var now = clock.GetUtcNow();
        return new GiftCampaign
        {
            Environment = GiftEnvironment.Sandbox,
            CampaignId = string.Create(CultureInfo.InvariantCulture, $"contract-{now:yyyyMMddHHmmss}-{Guid.NewGuid().ToString("N")[..6]}"),
            Price = new Money(price, brand.Currency ?? "CAD"),
            BrandCodes = [brand.BrandCode],
            Expiry = PacificTime.DateAt(now).AddDays(30),
            Subject = "Test de contrat — contract test",
            // What a service may change in a text: accents, quotes, ampersand, line end.
            Message = "Essai « d'accents » & plus.",
        };
    }

    /// <summary>Orders the gift, asks everything, takes the gift back.</summary>
    /// <param name="terms">What <see cref="PlanAsync"/> worked out.</param>
    /// <param name="inbox">Address of the recipient: the test inbox with a tag.</param>
    /// <param name="timeout">How long to wait for the link.</param>
    /// <param name="cancellationToken">Stops between questions; the gift, worth nothing, may then stay.</param>
    /// <exception cref="GiftProviderException">The order was refused, or the service could not be asked.</exception>
    public async Task<GiftbitContract> RunAsync(GiftCampaign terms, string inbox, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (provider.Environment == GiftEnvironment.Production)
            throw new GiftProviderException("GiftbitContractProduction", ContractText.NotInProduction, isDefinitive: true);
        var account = await api.PingAsync(cancellationToken).ConfigureAwait(false);
        OrderRecipient[] recipients = [new(1, "contract-1", "Zoé", "L'Écuyer", inbox)];
        var order = provider.Prepare(terms, terms.CampaignId, recipients);
        var started = clock.GetTimestamp();
        var posted = await api.PostOrderAsync(order.Body, cancellationToken).ConfigureAwait(false);
        var needsCount = posted.Value is null && posted.Answer.Status is 400 or 422 && api.WordsOf(posted.Answer).Contains("link_count", StringComparison.Ordinal);
        if (needsCount)
        {
            order = provider.Prepare(terms, terms.CampaignId, recipients, withLinkCount: true);
            posted = await api.PostOrderAsync(order.Body, cancellationToken).ConfigureAwait(false);
        }
        if (posted.Value is not { Campaign: { } campaign }) throw api.Refusal(posted.Answer, HttpMethod.Post, "/campaign", isDefinitive: false);

        var again = await api.PostOrderAsync(order.Body, cancellationToken).ConfigureAwait(false);
        var links = await WaitAsync(terms.CampaignId, timeout, cancellationToken).ConfigureAwait(false);
        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        var page = await api.ProbeAsync(HttpMethod.Get, "/gifts?campaign_id=" + terms.CampaignId + "&limit=500", cancellationToken).ConfigureAwait(false);
        var gift = page.Value?.Gifts?.FirstOrDefault(g => (g.CampaignId ?? terms.CampaignId) == terms.CampaignId);
        var (cancelled, twice) = await CancelAsync(gift?.Uuid, cancellationToken).ConfigureAwait(false);
        var known = links is not null && gift is not null;
        bool? carries = known ? gift!.ShortLink is { Length: > 0 } : null;
        bool? address = known ? string.Equals(gift!.RecipientEmail?.Trim(), inbox, StringComparison.OrdinalIgnoreCase) : null;
        return new GiftbitContract
        {
            CheckedAt = clock.GetUtcNow(),
            Account = account.DisplayName,
            OrderId = terms.CampaignId,
            Recommended = carries == true && address == true ? OrderMode.Batch : OrderMode.PerRecipient,
            Reason = ContractText.Reason(carries, address),
            LinksWereMade = links is not null,
            SecondsToLinks = links is null ? null : Math.Round(seconds, 1),
            GiftsCarryLinks = carries,
            GiftsTellAddress = address,
            GiftsTellName = known ? gift!.RecipientName is { Length: > 0 } : null,
            GiftsTellOrder = known ? gift!.CampaignId == terms.CampaignId : null,
            StatusOfLink = known ? $"{gift!.Status}/{gift.DeliveryStatus}" : null,
            LinksListed = links?.Links.Count,
            NeedsLinkCount = needsCount,
            RepeatedId = Repeated(again, campaign.Uuid),
            EchoesContacts = campaign.Contacts is { Count: > 0 },
            MessageEcho = Echo(terms.Message, campaign.Message),
            GiftsPerPage = await PageAsync("/gifts?limit=1000", e => e.Gifts?.Count, cancellationToken).ConfigureAwait(false),
            LinksPerPage = links is null ? null : await PageAsync($"/links/{terms.CampaignId}?limit=1000", e => e.ShortLinks?.Count, cancellationToken).ConfigureAwait(false),
            BrandsPerPage = await PageAsync("/brands?limit=1000", e => e.Brands?.Count, cancellationToken).ConfigureAwait(false),
            UnknownOrder = await AnswerAsync(HttpMethod.Get, "/campaign/" + terms.CampaignId + "-none", e => e.Campaign is not null, cancellationToken).ConfigureAwait(false),
            UnknownGift = await AnswerAsync(HttpMethod.Get, "/gifts/" + NoSuchGift, e => e.Gift is not null, cancellationToken).ConfigureAwait(false),
            Cancellation = cancelled,
            SecondCancellation = twice,
        };
    }

    private async Task<GiftbitBrand> FirstBrandAsync(CancellationToken cancellationToken)
    {
        await foreach (var listed in api.ListBrandsAsync(new GiftbitBrandFilter { Currency = "CAD" }, cancellationToken).ConfigureAwait(false))
            if (await api.FindBrandAsync(listed.BrandCode, cancellationToken).ConfigureAwait(false) is { } brand && PriceOf(brand) is not null)
                return brand;
        throw new GiftProviderException("GiftbitUnknownBrand", ContractText.NoBrand, isDefinitive: true, remedy: GiftbitText.BrandRemedy);
    }

    private static long? PriceOf(GiftbitBrand brand) => brand.AllowedPricesInCents.Count > 0 ? brand.AllowedPricesInCents[0] : brand.MinPriceInCents;

    // The list of links alone says by a code of its own that links are made (§4).
    private async Task<OrderLinks?> WaitAsync(string order, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var links = await api.GetLinksAsync(order, cancellationToken).ConfigureAwait(false);
            if (links.IsReady) return links;
            if (clock.GetElapsedTime(started) + pause > timeout) return null;
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(string? First, string? Second)> CancelAsync(string? uuid, CancellationToken cancellationToken)
    {
        if (uuid is null) return (null, null);
        return (await CallAsync().ConfigureAwait(false), await CallAsync().ConfigureAwait(false));

        async Task<string> CallAsync()
        {
            var answer = await api.ProbeAsync(HttpMethod.Delete, "/gifts/" + uuid, cancellationToken).ConfigureAwait(false);
            return Describe(answer.Status, answer.Value?.Gift?.Status ?? answer.Code);
        }
    }

    // The page tells its limit; failing that, a page that is shorter than the whole list shows it.
    private async Task<long?> PageAsync(string path, Func<GiftbitEnvelope, int?> rows, CancellationToken cancellationToken)
    {
        var (_, _, value) = await api.ProbeAsync(HttpMethod.Get, path, cancellationToken).ConfigureAwait(false);
        return value?.Limit is > 0 and < 1000 ? value.Limit : value is not null && rows(value) is { } count && value.TotalCount > count ? count : null;
    }

    private async Task<string> AnswerAsync(HttpMethod method, string path, Func<GiftbitEnvelope, bool> found, CancellationToken cancellationToken)
    {
        var (status, code, value) = await api.ProbeAsync(method, path, cancellationToken).ConfigureAwait(false);
        return Describe(status, value is not null && !found(value) && status == 200 ? "nothing" : code);
    }

    private string Repeated(HttpResult<GiftbitEnvelope> again, string? uuid) => Describe(again.Answer.Status, again.Value switch
    {
        { Campaign.Uuid: { } other } => other == uuid ? ContractText.SameOrder : ContractText.AnotherOrder,
        { } value => value.Info?.Code,
        null => api.CodeOf(again.Answer),
    });

    private static string Echo(string sent, string? echoed) => string.IsNullOrEmpty(echoed) ? "absent"
        : echoed == sent ? "as sent"
        : WebUtility.HtmlDecode(echoed) == sent ? "escaped" : "changed";

    private static string Describe(int status, string? what) => string.Create(CultureInfo.InvariantCulture, $"{status} {what}").Trim();
}

/// <summary>What the check of the service says to an operator (French comes next).</summary>
internal static class ContractText
{
    public const string SameOrder = "same order";
    public const string AnotherOrder = "another order";
    public const string NotInProduction = "The service is never tried out in production. Nothing was ordered.";
    public const string NoBrand = "The testbed has no brand in Canadian dollars with a price. Nothing was ordered.";

    public static string NoPrice(string brand) => $"Giftbit tells no price for brand '{brand}'. Nothing was ordered.";

    public static string Reason(bool? carriesLinks, bool? tellsAddress) => (carriesLinks, tellsAddress) switch
    {
        (true, true) => "Gifts come with their links and recipients: one order for all can be paired.",
        (null, _) => "The links were not made in time. One order per recipient is safe either way; run this again.",
        (false, _) => "Gifts come without their links: only an order of one gift says whose a link is.",
        _ => "Gifts come without their recipients' addresses: only an order of one gift says whose a link is.",
    };
}
