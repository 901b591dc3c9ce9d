using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Why a gift was not claimed.</summary>
public enum ClaimRefusal
{
    /// <summary>It was claimed.</summary>
    None,

    /// <summary>Not in the ledger.</summary>
    Unknown,

    /// <summary>Redeemed, refunded, expired or failed: nothing to send.</summary>
    NotOpen,

    /// <summary>Its link is not known yet.</summary>
    NoLink,

    /// <summary>The address is suppressed.</summary>
    Suppressed,

    /// <summary>Sent before.</summary>
    AlreadySent,

    /// <summary>Another run is handing it over now.</summary>
    InProgress,

    /// <summary>An earlier hand-over may or may not have gone out; it is settled first.</summary>
    Uncertain,

    /// <summary>Refused for good before; correct the address first.</summary>
    RefusedBefore,
}

/// <summary>A claim, or why there is none.</summary>
/// <param name="Id">The gift.</param>
/// <param name="Gift">The gift as the ledger holds it; null when unknown.</param>
/// <param name="AttemptId">Id of this attempt; empty without a claim.</param>
/// <param name="PreviousState">State to return to when the message is never tried.</param>
/// <param name="Refusal">Why it was not claimed.</param>
public sealed record MailClaim(GiftId Id, Gift? Gift, string AttemptId, MailState PreviousState, ClaimRefusal Refusal)
{
    /// <summary>True when the message may be handed over.</summary>
    public bool IsClaimed => Refusal == ClaimRefusal.None;

    internal static MailClaim No(GiftId id, Gift? gift, ClaimRefusal why) => new(id, gift, "", gift?.MailState ?? MailState.NotSent, why);
}

/// <summary>What came of a claimed message.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Outcome">The transport's word.</param>
/// <param name="Subject">Subject it was rendered with.</param>
/// <param name="TemplateHash">Hash of the template it was rendered with.</param>
public sealed record HandOverRecord(MailClaim Claim, HandOver Outcome, string? Subject, string? TemplateHash);

/// <summary>A mail that may or may not have gone out.</summary>
/// <param name="Gift">The gift.</param>
/// <param name="AttemptId">The attempt in question.</param>
/// <param name="Purpose">What it was for.</param>
/// <param name="Transport">The transport it was handed to.</param>
/// <param name="StartedAt">When the hand-over began.</param>
public sealed record UncertainMail(GiftId Gift, string AttemptId, MailPurpose Purpose, string Transport, DateTimeOffset StartedAt);

/// <summary>A hand-over as recorded.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Purpose">What it was for.</param>
/// <param name="Transport">The transport.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Outcome">What came of it; null while it is under way.</param>
/// <param name="MessageId">The service's id.</param>
/// <param name="Reason">The service's words.</param>
/// <param name="SettledAt">When the outcome was recorded.</param>
public sealed record StoredHandOver(string AttemptId, MailPurpose Purpose, string Transport, DateTimeOffset StartedAt, HandOverResult? Outcome, string? MessageId, string? Reason, DateTimeOffset? SettledAt);
