using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Engagement;

/// <summary>What became of an event.</summary>
public enum MailEventOutcome
{
    /// <summary>Stored, and its gift brought up to date.</summary>
    Stored,

    /// <summary>Stored before; nothing changed.</summary>
    Duplicate,

    /// <summary>Not usable, or of no gift in the ledger: kept apart.</summary>
    Quarantined,
}

/// <summary>One event as it flows down the pipeline. No link, no address, nothing about the visitor.</summary>
public sealed record MailEventReceipt
{
    /// <summary>Mailjet's word, lowercase; empty when it could not be read.</summary>
    public required string Event { get; init; }

    /// <summary>What happened.</summary>
    public required MailEventKind Kind { get; init; }

    /// <summary>When it happened; when it arrived, if it does not say.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What became of it.</summary>
    public required MailEventOutcome Outcome { get; init; }

    /// <summary>Sandbox or production; null when no gift was found.</summary>
    public GiftEnvironment? Environment { get; init; }

    /// <summary>The gift's campaign, or null.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The gift's row, or null.</summary>
    public int? Row { get; init; }

    /// <summary>Mailjet's id of the message, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>A click on the gift's own link.</summary>
    public bool IsGiftLink { get; init; }

    /// <summary>A click that was likely made by a security scanner, as far as is known so far.</summary>
    public bool IsLikelyAutomated { get; init; }

    /// <summary>An open that no person need have made.</summary>
    public bool IsWeakOpen { get; init; }

    /// <summary>Mailjet's word for the cause of a failure, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Why it was quarantined (stable code), or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Event and gift.</summary>
    public override string ToString() => $"{(Event.Length > 0 ? Event : "unusable")} {CampaignId}:{Row}";
}
