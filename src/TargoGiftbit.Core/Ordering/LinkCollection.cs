using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ordering;

/// <summary>
/// Waits for the links of a campaign and ties each to its gift (spec B6): by the recipient's address (the row tag in the sandbox) or by
/// the order where it holds one gift; never by position.
/// </summary>
/// <param name="provider">The campaign's provider, in its environment.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="clock">The clock.</param>
public sealed class LinkCollection(IGiftProvider provider, GiftLedger ledger, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Collects links until every open gift of the campaign has one, or time runs out.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="timeout">How long to go on asking; zero asks once.</param>
    /// <param name="found">Called after each round with the gifts that got their link in it.</param>
    /// <param name="cancellationToken">Stops the waiting; what was found is stored.</param>
    /// <exception cref="OrderException">
    /// <c>LinksWithoutRecipients</c>: links exist but cannot be tied to contacts. <c>LinksNotReady</c>: time ran out. <c>LinksStrange</c>, <c>LinksContradict</c>.
    /// </exception>
    public async Task CollectAsync(GiftEnvironment environment, string campaignId, TimeSpan timeout, Action<LinkProgress> found, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            var progress = await RoundAsync(environment, campaignId, cancellationToken).ConfigureAwait(false);
            var elapsed = clock.GetElapsedTime(started);
            var next = pause < timeout - elapsed ? pause : timeout - elapsed;
            found(progress with { NextRoundIn = progress.Missing > 0 && next > TimeSpan.Zero ? next : null });
            if (progress.Missing == 0) return;
            if (timeout == TimeSpan.Zero) return;
            if (next <= TimeSpan.Zero)
            {
                var state = ledger.Campaigns.Get(environment, campaignId).OrderState;
                throw new OrderException("LinksNotReady", OrderText.TimedOut(campaignId, progress.Total - progress.Missing, progress.Total, timeout, state.ToString()), OrderText.TimedOutRemedy);
            }
            await Task.Delay(next, clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<LinkProgress> RoundAsync(GiftEnvironment environment, string campaignId, CancellationToken cancellationToken)
    {
        var campaign = ledger.Campaigns.Get(environment, campaignId);
        var gifts = ledger.Gifts.OfCampaign(environment, campaignId);
        var open = gifts.Where(g => g is { OrderId: not null, Link: null, CodeCount: 0, Status: GiftStatus.New } || CampaignQueries.WantsCodes(campaign, g)).ToList();
        var eligible = gifts.Count(g => g.IsReady) + open.Count;
        if (open.Count == 0) return new LinkProgress([], 0, eligible, null);

        var harvest = await ListAsync(campaign, gifts, open, cancellationToken).ConfigureAwait(false);
        if (await UntiedLinksAsync(campaign, open, harvest, cancellationToken).ConfigureAwait(false) is > 0 and var untied)
        {
            // The links may have come into being between the two answers: only a later list can say that the gifts carry none.
            harvest = await ListAsync(campaign, gifts, open, cancellationToken).ConfigureAwait(false);
            if (!harvest.GiftsCarryLinks)
                throw new OrderException("LinksWithoutRecipients", OrderText.LinksWithoutRecipients(campaignId, untied), OrderText.LinksWithoutRecipientsRemedy);
        }

        var links = harvest.Links.Where(l => open.Exists(g => g.Identity == l.Gift)).ToList();
        var coded = harvest.Coded.Where(c => open.Exists(g => g.Identity == c.Gift)).ToList();
        var stored = ledger.Atomically(() =>
        {
            List<GiftId> got = [.. ledger.Gifts.StoreLinks(links), .. ledger.Gifts.StoreCodes([.. coded.Select(c => (c.Gift, c.Seen.Codes))])];
            ledger.Gifts.StoreStatuses(coded);
            // What was ordered elsewhere may have been sent from there: the mail service is asked before anything goes out.
            foreach (var id in got)
                if (harvest.Older.TryGetValue(id, out var since)) ledger.Traces.Doubt(id, since);
            return got;
        });
        NoteFunded(campaign, links.Select(l => l.Gift.Row).ToHashSet(), open);
        if (harvest.Contradictions is [var first, ..]) throw new OrderException("LinksContradict", OrderText.TwoLinks(first.ToString()));
        var refused = harvest.RefusedUnnamed().Select(id => (id, OrderText.ContactRefused)).ToList();
        ledger.Gifts.MarkFailed(refused);
        var missing = open.Count - stored.Count - refused.Count;
        if (missing == 0 && harvest.Strange > 0) throw new OrderException("LinksStrange", OrderText.StrangeGifts(campaignId, harvest.Strange));
        if (missing > 0 && harvest.Strange > 0 && harvest.StrangeWithLink + stored.Count >= open.Count)
            throw new OrderException("LinksWithoutRecipients", OrderText.LinksWithoutRecipients(campaignId, harvest.StrangeWithLink), OrderText.LinksWithoutRecipientsRemedy);
        return new LinkProgress([.. stored.Select(id => ledger.Gifts.Get(id))], missing, eligible - refused.Count, null);
    }

    private async Task<LinkHarvest> ListAsync(GiftCampaign campaign, IReadOnlyList<Gift> gifts, List<Gift> open, CancellationToken cancellationToken)
    {
        var harvest = new LinkHarvest(campaign, gifts, ledger.Orders.Briefs(campaign.Environment, campaign.CampaignId));
        foreach (var query in CampaignQueries.For(campaign, open))
            await foreach (var page in provider.ListAsync(query, cancellationToken).ConfigureAwait(false))
                harvest.Add(page);
        return harvest;
    }

    // Where gifts carry no link, the provider's list of links may have them: good enough for an order of one gift, whose link it can
    // only be. Returns the number of links of an order of several gifts: whose they are is not told.
    private async Task<int> UntiedLinksAsync(GiftCampaign campaign, List<Gift> open, LinkHarvest harvest, CancellationToken cancellationToken)
    {
        if (harvest.GiftsCarryLinks) return 0;
        foreach (var order in open.GroupBy(g => g.OrderId!, StringComparer.Ordinal))
        {
            var answer = await provider.GetLinksAsync(order.Key, cancellationToken).ConfigureAwait(false);
            // Orders become ready in about the order they were placed: no need to ask for the later ones in this round.
            if (!answer.IsReady) return 0;
            var whole = ledger.Gifts.OfOrder(campaign.Environment, order.Key);
            if (whole.Count == 1 && answer.Links.Count == 1) harvest.Add(new FoundLink(whole[0].Identity, answer.Links[0], null));
            else if (answer.Links.Count > 0) return answer.Links.Count;
        }
        return 0;
    }

    // Links exist only once an order is funded (reference/giftbit.md §4).
    private void NoteFunded(GiftCampaign campaign, HashSet<int> rows, List<Gift> open)
    {
        if (campaign.OrderState is not (OrderState.FundsRequired or OrderState.FundsPending)) return;
        var funded = open.Where(g => rows.Contains(g.Row)).Select(g => g.OrderId).ToHashSet(StringComparer.Ordinal);
        foreach (var order in ledger.Orders.OfCampaign(campaign.Environment, campaign.CampaignId))
            if (order.State is OrderState.FundsRequired or OrderState.FundsPending && funded.Contains(order.Prepared.OrderId))
                ledger.Orders.RecordAnswer(order, new OrderAnswer { State = OrderState.Created, ProviderOrderId = order.ProviderOrderId });
    }
}

/// <summary>Where a collection stands.</summary>
/// <param name="Found">Gifts that got their link in this round.</param>
/// <param name="Missing">Gifts still without link.</param>
/// <param name="Total">Gifts that have or will have a link.</param>
/// <param name="NextRoundIn">When it asks again; null when it is done.</param>
public sealed record LinkProgress(IReadOnlyList<Gift> Found, int Missing, int Total, TimeSpan? NextRoundIn);
