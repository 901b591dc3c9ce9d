using System.Collections.Concurrent;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ordering;

/// <summary>
/// Orders the gifts of a campaign: checks everything locally, writes rows and bytes down, places the orders, records the
/// answers (spec B1–B5). Running it again with the same, a re-sorted or an extended list orders only what is missing.
/// </summary>
/// <param name="provider">The provider, in the environment of the terms.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="testInbox">The test inbox; required in the sandbox, ignored in production.</param>
/// <param name="clock">The clock.</param>
public sealed class CampaignOrder(IGiftProvider provider, GiftLedger ledger, string? testInbox, TimeProvider clock)
{
    private const int ParallelOrders = 4;

    // After a cut, what is in flight may take this long to end; an order without answer is found again by its id.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Checks an order without ordering anything or writing to the ledger.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="contacts">All contacts, bad ones included.</param>
    /// <param name="skipInvalid">Leave bad contacts out in place of refusing the order.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    /// <exception cref="LedgerException"><c>CampaignTermsDiffer</c>.</exception>
    /// <exception cref="OrderException"><c>OrderWithoutContacts</c>.</exception>
    /// <exception cref="GiftProviderException">The provider could not be asked.</exception>
    public async Task<OrderPreview> PreviewAsync(GiftCampaign terms, IReadOnlyList<GiftContact> contacts, bool skipInvalid, CancellationToken cancellationToken)
    {
        var bad = FindBad(terms, contacts);
        var badPositions = bad.Select(p => p.Position).ToHashSet();
        var good = contacts.Where((_, index) => !badPositions.Contains(index + 1)).ToList();
        var outlook = ledger.Orders.Outlook(terms, good);
        if (contacts.Count == 0 && outlook.OpenOrders == 0) throw new OrderException("OrderWithoutContacts", OrderText.NoContacts(terms.CampaignId));

        var refusal = bad.Count == 0 ? null
            : good.Count == 0 ? new OrderException("OrderContactsInvalid", OrderText.AllBad(contacts.Count, terms.CampaignId))
            : skipInvalid ? null
            : new OrderException("OrderContactsInvalid", OrderText.ContactsBad(bad.Count, contacts.Count, terms.CampaignId));
        var account = await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        // A run that has nothing new to order needs no funds and no open claim period.
        var check = outlook.NewContacts.Count == 0
            ? new TermsCheck([], terms.Price * 0, null, [])
            : await provider.CheckTermsAsync(terms, outlook.NewContacts.Count, cancellationToken).ConfigureAwait(false);
        return new OrderPreview(terms, good, bad, refusal, outlook.NewContacts.Count, outlook.OpenOrders, account, check);
    }

    /// <summary>Places what the preview found to be missing.</summary>
    /// <param name="preview">A preview without refusal and without problems.</param>
    /// <param name="cancellationToken">
    /// No further order is posted after it; the one under way is recorded. Whatever happens, the stored orders are found again.
    /// </param>
    public async Task<OrderRun> ExecuteAsync(OrderPreview preview, CancellationToken cancellationToken)
    {
        var terms = preview.Terms;
        ledger.Brands.Store(terms.Environment, terms.Provider, preview.Check.Brands.Select(b => new KnownBrand(b.Code, b.Name, b.ImageUrl)));
        var plan = ledger.Orders.Plan(terms, preview.Contacts, Recipient, (orderId, recipients) => provider.Prepare(terms, orderId, recipients), provider.OrderIdOf);
        return await PlaceAllAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Orders a gift in place of a refunded one, or finishes an order of it that was cut.</summary>
    /// <param name="id">The refunded gift.</param>
    /// <param name="cancellationToken">As <see cref="ExecuteAsync"/>.</param>
    /// <exception cref="LedgerException"><c>GiftNotRefunded</c>, <c>OrderIdTaken</c>.</exception>
    /// <exception cref="GiftProviderException">Refused, or the outcome is not known; asked again, it goes on.</exception>
    internal Task<OrderRun> ReplaceAsync(GiftId id, CancellationToken cancellationToken)
    {
        var terms = ledger.Campaigns.Get(id.Environment, id.CampaignId);
        return PlaceAllAsync(ledger.Orders.Replace(id, Recipient, (orderId, recipients) => provider.Prepare(terms, orderId, recipients), provider.OrderIdOf), cancellationToken);
    }

    /// <summary>The gifts that an order would make, for <c>-WhatIf</c>: nothing of them is written anywhere.</summary>
    public static IReadOnlyList<Gift> Rehearse(OrderPreview preview) =>
    [
        .. preview.Contacts.Select((contact, index) => new Gift
        {
            Environment = preview.Terms.Environment,
            CampaignId = preview.Terms.CampaignId,
            Row = index + 1,
            CustomerId = contact.CustomerId,
            FirstName = contact.FirstName,
            LastName = contact.LastName,
            Email = contact.Email,
            Language = contact.Language,
            Price = preview.Terms.Price,
            Provider = preview.Terms.Provider,
            Expiry = preview.Terms.Expiry,
            IsRehearsal = true,
        }),
    ];

    private async Task<OrderRun> PlaceAllAsync(OrderPlan plan, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentBag<(StoredOrder Order, GiftException Error)>();
        var refused = new ConcurrentBag<(GiftId, string)>();
        using var grace = new CancellationTokenSource();
        await using var registration = cancellationToken.Register(() => grace.CancelAfter(Grace)).ConfigureAwait(false);
        try
        {
            await Parallel.ForEachAsync(plan.Open, new ParallelOptions { MaxDegreeOfParallelism = ParallelOrders, CancellationToken = cancellationToken }, async (order, _) =>
            {
                try
                {
                    foreach (var contact in await PlaceAsync(plan.Campaign, order, grace.Token).ConfigureAwait(false)) refused.Add(contact);
                }
                catch (GiftProviderException e) when (plan.Open.Count > 1 && e.Status is not (401 or 403))
                {
                    // One recipient's order at fault must not hold up the others'.
                    failures.Add((order, e));
                }
            }).ConfigureAwait(false);
        }
        finally
        {
            Reconciliation.StatusReconciler.Reschedule(ledger, clock, plan.Campaign.Environment, plan.Campaign.CampaignId, polledAt: null);
        }
        var rows = plan.Gifts.Select(g => g.Row).ToHashSet();
        return new OrderRun(
            ledger.Campaigns.Get(plan.Campaign.Environment, plan.Campaign.CampaignId),
            [.. ledger.Gifts.OfCampaign(plan.Campaign.Environment, plan.Campaign.CampaignId).Where(g => rows.Contains(g.Row) || rows.Count == 0)],
            plan.NewlyOrdered, plan.ChangedAddresses, [.. refused], [.. failures]);
    }

    private async Task<IReadOnlyList<(GiftId, string)>> PlaceAsync(GiftCampaign campaign, StoredOrder order, CancellationToken cancellationToken)
    {
        ledger.Orders.NoteAttempt(order);
        OrderAnswer answer;
        try
        {
            answer = await provider.PlaceAsync(order.Prepared, cancellationToken).ConfigureAwait(false);
        }
        catch (GiftProviderException e) when (e is { IsDefinitive: true, Code: ProviderCodes.LinkCountRequired } && order.Attempts == 0)
        {
            // Some accounts demand link_count (reference/giftbit.md §2.1): certainly nothing was ordered, so the bytes may change.
            var recipients = ledger.Gifts.OfOrder(campaign.Environment, order.Prepared.OrderId).Select(Recipient).ToList();
            var rewritten = ledger.Orders.Rewrite(order, provider.Prepare(campaign, order.Prepared.OrderId, recipients, withLinkCount: true));
            return await PlaceAsync(campaign, rewritten with { Attempts = order.Attempts + 1 }, cancellationToken).ConfigureAwait(false);
        }
        catch (GiftProviderException e) when (e.IsDefinitive)
        {
            ledger.Orders.RecordRefusal(order, e.Message);
            throw;
        }
        catch (GiftProviderException e)
        {
            throw new GiftProviderException(e.Code, OrderText.OrderOutcomeUnknown(order.Prepared.OrderId, e.Message), isDefinitive: false, e.Status, e.ProviderCode, e);
        }
        // One transaction: an order that counts as made has its links and codes with it.
        return ledger.Atomically(() => Record(campaign, order, answer));
    }

    private List<(GiftId, string)> Record(GiftCampaign campaign, StoredOrder order, OrderAnswer answer)
    {
        ledger.Orders.RecordAnswer(order, answer);
        if (answer.RefusedContacts.Count + answer.Gifts.Count == 0) return [];
        var ours = ledger.Gifts.OfOrder(campaign.Environment, order.Prepared.OrderId);
        var matcher = new GiftMatcher(ours, campaign.OrderMode, []);
        var told = answer.Gifts.Select(g => (Ours: matcher.Match(g), Theirs: g)).Where(g => g.Ours is not null).Select(g => (g.Ours!.Identity, g.Theirs)).ToList();
        ledger.Gifts.StoreLinks([.. told.Where(g => g.Theirs.Link is not null).Select(g => new FoundLink(g.Identity, g.Theirs.Link!, g.Theirs.ProviderGiftId))]);
        ledger.Gifts.StoreCodes([.. told.Select(g => (g.Identity, g.Theirs.Codes))]);
        ledger.Gifts.StoreStatuses(told);
        var byAddress = ours.GroupBy(g => g.ProviderEmail!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.OrdinalIgnoreCase);
        var failed = answer.RefusedContacts
            .SelectMany(c => byAddress.GetValueOrDefault(c.Email, []).Select(g => (g.Identity, c.Reason))).ToList();
        ledger.Gifts.MarkFailed(failed);
        return failed;
    }

    private OrderRecipient Recipient(Gift gift) => new(gift.Row, gift.CustomerId, gift.FirstName, gift.LastName, MailAddressOf(gift, testInbox));

    /// <summary>Where anything about a gift goes: the customer in production, the test inbox with the row's tag in the sandbox (spec A3).</summary>
    /// <param name="gift">The gift as the ledger holds it.</param>
    /// <param name="testInbox">The test inbox.</param>
    public static string MailAddressOf(Gift gift, string? testInbox) => gift.Environment == GiftEnvironment.Production
        ? gift.Email
        : TestInbox.Tag(testInbox ?? throw new ArgumentNullException(nameof(testInbox)), gift.Row);

    private List<ContactProblem> FindBad(GiftCampaign terms, IReadOnlyList<GiftContact> contacts)
    {
        var bad = ContactChecks.Find(contacts, new ContactCheckOptions { Environment = terms.Environment, OrderMode = terms.OrderMode }).ToList();
        var known = bad.Select(p => p.Position).ToHashSet();
        var suppressed = ledger.Suppressions.List().Select(s => SuppressionStore.KeyOf(s.Email)).ToHashSet(StringComparer.Ordinal);
        if (suppressed.Count == 0) return bad;
        var fresh = ledger.Orders.Outlook(terms, contacts).NewContacts.ToHashSet(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < contacts.Count; i++)
        {
            var contact = contacts[i];
            // Only before ordering: a customer who has a gift already is not refused it for having unsubscribed since.
            if (!known.Contains(i + 1) && fresh.Contains(contact) && suppressed.Contains(SuppressionStore.KeyOf(contact.Email)))
                bad.Add(new ContactProblem(contact, i + 1, "ContactSuppressed", OrderText.Suppressed(contact.Email), OrderText.SuppressedRemedy));
        }
        return [.. bad.OrderBy(p => p.Position)];
    }
}
