using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Mail;

/// <summary>How a send run works.</summary>
public sealed record MailingOptions
{
    /// <summary>What the mails are for.</summary>
    public MailPurpose Purpose { get; init; } = MailPurpose.Gift;

    /// <summary>Send again what was sent or refused before.</summary>
    public bool Resend { get; init; }

    /// <summary>Hand-overs under way at once, 1 to 32.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>Most messages per second over the whole run; null for no limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>True for a production run: the first messages go alone, and a run that goes wrong stops by itself (spec D9).</summary>
    public bool Careful { get; init; }

    /// <summary>How many messages a careful run sends first.</summary>
    public int CanaryCount { get; init; } = 5;

    /// <summary>Share of refusals and bounces among the messages handed over beyond which a careful run stops, 0 to 1.</summary>
    public double StopAtShare { get; init; } = 0.2;

    /// <summary>How long a careful run waits at most to learn what became of its first messages.</summary>
    public TimeSpan CanaryWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a careful run looks for bounces.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long what is in flight may take to end after a cut; what has not ended by then is left uncertain (spec D9).</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a claim holds; must exceed every time-out of the transport.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>What came of one gift in a send run.</summary>
public enum MailingOutcome
{
    /// <summary>Accepted by the mail service now.</summary>
    Sent,

    /// <summary>Accepted in an earlier run; nothing was done.</summary>
    AlreadySent,

    /// <summary>Refused for good, now or before.</summary>
    Refused,

    /// <summary>Refused for now; the next run tries again.</summary>
    Deferred,

    /// <summary>May or may not have gone out; settled by asking, never by resending.</summary>
    Uncertain,

    /// <summary>The address is suppressed.</summary>
    Suppressed,

    /// <summary>Not sent for a reason of the gift's own: no link, not open, under way elsewhere, unknown, or it could not be rendered.</summary>
    NotSent,
}

/// <summary>One gift's result.</summary>
/// <param name="Id">The gift.</param>
/// <param name="Gift">The gift afterwards; null when it is not in the ledger.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Refusal">Why it was not claimed, if it was not.</param>
/// <param name="Reason">Words for the operator, or null.</param>
/// <param name="Error">What went wrong while rendering, or null.</param>
public sealed record MailingResult(GiftId Id, Gift? Gift, MailingOutcome Outcome, ClaimRefusal Refusal = ClaimRefusal.None, string? Reason = null, GiftException? Error = null);

/// <summary>A send run in figures.</summary>
/// <param name="Sent">Accepted now.</param>
/// <param name="AlreadySent">Accepted before.</param>
/// <param name="Refused">Refused for good.</param>
/// <param name="Deferred">Refused for now.</param>
/// <param name="Uncertain">Not known.</param>
/// <param name="Suppressed">Suppressed addresses.</param>
/// <param name="NotSent">Not sent for another reason.</param>
/// <param name="Elapsed">Duration.</param>
/// <param name="StoppedBecause">Why a careful run stopped by itself, or null.</param>
/// <param name="Bounced">Of those sent now, how many are known to have bounced; a careful run looks for them while it goes on.</param>
public sealed record MailingSummary(int Sent, int AlreadySent, int Refused, int Deferred, int Uncertain, int Suppressed, int NotSent, TimeSpan Elapsed, string? StoppedBecause, int Bounced = 0)
{
    /// <summary>How many gifts the run was about.</summary>
    public int Total => Sent + AlreadySent + Refused + Deferred + Uncertain + Suppressed + NotSent;

    /// <summary>Messages accepted per second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Sent / Elapsed.TotalSeconds : 0;

    /// <summary>One line with the figures.</summary>
    public override string ToString() => MailingText.Summary(this);
}

/// <summary>A message ready for hand-over.</summary>
/// <param name="Message">The message.</param>
/// <param name="TemplateHash">Hash of the template it was rendered with.</param>
public sealed record ComposedMail(RenderedMessage Message, string TemplateHash);

/// <summary>Renders the message of a claimed gift for its attempt id. Called by several threads at once.</summary>
/// <exception cref="GiftException">This gift's message cannot be made; the others go on.</exception>
public delegate ValueTask<ComposedMail> ComposeMail(Gift gift, string attemptId, CancellationToken cancellationToken);
