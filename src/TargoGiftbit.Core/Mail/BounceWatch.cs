using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// Learns during a careful run which accepted messages failed afterwards: from events that reached the ledger, and from the mail
/// service where it can be asked. What it finds counts towards the run's breaker beside the refusals (spec D9).
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="ask">Asks the mail service; null where it cannot be asked.</param>
/// <param name="run">The run.</param>
/// <param name="clock">The clock.</param>
internal sealed class BounceWatch(GiftLedger ledger, FindFates? ask, MailingRun run, TimeProvider clock)
{
    private static readonly TimeSpan CanaryStep = TimeSpan.FromSeconds(2);

    // A question that the service lets hang must not hold the mailing up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // The service's clock and ours may differ a little; which messages are this run's is settled by their hand-overs.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private readonly HashSet<GiftId> failed = [];
    private long? lastLook;

    /// <summary>Looks when a look is due; the first one waits until it is known what became of the canaries, or their time is over.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!run.Options.Careful) return;
        if (lastLook is null) await WaitForCanariesAsync(cancellationToken).ConfigureAwait(false);
        else if (clock.GetElapsedTime(lastLook.Value) < run.Options.LookInterval) return;
        else await AskAsync(failedOnly: true, cancellationToken).ConfigureAwait(false);
        lastLook = clock.GetTimestamp();
    }

    private async Task WaitForCanariesAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var settled = await AskAsync(failedOnly: false, cancellationToken).ConfigureAwait(false);
            if (settled is null || settled >= run.Accepted || run.StoppedBecause is not null || clock.GetElapsedTime(started) >= run.Options.CanaryWait) return;
            await Task.Delay(CanaryStep, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    // How many of the run's messages have met their fate; null when nobody can tell.
    private async Task<int?> AskAsync(bool failedOnly, CancellationToken cancellationToken)
    {
        var campaigns = run.Campaigns;
        foreach (var (environment, campaign) in campaigns) failed.UnionWith(ledger.Events.FailedSince(environment, campaign, run.StartedAt));
        var fates = await FatesAsync(failedOnly, cancellationToken).ConfigureAwait(false);
        var settled = 0;
        foreach (var fate in fates ?? [])
        {
            foreach (var environment in campaigns.Select(c => c.Environment).Distinct())
            {
                if (!GiftId.TryParseCustomId(fate.CustomId, environment, out var id) || !campaigns.Contains((environment, id.CampaignId)) || !IsOfThisRun(id, fate)) continue;
                if (fate.IsSettled) settled++;
                if (fate.IsFailed) failed.Add(id);
            }
        }
        run.CountBounced(failed.Count);
        return fates is null ? null : settled;
    }

    private bool IsOfThisRun(GiftId id, MessageFate fate) =>
        ledger.Mails.HandOversOf(id).Any(h => h.MessageId == fate.MessageId && h.StartedAt.ToUnixTimeMilliseconds() >= run.StartedAt.ToUnixTimeMilliseconds());

    private async Task<IReadOnlyList<MessageFate>?> FatesAsync(bool failedOnly, CancellationToken cancellationToken)
    {
        if (ask is null) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await ask(run.StartedAt - Skew, failedOnly, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is GiftException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // No answer says nothing about the mails: refusals and events still count.
            return null;
        }
    }
}

/// <summary>Tells what became of the messages that reached the mail service since an instant.</summary>
/// <param name="since">Earliest arrival.</param>
/// <param name="failedOnly">Only those that failed.</param>
/// <param name="cancellationToken">Stops the question.</param>
public delegate Task<IReadOnlyList<MessageFate>> FindFates(DateTimeOffset since, bool failedOnly, CancellationToken cancellationToken);

/// <summary>What became of a message.</summary>
/// <param name="CustomId"><c>campaign:row</c>.</param>
/// <param name="MessageId">The service's id of it.</param>
/// <param name="IsFailed">Bounced for good, not tried, or marked as spam.</param>
/// <param name="IsSettled">Delivered or failed: not on its way any more.</param>
public sealed record MessageFate(string CustomId, string MessageId, bool IsFailed, bool IsSettled);
