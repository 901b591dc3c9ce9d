namespace TargoGiftbit.Core.Gifts;

/// <summary>The terms of a campaign, fixed before its first order, and where it stands.</summary>
public sealed record GiftCampaign
{
    /// <summary>Sandbox or production.</summary>
    public required GiftEnvironment Environment { get; init; }

    /// <summary>The operator's id, <c>[A-Za-z0-9_-]{1,64}</c>; also the idempotency key of the order.</summary>
    public required string CampaignId { get; init; }

    /// <summary><c>giftbit</c> or <c>ifeelgoods</c>.</summary>
    public string Provider { get; init; } = "giftbit";

    /// <summary>One order for all, or one per recipient.</summary>
    public OrderMode OrderMode { get; init; }

    /// <summary>Link or code.</summary>
    public GiftKind Kind { get; init; }

    /// <summary>The provider's own frame in which the gifts are ordered (at Ifeelgoods the promotion's id); null where it has none.</summary>
    public string? Program { get; init; }

    /// <summary>Face value of each gift.</summary>
    public Money Price { get; init; }

    /// <summary>Brands the customer may choose from; empty when <see cref="Region"/> is given.</summary>
    public IReadOnlyList<string> BrandCodes { get; init; } = [];

    /// <summary>Region whose whole catalogue may be chosen from (a name, not an id), or null.</summary>
    public string? Region { get; init; }

    /// <summary>Last day of the claim period (Pacific time).</summary>
    public DateOnly Expiry { get; init; }

    /// <summary>Subject given to the provider (it is not used for shortlinks, but is part of the order).</summary>
    public string Subject { get; init; } = "";

    /// <summary>Message on the provider's gift page.</summary>
    public string Message { get; init; } = "";

    /// <summary>How the order stands.</summary>
    public OrderState OrderState { get; init; }

    /// <summary>The provider's own id of the (first) order.</summary>
    public string? ProviderCampaignId { get; init; }

    /// <summary>When the campaign was entered in the ledger.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the provider first confirmed the order.</summary>
    public DateTimeOffset? OrderedAt { get; init; }

    /// <summary>When sending was complete (spec F1); the schedule counts from here.</summary>
    public DateTimeOffset? SendingCompletedAt { get; init; }

    /// <summary>Last status poll.</summary>
    public DateTimeOffset? LastPollAt { get; init; }

    /// <summary>Next status poll that is due, or null when none is planned.</summary>
    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>Number of gifts.</summary>
    public int GiftCount { get; init; }

    /// <summary>Number of gifts with a link.</summary>
    public int LinkCount { get; init; }

    /// <summary>Number of gifts whose e-mail was accepted.</summary>
    public int SentCount { get; init; }

    /// <summary>Number of gifts redeemed.</summary>
    public int RedeemedCount { get; init; }

    /// <summary>Number of gifts that need no more polls.</summary>
    public int ClosedCount { get; init; }

    /// <summary>Face value of all gifts.</summary>
    public Money Total => Price * GiftCount;

    /// <summary>True for a campaign that <c>-WhatIf</c> made up.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => CampaignId;
}
