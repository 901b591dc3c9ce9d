namespace TargoGiftbit.Core.Engagement;

/// <summary>A stored event as the rules see it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="AttemptId">The attempt whose message it is, or null.</param>
/// <param name="UrlHash">Which address was clicked; null otherwise.</param>
/// <param name="IsGiftLink">The clicked address is the gift's own link.</param>
/// <param name="IsAutomatedAgent">The agent says that it is software.</param>
/// <param name="IsHardBounce">A bounce for good.</param>
/// <param name="Error">Cause of a failure.</param>
internal sealed record EventFact(
    MailEventKind Kind, DateTimeOffset At, string? AttemptId, string? UrlHash = null,
    bool IsGiftLink = false, bool IsAutomatedAgent = false, bool IsHardBounce = false, string? Error = null);

/// <summary>A hand-over as the rules see it.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="AcceptedAt">When the mail service accepted it, if it did.</param>
internal sealed record AttemptFact(string Id, DateTimeOffset StartedAt, DateTimeOffset? AcceptedAt);

/// <summary>What the events of a gift add up to.</summary>
/// <param name="DeliveredAt">When a recipient's server first took one of its messages.</param>
/// <param name="ClickedAt">First click on its own link that looks like a person's.</param>
/// <param name="ScannedAt">First click on its own link that was likely automated.</param>
/// <param name="OtherClickedAt">First click on any other link.</param>
/// <param name="HasDeliveryFacts">Whether any event says how a delivery went.</param>
/// <param name="Problem">What is wrong with the delivery now, or null.</param>
internal sealed record EngagementState(
    DateTimeOffset? DeliveredAt, DateTimeOffset? ClickedAt, DateTimeOffset? ScannedAt, DateTimeOffset? OtherClickedAt,
    bool HasDeliveryFacts, DeliveryProblem? Problem);
