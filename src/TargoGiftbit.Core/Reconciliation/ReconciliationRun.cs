using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Retention;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>
/// The scheduled job: polls every campaign that is due, in both environments, one instance at a time (spec F1). A campaign that
/// cannot be asked does not hold up the others, and stays due.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="providerFor">The provider of a campaign; throws a <see cref="GiftException"/> when it cannot be set up (no token).</param>
/// <param name="clock">The clock.</param>
public sealed class ReconciliationRun(GiftLedger ledger, Func<GiftCampaign, IGiftProvider> providerFor, TimeProvider clock)
{
    private const string LeaseName = "reconciliation";

    // Renewed before each campaign, so it need only outlast one of them; a run that died frees it by itself.
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(30);

    /// <summary>Polls what is due now.</summary>
    /// <param name="polled">Called after each campaign.</param>
    /// <param name="cancellationToken">Stops between pages; what was read is stored.</param>
    /// <returns>The summary; <see cref="ReconciliationSummary.AlreadyRunning"/> when another instance is at work.</returns>
    public async Task<ReconciliationSummary> RunAsync(Action<PollResult> polled, CancellationToken cancellationToken)
    {
        var holder = Guid.NewGuid().ToString("N");
        if (!ledger.Leases.TryTake(LeaseName, holder, LeaseLength)) return new ReconciliationSummary { AlreadyRunning = true };
        var started = clock.GetTimestamp();
        try
        {
            var summary = new ReconciliationSummary();
            var providers = new Dictionary<(GiftEnvironment, string), IGiftProvider>();
            foreach (var campaign in ledger.Campaigns.Due(clock.GetUtcNow()))
            {
                cancellationToken.ThrowIfCancellationRequested();
                ledger.Leases.TryTake(LeaseName, holder, LeaseLength);
                try
                {
                    var result = await PollAsync(campaign, providers, cancellationToken).ConfigureAwait(false);
                    polled(result);
                    summary = summary with
                    {
                        Polled = summary.Polled + 1,
                        Changed = summary.Changed + result.Changed.Count,
                        Missing = summary.Missing + result.Missing,
                        UnknownStatuses = [.. summary.UnknownStatuses.Union(result.UnknownStatuses, StringComparer.Ordinal)],
                    };
                }
                catch (GiftException e)
                {
                    summary = summary with { Failures = [.. summary.Failures, new ReconciliationFailure(campaign, e)] };
                }
            }
            return summary with { Elapsed = clock.GetElapsedTime(started), NextDue = ledger.Campaigns.NextDue(), PastTerm = PastTerm() };
        }
        finally
        {
            ledger.Leases.Release(LeaseName, holder);
        }
    }

    // A run every quarter of an hour that always says the same is soon read by nobody.
    private IReadOnlyList<GiftCampaign> PastTerm() => new CampaignBackup(ledger, clock).PastTerm(CampaignBackup.DefaultMonths) is { Count: > 0 } campaigns
        && ledger.Leases.TryTake("past-term-told", Guid.NewGuid().ToString("N"), TimeSpan.FromDays(1)) ? campaigns : [];

    private async Task<PollResult> PollAsync(GiftCampaign campaign, Dictionary<(GiftEnvironment, string), IGiftProvider> providers, CancellationToken cancellationToken)
    {
        if (!providers.TryGetValue((campaign.Environment, campaign.Provider), out var provider))
        {
            provider = providerFor(campaign);
            // Each run that talks to a provider starts by checking its credentials (spec A5).
            await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
            providers[(campaign.Environment, campaign.Provider)] = provider;
        }
        return await new StatusReconciler(provider, ledger, clock).PollAsync(campaign.Environment, campaign.CampaignId, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>What a scheduled run did.</summary>
public sealed record ReconciliationSummary
{
    /// <summary>True when another instance was at work and nothing was done.</summary>
    public bool AlreadyRunning { get; init; }

    /// <summary>Campaigns polled.</summary>
    public int Polled { get; init; }

    /// <summary>Gifts whose status changed.</summary>
    public int Changed { get; init; }

    /// <summary>Ordered gifts that a provider did not list.</summary>
    public int Missing { get; init; }

    /// <summary>Campaigns that could not be asked; they stay due.</summary>
    public IReadOnlyList<ReconciliationFailure> Failures { get; init; } = [];

    /// <summary>Status words this product does not know.</summary>
    public IReadOnlyList<string> UnknownStatuses { get; init; } = [];

    /// <summary>Campaigns past their term in the live ledger (spec G2); told once a day.</summary>
    public IReadOnlyList<GiftCampaign> PastTerm { get; init; } = [];

    /// <summary>Duration.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>When the next poll is due, or null.</summary>
    public DateTimeOffset? NextDue { get; init; }
}

/// <summary>A campaign that could not be asked.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Error">Why.</param>
public sealed record ReconciliationFailure(GiftCampaign Campaign, GiftException Error);
