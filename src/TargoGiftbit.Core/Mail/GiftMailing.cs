using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Reconciliation;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// A send run: claims gifts batch by batch, renders them, hands them over and records what came of each (spec D8, D9). After a
/// cut no new batch starts; what is in flight is recorded, or left uncertain after the grace time.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="transport">Where the messages go.</param>
/// <param name="compose">Renders a claimed gift's message for its attempt id; called by several threads at once.</param>
/// <param name="clock">The clock.</param>
/// <param name="fates">Tells a careful run what became of its messages; null where the service cannot be asked.</param>
public sealed class GiftMailing(GiftLedger ledger, IMailTransport transport, ComposeMail compose, TimeProvider clock, FindFates? fates = null)
{
    /// <summary>Runs until the gifts are used up, the run is cut, or it stops by itself.</summary>
    /// <param name="gifts">Identities of the gifts; everything else is read from the ledger.</param>
    /// <param name="options">How to run.</param>
    /// <param name="report">Takes each result as soon as it is known; when it throws, the run is cut.</param>
    /// <param name="cancellationToken">Cuts the run.</param>
    /// <exception cref="MailTransportException">The transport cannot be used; nothing of the batch concerned went out.</exception>
    /// <exception cref="OperationCanceledException">The run was cut; everything that was in flight is recorded.</exception>
    public async Task<MailingSummary> RunAsync(
        IAsyncEnumerable<GiftId> gifts, MailingOptions options, Func<MailingResult, ValueTask> report, CancellationToken cancellationToken)
    {
        using var run = new MailingRun(options, report, clock.GetTimestamp(), clock.GetUtcNow());
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var grace = new CancellationTokenSource();
        // CancelAfter has no TimeProvider overload; the grace time is a real one in any case.
        await using var registration = cut.Token.Register(() => grace.CancelAfter(options.Grace)).ConfigureAwait(false);
        using var slots = new SemaphoreSlim(options.Parallelism);
        // A batch that was answered makes way for the next one while its outcomes are stored and reported. What may wait there is bounded, so that
        // a pipeline that takes results slowly slows the run; one in flight means one batch after the other, reported before the next begins.
        using var open = new SemaphoreSlim(2 * options.Parallelism - 1);
        var inFlight = new List<Task>();
        ExceptionDispatchInfo? failure = null;
        try
        {
            var bounces = new BounceWatch(ledger, fates, run, clock);
            var pace = new Pace(options.RateLimit, clock);
            await foreach (var batch in Batches(gifts, options, run, cut.Token).ConfigureAwait(false))
            {
                if (!run.IsCanary) await bounces.LookAsync(cut.Token).ConfigureAwait(false);
                await pace.WaitAsync(batch.Count, cut.Token).ConfigureAwait(false);
                await open.WaitAsync(cut.Token).ConfigureAwait(false);
                await slots.WaitAsync(cut.Token).ConfigureAwait(false);
                // A slot that becomes free in the moment of the cut is handed out all the same.
                cut.Token.ThrowIfCancellationRequested();
                if (run.StoppedBecause is not null) break;
                var task = HandOverAsync(batch, run, new Slot(slots), open, cut, grace.Token);
                inFlight.RemoveAll(t => t.IsCompletedSuccessfully);
                inFlight.Add(task);
                // The canaries go alone: the rest waits for what becomes of them.
                if (run.IsCanary) await task.ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
            await cut.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            await Task.WhenAll(inFlight).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The cause, not the cancellation that followed from it.
            if (failure is null || failure.SourceException is OperationCanceledException) failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            foreach (var (environment, campaign) in run.Campaigns) StatusReconciler.Reschedule(ledger, clock, environment, campaign, polledAt: null);
        }
        if (cancellationToken.IsCancellationRequested) cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();
        return run.Summary(clock.GetElapsedTime(run.Started));
    }

    private async IAsyncEnumerable<List<GiftId>> Batches(IAsyncEnumerable<GiftId> gifts, MailingOptions options, MailingRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A slow run sends small batches often rather than a burst now and then.
        var full = options.RateLimit is { } rate ? Math.Clamp((int)rate, 1, transport.BatchSize) : transport.BatchSize;
        var size = options.Careful ? Math.Min(options.CanaryCount, full) : full;
        run.IsCanary = options.Careful;
        var batch = new List<GiftId>(size);
        await foreach (var gift in gifts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(gift);
            if (batch.Count < size) continue;
            yield return batch;
            // Gifts that were sent before are no canaries: go on alone until enough were really handed over.
            run.IsCanary = options.Careful && run.HandedOver < options.CanaryCount;
            size = run.IsCanary ? Math.Clamp(options.CanaryCount - run.HandedOver, 1, full) : full;
            batch = new List<GiftId>(size);
        }
        if (batch.Count > 0) yield return batch;
    }

    private async Task HandOverAsync(List<GiftId> batch, MailingRun run, Slot slot, SemaphoreSlim open, CancellationTokenSource cut, CancellationToken grace)
    {
        try
        {
            // Off the caller's thread: claiming and rendering of one batch overlap with the hand-over of another.
            await Task.Yield();
            var results = await HandOverAsync(batch, run, slot, grace).ConfigureAwait(false);
            foreach (var result in results) await run.ReportAsync(result).ConfigureAwait(false);
        }
        catch
        {
            await cut.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            slot.Free();
            open.Release();
        }
    }

    private void Release(IEnumerable<MailClaim> claims, string reason) =>
        ledger.Mails.Record([.. claims.Select(c => new HandOverRecord(c, new HandOver(HandOverResult.NotTried, Reason: reason), null, null))]);

    private async Task<List<MailingResult>> HandOverAsync(List<GiftId> batch, MailingRun run, Slot slot, CancellationToken grace)
    {
        var results = new List<MailingResult>(batch.Count);
        var claims = await ledger.Mails.ClaimAsync(batch, run.Options.Purpose, transport.Name, run.Options.Lease, run.Options.Resend).ConfigureAwait(false);
        var composed = new List<(MailClaim Claim, ComposedMail Mail)>(batch.Count);
        foreach (var claim in claims)
        {
            if (!claim.IsClaimed)
            {
                results.Add(MailingRun.NotClaimed(claim));
                continue;
            }
            run.Touch(claim.Id);
            try
            {
                composed.Add((claim, await compose(claim.Gift!, claim.AttemptId, grace).ConfigureAwait(false)));
            }
            catch (GiftException e)
            {
                Release([claim], e.Code);
                results.Add(new MailingResult(claim.Id, claim.Gift, MailingOutcome.NotSent, Reason: e.Message, Error: e));
            }
            catch (Exception e)
            {
                // Nothing of the batch has left: give every claim back at once in place of letting it become uncertain.
                Release(claims.Where(c => c.IsClaimed), e.GetType().Name);
                throw;
            }
        }
        if (composed.Count == 0) return results;

        IReadOnlyList<HandOver> outcomes;
        try
        {
            outcomes = await transport.HandOverAsync([.. composed.Select(c => c.Mail.Message)], grace).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The transport's own exception says that nothing went out; anything else says nothing at all.
            var result = e is MailTransportException ? HandOverResult.NotTried : HandOverResult.Unknown;
            ledger.Mails.Record([.. composed.Select(c => Outcome(c, new HandOver(result, Reason: e is GiftException g ? g.Code : e.GetType().Name)))]);
            throw;
        }
        // Counted before the slot is free: the next batch must not begin when these say that the run has to stop.
        run.Count(outcomes);
        slot.Free();
        var at = await ledger.Mails.RecordAsync([.. composed.Zip(outcomes, Outcome)]).ConfigureAwait(false);
        results.AddRange(composed.Zip(outcomes, (c, outcome) => run.Tried(c.Claim, c.Mail, outcome, at)));
        return results;

        static HandOverRecord Outcome((MailClaim Claim, ComposedMail Mail) c, HandOver outcome) => new(c.Claim, outcome, c.Mail.Message.Subject, c.Mail.TemplateHash);
    }

    // A place among the batches in flight; freed once, however early.
    private sealed class Slot(SemaphoreSlim slots)
    {
        private int freed;

        public void Free()
        {
            if (Interlocked.Exchange(ref freed, 1) == 0) slots.Release();
        }
    }
}
