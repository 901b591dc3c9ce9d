using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Mail;

/// <summary>The state of one send run: its counts, the campaigns it touched, and whether it stopped by itself.</summary>
internal sealed class MailingRun(MailingOptions options, Func<MailingResult, ValueTask> report, long started, DateTimeOffset startedAt) : IDisposable
{
    private readonly int[] counts = new int[Enum.GetValues<MailingOutcome>().Length];
    private readonly HashSet<(GiftEnvironment, string)> campaigns = [];
    private readonly SemaphoreSlim reporting = new(1);
    private readonly Lock gate = new();
    private int handedOver;
    private int refused;
    private int accepted;
    private int bounced;

    public MailingOptions Options => options;

    public long Started => started;

    public DateTimeOffset StartedAt => startedAt;

    public bool IsCanary { get; set; }

    public int HandedOver => Volatile.Read(ref handedOver);

    public int Accepted => Volatile.Read(ref accepted);

    public string? StoppedBecause { get; private set; }

    /// <summary>The campaigns touched so far: a copy, the run goes on.</summary>
    public IReadOnlyCollection<(GiftEnvironment Environment, string Campaign)> Campaigns
    {
        get
        {
            lock (gate) return [.. campaigns];
        }
    }

    public void Touch(GiftId id)
    {
        lock (gate) campaigns.Add((id.Environment, id.CampaignId));
    }

    public void Count(IReadOnlyList<HandOver> outcomes)
    {
        lock (gate)
        {
            handedOver += outcomes.Count(o => o.Result is not HandOverResult.NotTried);
            refused += outcomes.Count(o => o.Result == HandOverResult.Refused);
            accepted += outcomes.Count(o => o.Result == HandOverResult.Accepted);
            Judge();
        }
    }

    /// <summary>How many accepted messages are known to have failed afterwards.</summary>
    public void CountBounced(int known)
    {
        lock (gate)
        {
            bounced = known;
            Judge();
        }
    }

    // One bad address is no reason to stop; many are, whether the service says so at once or the customer's server a little later.
    private void Judge()
    {
        var failures = refused + bounced;
        if (options.Careful && failures >= 2 && failures > handedOver * options.StopAtShare) StoppedBecause = MailingText.Stopped(refused, bounced, handedOver);
    }

    public async ValueTask ReportAsync(MailingResult result)
    {
        Interlocked.Increment(ref counts[(int)result.Outcome]);
        await reporting.WaitAsync().ConfigureAwait(false);
        try { await report(result).ConfigureAwait(false); }
        finally { reporting.Release(); }
    }

    public MailingSummary Summary(TimeSpan elapsed) => new(
        counts[(int)MailingOutcome.Sent], counts[(int)MailingOutcome.AlreadySent], counts[(int)MailingOutcome.Refused], counts[(int)MailingOutcome.Deferred],
        counts[(int)MailingOutcome.Uncertain], counts[(int)MailingOutcome.Suppressed], counts[(int)MailingOutcome.NotSent], elapsed, StoppedBecause, bounced);

    public static MailingResult NotClaimed(MailClaim claim) => new(claim.Id, claim.Gift, claim.Refusal switch
    {
        ClaimRefusal.AlreadySent => MailingOutcome.AlreadySent,
        ClaimRefusal.Suppressed => MailingOutcome.Suppressed,
        ClaimRefusal.Uncertain => MailingOutcome.Uncertain,
        ClaimRefusal.RefusedBefore => MailingOutcome.Refused,
        _ => MailingOutcome.NotSent,
    }, claim.Refusal, MailingText.Of(claim));

    public MailingResult Tried(MailClaim claim, ComposedMail mail, HandOver outcome, DateTimeOffset at)
    {
        // A reminder is a mail of its own: the gift's first mail stays as it was.
        if (options.Purpose == MailPurpose.Reminder) return new MailingResult(claim.Id, claim.Gift, OutcomeOf(outcome), Reason: ReasonOf(claim, outcome));
        var gift = claim.Gift! with
        {
            MailState = outcome.Result switch
            {
                HandOverResult.Accepted => MailState.Sent,
                HandOverResult.Refused => MailState.Refused,
                HandOverResult.Deferred => MailState.Deferred,
                HandOverResult.Unknown => MailState.Uncertain,
                _ => claim.PreviousState,
            },
            MailSubject = mail.Message.Subject,
            TemplateHash = mail.TemplateHash,
            MailError = outcome.Result == HandOverResult.Accepted ? null : outcome.Reason,
        };
        if (outcome.Result == HandOverResult.Accepted) gift = gift with { SentAt = at, MessageId = outcome.MessageId };
        return new MailingResult(claim.Id, gift, OutcomeOf(outcome), Reason: ReasonOf(claim, outcome));
    }

    private static string? ReasonOf(MailClaim claim, HandOver outcome) =>
        outcome.Result == HandOverResult.Unknown ? MailingText.Unknown(claim.Id, outcome.Reason) : outcome.Reason;

    private static MailingOutcome OutcomeOf(HandOver outcome) => outcome.Result switch
    {
        HandOverResult.Accepted => MailingOutcome.Sent,
        HandOverResult.Refused => MailingOutcome.Refused,
        HandOverResult.Deferred => MailingOutcome.Deferred,
        HandOverResult.Unknown => MailingOutcome.Uncertain,
        _ => MailingOutcome.NotSent,
    };

    public void Dispose() => reporting.Dispose();
}
