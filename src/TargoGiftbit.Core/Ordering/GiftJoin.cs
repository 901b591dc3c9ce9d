using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Ordering;

/// <summary>Brings gifts that were ordered elsewhere into the ledger: pairs a gift file with a contact file and enters the pairs (spec C3).</summary>
/// <param name="ledger">The ledger.</param>
public sealed class GiftJoin(GiftLedger ledger)
{
    /// <summary>Pairs the files and says what would be entered. Writes nothing.</summary>
    /// <param name="wish">Campaign, and what the gift file may leave open.</param>
    /// <param name="giftPath">The gift file.</param>
    /// <param name="contactPath">The contact file.</param>
    /// <param name="options">How to pair.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="GiftContactException">A file as a whole cannot be used.</exception>
    /// <exception cref="OrderException"><c>JoinPriceMissing</c>, <c>JoinPriceDiffers</c>, <c>JoinExpiryMissing</c>.</exception>
    public async Task<JoinPreview> PreviewAsync(JoinWish wish, string giftPath, string contactPath, PairingOptions options, CancellationToken cancellationToken)
    {
        var result = await GiftContactPairing.JoinAsync(giftPath, contactPath, options, cancellationToken).ConfigureAwait(false);
        var problems = result.Problems.ToList();
        var pairs = result.Pairs.ToList();
        if (wish.Environment == GiftEnvironment.Production)
        {
            // A customer without an id has no identity that lasts (spec, introduction).
            foreach (var pair in pairs.Where(p => string.IsNullOrWhiteSpace(p.Contact.CustomerId)))
                problems.Add(new PairingProblem(PairingSide.Contact, pair.Contact.Line, ContactCodes.IdMissing, OrderText.JoinIdMissing(pair.Contact.Line), OrderText.JoinIdMissingRemedy));
            pairs.RemoveAll(p => string.IsNullOrWhiteSpace(p.Contact.CustomerId));
        }
        return new JoinPreview(Terms(wish, pairs), pairs, problems);
    }

    /// <summary>Enters the pairs of a preview, all or none.</summary>
    /// <exception cref="LedgerException">Something contradicts the ledger; nothing was entered.</exception>
    public IReadOnlyList<Gift> Enter(JoinPreview preview) => ledger.Orders.EnterJoined(
        preview.Terms, [.. preview.Pairs.Select(p => new JoinedGift(p.Contact, p.Gift.Link!, p.Gift.ProviderGiftId, p.Gift.Row))]);

    /// <summary>The gifts that a join would enter, for <c>-WhatIf</c>: nothing of them is written anywhere.</summary>
    public static IReadOnlyList<Gift> Rehearse(JoinPreview preview) =>
    [
        .. preview.Pairs.Select((pair, index) => new Gift
        {
            Environment = preview.Terms.Environment,
            CampaignId = preview.Terms.CampaignId,
            Row = pair.Gift.Row ?? index + 1,
            CustomerId = pair.Contact.CustomerId,
            FirstName = pair.Contact.FirstName,
            LastName = pair.Contact.LastName,
            Email = pair.Contact.Email,
            Language = pair.Contact.Language,
            Price = preview.Terms.Price,
            Expiry = preview.Terms.Expiry,
            IsRehearsal = true,
        }),
    ];

    private GiftCampaign Terms(JoinWish wish, List<GiftPair> pairs)
    {
        if (ledger.Campaigns.Find(wish.Environment, wish.CampaignId) is { } known) return known;
        var prices = pairs.Select(p => p.Gift.Price).OfType<Money>().Distinct().ToList();
        if (prices.Count > 1) throw new OrderException("JoinPriceDiffers", OrderText.JoinPriceDiffers(string.Join(", ", prices)));
        var price = wish.Price ?? (prices.Count == 1 ? prices[0] : throw new OrderException("JoinPriceMissing", OrderText.JoinPriceMissing));
        var expiry = wish.Expiry ?? pairs.Select(p => p.Gift.Expiry).OfType<DateOnly>().OrderDescending().Select(d => (DateOnly?)d).FirstOrDefault()
            ?? throw new OrderException("JoinExpiryMissing", OrderText.JoinExpiryMissing);
        return new GiftCampaign
        {
            Environment = wish.Environment,
            CampaignId = wish.CampaignId,
            Price = price,
            Expiry = expiry,
            BrandCodes = wish.BrandCodes,
            OrderState = OrderState.Created,
        };
    }
}

/// <summary>The campaign that gifts are to be joined into, and what the gift file may leave open.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Price">Face value, in place of the file's.</param>
/// <param name="Expiry">Last day of the claim period, in place of the file's.</param>
/// <param name="BrandCodes">Brands to show in the mail.</param>
public sealed record JoinWish(GiftEnvironment Environment, string CampaignId, Money? Price, DateOnly? Expiry, IReadOnlyList<string> BrandCodes);

/// <summary>What a join would enter.</summary>
/// <param name="Terms">The campaign.</param>
/// <param name="Pairs">The pairs.</param>
/// <param name="Problems">One per row that is in no pair.</param>
public sealed record JoinPreview(GiftCampaign Terms, IReadOnlyList<GiftPair> Pairs, IReadOnlyList<PairingProblem> Problems);
