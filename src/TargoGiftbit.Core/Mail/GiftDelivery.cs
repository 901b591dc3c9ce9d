using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail;

/// <summary>A mail that may or may not have gone out, and what is known of it now.</summary>
public sealed record GiftDelivery
{
    /// <summary>The gift's environment.</summary>
    public required GiftEnvironment Environment { get; init; }

    /// <summary>The gift's campaign.</summary>
    public required string CampaignId { get; init; }

    /// <summary>The gift's row.</summary>
    public required int Row { get; init; }

    /// <summary>The customer.</summary>
    public required string Name { get; init; }

    /// <summary>What the mail was for.</summary>
    public required MailPurpose Purpose { get; init; }

    /// <summary>The transport it was handed to.</summary>
    public required string Transport { get; init; }

    /// <summary>When the hand-over began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How it stands now.</summary>
    public required SettledAs Outcome { get; init; }

    /// <summary>The mail service's id of the message, when it has it.</summary>
    public string? MessageId { get; init; }

    /// <summary>What that means, or what to do.</summary>
    public required string Advice { get; init; }
}
