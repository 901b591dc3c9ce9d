using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>Asks the provider how the gifts of a campaign stand and stores what changed (spec F1, F2).</summary>
/// <param name="provider">The campaign's provider, in the campaign's environment.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="clock">The clock.</param>
public sealed class StatusReconciler(IGiftProvider provider, GiftLedger ledger, TimeProvider clock)
{
    /// <summary>Polls one campaign now, in pages, whatever the schedule says.</summary>
    /// <param name="environment">Its environment; must be the provider's.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="cancellationToken">Stops between pages; what was read is stored.</param>
    /// <exception cref="GiftProviderException">The provider could not be asked; what was read before is stored, and the poll counts as not made.</exception>
    public async Task<PollResult> PollAsync(GiftEnvironment environment, string campaignId, CancellationToken cancellationToken)
    {
        var campaign = ledger.Campaigns.Get(environment, campaignId);
        var gifts = ledger.Gifts.OfCampaign(environment, campaignId);
        var matcher = new GiftMatcher(gifts, campaign.OrderMode, ledger.Orders.Briefs(environment, campaignId));
        var started = clock.GetUtcNow();
        var seen = new HashSet<int>();
        var changed = new List<GiftId>();
        var wanted = gifts.Where(g => CampaignQueries.WantsCodes(campaign, g)).Select(g => g.Row).ToHashSet();
        var unmatched = 0;
        var unknownWords = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var query in CampaignQueries.For(campaign, gifts))
        {
            await foreach (var page in provider.ListAsync(query, cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<(GiftId, ProviderGift)>(page.Count);
                foreach (var theirs in page)
                {
                    if (matcher.Match(theirs) is not { } ours)
                    {
                        // A window by creation date also shows other campaigns' gifts; only those of ours are missed.
                        if (campaign.OrderMode == OrderMode.Batch) unmatched++;
                        continue;
                    }
                    if (theirs.Status is null && theirs.RawStatus is { } word) unknownWords.Add(word);
                    if (seen.Add(ours.Row) && IsNews(ours, theirs)) batch.Add((ours.Identity, theirs));
                }
                changed.AddRange(ledger.Atomically(() =>
                {
                    // Codes first: a gift whose status is final is not polled again, and its codes would stay behind.
                    ledger.Gifts.StoreCodes([.. batch.Where(b => b.Item2.Codes.Count > 0 && wanted.Contains(b.Item1.Row)).Select(b => (b.Item1, b.Item2.Codes))]);
                    return ledger.Gifts.StoreStatuses(batch);
                }));
            }
        }

        if (started >= PollSchedule.LastPoll(campaign.Expiry)) ledger.Gifts.CloseOpen(environment, campaignId);
        Reschedule(environment, campaignId, started);
        var missing = gifts.Count(g => g is { OrderId: not null, Status: not GiftStatus.Failed } && !seen.Contains(g.Row));
        return new PollResult(ledger.Campaigns.Get(environment, campaignId), seen.Count, changed, unmatched, missing, [.. unknownWords]);
    }

    // Nearly all of what a listing says is known: that is not even asked of the ledger.
    private static bool IsNews(Gift ours, ProviderGift theirs) =>
        ours.ProviderGiftId is null || (ours.ProviderStatus ?? "") != (theirs.RawStatus ?? "") || theirs.Codes.Count > 0
        || (theirs.Status is { } status && status != GiftStatus.New && status != ours.Status)
        || (theirs is { Status: GiftStatus.Redeemed, BrandCode: { } brand } && brand != ours.BrandSelected)
        || (theirs.RedeemedAt is { } at && at.ToUnixTimeMilliseconds() != ours.RedeemedAt?.ToUnixTimeMilliseconds());

    /// <summary>Works out the next poll of a campaign anew, after a hand-over or a poll.</summary>
    /// <param name="environment">Its environment.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="polledAt">When a poll was made just now, or null.</param>
    public void Reschedule(GiftEnvironment environment, string campaignId, DateTimeOffset? polledAt) => Reschedule(ledger, clock, environment, campaignId, polledAt);

    internal static void Reschedule(GiftLedger ledger, TimeProvider clock, GiftEnvironment environment, string campaignId, DateTimeOffset? polledAt) => ledger.Atomically(() =>
    {
        if (polledAt is not null) ledger.Campaigns.NotePoll(environment, campaignId, polledAt, null);
        var facts = ledger.Campaigns.Facts(environment, campaignId);
        var now = clock.GetUtcNow();
        ledger.Campaigns.NoteSending(environment, campaignId, PollSchedule.SendingCompleted(facts, now));
        ledger.Campaigns.NotePoll(environment, campaignId, null, PollSchedule.Next(facts, now));
        return true;
    });
}

/// <summary>What a poll of one campaign found.</summary>
/// <param name="Campaign">The campaign afterwards.</param>
/// <param name="Seen">Gifts of ours that the provider listed.</param>
/// <param name="Changed">Gifts whose status changed.</param>
/// <param name="Unmatched">Gifts in the campaign's orders that are none of ours.</param>
/// <param name="Missing">Ordered gifts that the provider did not list.</param>
/// <param name="UnknownStatuses">Status words this product does not know; kept as they came.</param>
public sealed record PollResult(GiftCampaign Campaign, int Seen, IReadOnlyList<GiftId> Changed, int Unmatched, int Missing, IReadOnlyList<string> UnknownStatuses);
