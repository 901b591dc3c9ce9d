using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers.Giftbit;

namespace TargoGiftbit.Core.Ordering;

/// <summary>
/// Replaces a lost gift: cancels it, and only when Giftbit has it as cancelled orders another one for the same customer on the same terms.
/// Cut anywhere and asked again, it goes on where it stopped; there are never two live gifts.
/// </summary>
/// <param name="provider">Giftbit, in the gift's environment.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="testInbox">The test inbox; required in the sandbox, ignored in production.</param>
/// <param name="clock">The clock.</param>
public sealed class GiftReplacement(GiftbitProvider provider, GiftLedger ledger, string? testInbox, TimeProvider clock)
{
    private const string Impossible = "ReplacementImpossible";

    // A customer whose gift was just cancelled must not be left without one by a cut that comes in between.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly GiftRevocation revocation = new(provider, ledger, clock);
    private readonly CampaignOrder orders = new(provider, ledger, testInbox, clock);

    /// <summary>Looks whether a gift can be replaced; cancels and orders nothing.</summary>
    /// <param name="id">The gift.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="OrderException">
    /// It cannot be cancelled (see <see cref="GiftRevocation.LookAsync"/>), or <c>ReplacementImpossible</c>: the customer would lose it and get no other.
    /// </exception>
    /// <exception cref="Providers.GiftProviderException">Giftbit could not be asked.</exception>
    public async Task<ReplacementLook> LookAsync(GiftId id, CancellationToken cancellationToken)
    {
        var known = ledger.Orders.ReplacementOf(id);
        // Ordered, or on its way: there is nothing left to check.
        if (known is { OrderId: not null } or { Link: not null } or { Status: not GiftStatus.New }) return new ReplacementLook(ledger.Gifts.Get(id), known);
        // Asked also where the ledger says refunded: it may be an old copy, and a second live gift would be a gift twice.
        var gift = await revocation.AskAsync(id, cancellationToken).ConfigureAwait(false);
        var campaign = ledger.Campaigns.Get(id.Environment, id.CampaignId);
        var cancelled = gift.Status == GiftStatus.Refunded;
        if (ledger.Suppressions.Contains(gift.Email)) throw Refusal(id, OrderText.Suppressed(gift.Email), OrderText.SuppressedRemedy, cancelled);
        if (ContactChecks.Find([ContactOf(gift)], new ContactCheckOptions { Environment = id.Environment, OrderMode = campaign.OrderMode }) is [var bad, ..])
            throw Refusal(id, bad.Message, bad.Remedy, cancelled);
        if (known is null) await RequireFreeIdAsync(campaign, id, cancelled, cancellationToken).ConfigureAwait(false);
        return new ReplacementLook(gift, known);
    }

    /// <summary>Checks that gifts of a campaign can still be ordered on its terms.</summary>
    /// <param name="looks">What <see cref="LookAsync"/> said of the gifts; all of one campaign.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="OrderException"><c>ReplacementImpossible</c>.</exception>
    /// <exception cref="Providers.GiftProviderException">Giftbit could not be asked.</exception>
    public async Task CheckTermsAsync(IReadOnlyList<ReplacementLook> looks, CancellationToken cancellationToken)
    {
        var wanted = looks.Where(l => l.IsToBeOrdered).ToList();
        if (wanted.Count == 0) return;
        var id = wanted[0].Old.Identity;
        var check = await provider.CheckTermsAsync(ledger.Campaigns.Get(id.Environment, id.CampaignId), wanted.Count, cancellationToken).ConfigureAwait(false);
        // Known before the cancellation: whether money of a cancelled gift is free at once is not (reference/giftbit.md §5.3).
        if (check.Problems is [var problem, ..]) throw Refusal(id, problem.Message, problem.Remedy, wanted[0].Old.Status == GiftStatus.Refunded);
    }

    /// <summary>Cancels the gift and orders its replacement.</summary>
    /// <param name="look">What <see cref="LookAsync"/> said of it.</param>
    /// <param name="reason">The operator's words for the history, or null.</param>
    /// <param name="cancellationToken">Stops before the cancellation; once cancelled, the order has ten more seconds. Asked again, it goes on.</param>
    /// <returns>The run that ordered the replacement, its only gift.</returns>
    /// <exception cref="Providers.GiftProviderException">Not cancelled, refused or unclear.</exception>
    public async Task<OrderRun> ReplaceAsync(ReplacementLook look, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        var id = look.Old.Identity;
        if (look.Replacement is null)
        {
            ledger.History.Add(id.Environment, id.CampaignId, id.Row, "ReplacementAsked", reason);
            await revocation.RevokeAsync(id, reason, cancellationToken).ConfigureAwait(false);
        }
        using var grace = new CancellationTokenSource();
        await using var registration = cancellationToken.Register(() => grace.CancelAfter(Grace)).ConfigureAwait(false);
        return await orders.ReplaceAsync(id, grace.Token).ConfigureAwait(false);
    }

    // On a ledger older than the campaign, the next row may be another customer's at Giftbit.
    private async Task RequireFreeIdAsync(GiftCampaign campaign, GiftId id, bool cancelled, CancellationToken cancellationToken)
    {
        var order = ledger.Orders.ReplacementOrderId(campaign, ((Providers.IGiftProvider)provider).OrderIdOf);
        if (await provider.Api.FindOrderAsync(order, cancellationToken).ConfigureAwait(false) is not null)
            throw Refusal(id, OrderText.OrderIdInUse(order), OrderText.OrderIdInUseRemedy, cancelled);
    }

    private static OrderException Refusal(GiftId id, string problem, string? remedy, bool cancelled) =>
        new(Impossible, OrderText.ReplacementImpossible(id, problem, cancelled), remedy);

    private static GiftContact ContactOf(Gift gift) => new()
    {
        CustomerId = gift.CustomerId,
        FirstName = gift.FirstName,
        LastName = gift.LastName,
        Email = gift.Email,
        Language = gift.Language,
    };
}

/// <summary>A gift that is to be replaced, as it stands.</summary>
/// <param name="Old">The gift; <see cref="GiftStatus.Refunded"/> when it is cancelled already.</param>
/// <param name="Replacement">The gift that was entered in its place before, or null.</param>
public sealed record ReplacementLook(Gift Old, Gift? Replacement)
{
    /// <summary>True when an order is still to be written for it.</summary>
    public bool IsToBeOrdered => Replacement is null or { OrderId: null, Link: null, Status: GiftStatus.New };
}
