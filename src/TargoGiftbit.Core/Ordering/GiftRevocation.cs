using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Reconciliation;

namespace TargoGiftbit.Core.Ordering;

/// <summary>Takes an unclaimed gift back (spec B8): its money returns to the balance. What Giftbit answers decides, never what was asked.</summary>
/// <param name="provider">Giftbit, in the gifts' environment.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="clock">The clock.</param>
public sealed class GiftRevocation(GiftbitProvider provider, GiftLedger ledger, TimeProvider clock)
{
    /// <summary>Looks at a gift at Giftbit, before the operator is asked: stores how it stands there.</summary>
    /// <param name="id">The gift.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The gift; <see cref="GiftStatus.Refunded"/> when nothing is left to do.</returns>
    /// <exception cref="OrderException">
    /// <c>GiftNotOrdered</c>: Giftbit's id of it is not known. <c>GiftNotAtGiftbit</c>. <c>GiftBelongsToAnother</c>: Giftbit has
    /// another recipient for it. <c>GiftNotRevocable</c>: it is redeemed or its claim period is over.
    /// </exception>
    /// <exception cref="GiftProviderException">Giftbit could not be asked.</exception>
    public async Task<Gift> LookAsync(GiftId id, CancellationToken cancellationToken)
    {
        var gift = ledger.Gifts.Get(id);
        return gift.Status == GiftStatus.Refunded && gift.Provider == provider.Name ? gift : await AskAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks at a gift at Giftbit whatever the ledger says of it: an old copy of the ledger may say too much.</summary>
    /// <param name="id">The gift.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The gift, unclaimed or <see cref="GiftStatus.Refunded"/>.</returns>
    /// <exception cref="OrderException">As <see cref="LookAsync"/>.</exception>
    public async Task<Gift> AskAsync(GiftId id, CancellationToken cancellationToken)
    {
        var gift = ledger.Gifts.Get(id);
        if (gift.Provider != provider.Name) throw new OrderException("GiftOfAnotherProvider", OrderText.OfAnotherProvider(id, gift.Provider));
        if (gift.ProviderGiftId is not { } theirId) throw new OrderException("GiftNotOrdered", OrderText.NothingToRevoke(id), OrderText.NothingToRevokeRemedy);
        var theirs = await provider.FindAsync(theirId, cancellationToken).ConfigureAwait(false)
            ?? throw new OrderException("GiftNotAtGiftbit", OrderText.NotAtGiftbit(id), OrderText.NotAtGiftbitRemedy);
        // A gift of another customer under our id would be taken away from the wrong person.
        if (theirs.RecipientEmail is { } email && gift.ProviderEmail is { } ours && !string.Equals(email.Trim(), ours.Trim(), StringComparison.OrdinalIgnoreCase))
            throw new OrderException("GiftBelongsToAnother", OrderText.BelongsToAnother(id), OrderText.BelongsToAnotherRemedy);
        gift = Store(id, theirs);
        if (gift.Status is GiftStatus.Redeemed or GiftStatus.Expired or GiftStatus.Failed)
            throw new OrderException("GiftNotRevocable", OrderText.NotRevocable(id, gift.Status));
        return gift;
    }

    /// <summary>Cancels a gift that <see cref="LookAsync"/> found unclaimed.</summary>
    /// <param name="id">The gift.</param>
    /// <param name="reason">The operator's words for the history, or null.</param>
    /// <param name="cancellationToken">Ends the call; the gift is then as it is, and <see cref="LookAsync"/> finds out.</param>
    /// <returns>The gift, refunded.</returns>
    /// <exception cref="GiftProviderException">Not cancelled, or unclear; nothing is recorded as refunded.</exception>
    public async Task<Gift> RevokeAsync(GiftId id, string? reason, CancellationToken cancellationToken)
    {
        var gift = ledger.Gifts.Get(id);
        if (gift.Status == GiftStatus.Refunded) return gift;
        ledger.History.Add(id.Environment, id.CampaignId, id.Row, "RevocationAsked", reason);
        return Store(id, await provider.CancelAsync(gift.ProviderGiftId!, cancellationToken).ConfigureAwait(false));
    }

    private Gift Store(GiftId id, ProviderGift theirs)
    {
        ledger.Gifts.StoreStatuses([(id, theirs)]);
        // The last open gift of a campaign takes its polls with it.
        StatusReconciler.Reschedule(ledger, clock, id.Environment, id.CampaignId, polledAt: null);
        return ledger.Gifts.Get(id);
    }
}
