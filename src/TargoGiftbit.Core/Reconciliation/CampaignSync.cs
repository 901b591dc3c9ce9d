using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>
/// Brings the ledger of a campaign up to what really happened, before anything of it is sent: after an old copy was put back, or on a second
/// machine. Sends and orders nothing. Gifts are paired by the provider's id, the order or the address, messages by row and address; never by position.
/// </summary>
/// <param name="provider">The campaign's provider, in its environment.</param>
/// <param name="find">Looks messages up; null where the mail service cannot be asked.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="testInbox">The test inbox, where one is set: what went there is no customer's mail.</param>
/// <param name="clock">The clock.</param>
public sealed class CampaignSync(IGiftProvider provider, FindMessages? find, GiftLedger ledger, string? testInbox, TimeProvider clock)
{
    // The provider's times have no zone, and whether they keep daylight saving is not known (reference/giftbit.md §5.2).
    private static readonly TimeSpan Margin = TimeSpan.FromHours(2);

    /// <summary>Compares the ledger with the services; corrects nothing.</summary>
    /// <param name="environment">The campaign's environment.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="cancellationToken">Stops between questions.</param>
    /// <exception cref="LedgerException"><c>CampaignUnknown</c>.</exception>
    /// <exception cref="GiftProviderException">The provider could not be asked.</exception>
    public async Task<SyncComparison> CompareAsync(GiftEnvironment environment, string campaignId, CancellationToken cancellationToken)
    {
        var campaign = ledger.Campaigns.Get(environment, campaignId);
        var gifts = ledger.Gifts.OfCampaign(environment, campaignId);
        var listing = await ListAsync(campaign, gifts, cancellationToken).ConfigureAwait(false);
        var found = new List<SyncDifference>(listing.Strangers.Select(s => new SyncDifference(null, SyncFinding.GiftUnknown, SyncText.None, SyncText.Stranger(s))));
        foreach (var order in ledger.Orders.OfCampaign(environment, campaignId))
            if (order.State == OrderState.Prepared && listing.Orders.TryGetValue(order.Prepared.OrderId, out var theirs))
                found.Add(new SyncDifference(null, SyncFinding.OrderPlaced, SyncText.Order(order.Prepared.OrderId, order.State), SyncText.Made) { Order = order, Seen = theirs });
        foreach (var gift in gifts) found.AddRange(Compare(gift, listing.Gifts.GetValueOrDefault(gift.Row)));
        // A mail with its link cannot be older than the gift; messages of a rehearsal under the same id are.
        var since = (listing.OldestGift ?? PacificTime.EndOf(campaign.Expiry).AddDays(-367)) - Margin;
        found.AddRange(await new SyncMail(find, ledger, testInbox, clock).CompareAsync(campaign, gifts, since, cancellationToken).ConfigureAwait(false));
        return new SyncComparison(campaign, [.. found.OrderBy(d => d.Gift?.Row ?? int.MaxValue)], since);
    }

    /// <summary>Corrects the ledger by a comparison: mails first, since they must not go out twice.</summary>
    /// <param name="comparison">What <see cref="CompareAsync"/> found.</param>
    /// <param name="cancellationToken">Stops between steps; what was corrected stays so.</param>
    /// <exception cref="GiftProviderException">The provider could not be asked for the links.</exception>
    public async Task<SyncRepair> RepairAsync(SyncComparison comparison, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var (environment, campaignId) = (comparison.Campaign.Environment, comparison.Campaign.CampaignId);
        var done = ledger.Atomically(() => comparison.Differences.Select(d => Repair(d, comparison.Since)).ToArray());
        OrderException? problem = null;
        if (comparison.Differences.Any(d => d.Finding == SyncFinding.LinkMissing))
        {
            try
            {
                await new LinkCollection(provider, ledger, clock).CollectAsync(environment, campaignId, TimeSpan.Zero, _ => { }, cancellationToken).ConfigureAwait(false);
            }
            catch (OrderException e)
            {
                problem = e;
            }
            for (var i = 0; i < done.Length; i++)
                if (comparison.Differences[i] is { Finding: SyncFinding.LinkMissing, Gift: { } gift }) done[i] = ledger.Gifts.Get(gift.Identity).IsReady;
        }
        StatusReconciler.Reschedule(ledger, clock, environment, campaignId, polledAt: null);
        return new SyncRepair([.. comparison.Differences.Zip(done)], problem);
    }

    private bool Repair(SyncDifference difference, DateTimeOffset since)
    {
        switch (difference.Finding)
        {
            case SyncFinding.OrderPlaced:
                ledger.Orders.RecordAnswer(difference.Order!, new OrderAnswer { State = OrderState.Created, ProviderOrderId = difference.Seen!.ProviderOrderId, WasReplay = true });
                return true;
            case SyncFinding.StatusDiffers:
                return ledger.Gifts.StoreStatuses([(difference.Gift!.Identity, difference.Seen!)]).Count > 0;
            case SyncFinding.MailSent when difference.Uncertain is { } mail:
                return ledger.Mails.Resolve(mail, wentOut: true, difference.Message!.MessageId, difference.Message.ArrivedAt, LedgerText.FoundElsewhere);
            case SyncFinding.MailNotSent:
                return ledger.Mails.Resolve(difference.Uncertain!, wentOut: false, null, null, MailSettlingText.NotFound);
            case SyncFinding.MailSent:
                return ledger.Traces.Record(difference.Gift!.Identity, MailPurpose.Gift, difference.Message!.MessageId, difference.Message.ArrivedAt);
            case SyncFinding.ReminderSent:
                return ledger.Traces.Record(difference.Gift!.Identity, MailPurpose.Reminder, difference.Message!.MessageId, difference.Message.ArrivedAt);
            case SyncFinding.MailInDoubt when difference.Doubtable:
                return ledger.Traces.Doubt(difference.Gift!.Identity, since);
            default:
                return false;
        }
    }

    private async Task<Listing> ListAsync(GiftCampaign campaign, IReadOnlyList<Gift> gifts, CancellationToken cancellationToken)
    {
        var matcher = new GiftMatcher(gifts, campaign.OrderMode, ledger.Orders.Briefs(campaign.Environment, campaign.CampaignId));
        var listing = new Listing();
        foreach (var query in CampaignQueries.For(campaign, gifts))
            await foreach (var page in provider.ListAsync(query, cancellationToken).ConfigureAwait(false))
                foreach (var theirs in page) Note(theirs, matcher.Match(theirs));
        if (campaign.OrderMode == OrderMode.Batch)
            foreach (var theirs in await NextOrderAsync(campaign, cancellationToken).ConfigureAwait(false)) Note(theirs, matcher.Match(theirs));
        return listing;

        void Note(ProviderGift theirs, Gift? ours)
        {
            if (ours is null && !IsOfCampaign(campaign, theirs)) return;
            if (theirs.CreatedAt is { } at && (listing.OldestGift is null || at < listing.OldestGift)) listing.OldestGift = at;
            if (theirs.OrderId is { } order) listing.Orders.TryAdd(order, theirs);
            if (ours is null) listing.Strangers.Add(theirs);
            else listing.Gifts.TryAdd(ours.Row, theirs);
        }
    }

    // A window by creation date shows other campaigns' gifts too; an order named after this one that no campaign here holds is this one's.
    private bool IsOfCampaign(GiftCampaign campaign, ProviderGift theirs)
    {
        if (campaign.OrderMode == OrderMode.Batch) return true;
        if (theirs.OrderId is not { } order || !order.StartsWith(campaign.CampaignId + "-", StringComparison.Ordinal)) return false;
        return order[(campaign.CampaignId.Length + 1)..].All(c => char.IsAsciiDigit(c) || c == '-') && ledger.Gifts.OfOrder(campaign.Environment, order).Count == 0;
    }

    // Late contacts or a replacement ordered elsewhere: the order that would be next here exists there.
    private async Task<List<ProviderGift>> NextOrderAsync(GiftCampaign campaign, CancellationToken cancellationToken)
    {
        var theirs = new List<ProviderGift>();
        try
        {
            var query = new ProviderQuery { OrderId = ledger.Orders.ReplacementOrderId(campaign, provider.OrderIdOf) };
            await foreach (var page in provider.ListAsync(query, cancellationToken).ConfigureAwait(false)) theirs.AddRange(page);
        }
        catch (GiftProviderException e) when (e.Status is 400 or 404 or 422)
        {
            // What it answers to an unknown order is not known (reference/giftbit.md §5.1).
        }
        return theirs;
    }

    private static IEnumerable<SyncDifference> Compare(Gift gift, ProviderGift? theirs)
    {
        if (theirs is null)
        {
            if (gift is { OrderId: not null, Status: not GiftStatus.Failed }) yield return new SyncDifference(gift, SyncFinding.GiftNotListed, SyncText.Gift(gift), SyncText.None);
            yield break;
        }
        if (!gift.IsReady) yield return new SyncDifference(gift, SyncFinding.LinkMissing, SyncText.Gift(gift), SyncText.Gift(theirs));
        else if (gift.Link is not null && theirs.Link is not null && !gift.Link.Equals(theirs.Link)) yield return new SyncDifference(gift, SyncFinding.LinkDiffers, SyncText.Gift(gift), SyncText.OtherLink);
        // Links may be listed apart from the gifts, so a listing that says less changes nothing.
        if (theirs.Status is { } status and not GiftStatus.New && status != gift.Status && (gift.IsReady || status != GiftStatus.LinkCreated))
            yield return new SyncDifference(gift, SyncFinding.StatusDiffers, gift.Status.ToString(), SyncText.Gift(theirs)) { Seen = theirs };
    }

    private sealed class Listing
    {
        public Dictionary<int, ProviderGift> Gifts { get; } = [];

        public Dictionary<string, ProviderGift> Orders { get; } = new(StringComparer.Ordinal);

        public List<ProviderGift> Strangers { get; } = [];

        public DateTimeOffset? OldestGift { get; set; }
    }
}
