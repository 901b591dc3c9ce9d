namespace TargoGiftbit.Core.Gifts;

/// <summary>
/// One gift for one recipient: the object that travels the whole pipeline. It is a picture of the ledger at the moment it was
/// read; cmdlets look the gift up by <see cref="Identity"/> and ignore what else it says.
/// </summary>
public sealed record Gift
{
    /// <summary>Sandbox or production.</summary>
    public required GiftEnvironment Environment { get; init; }

    /// <summary>Id of the campaign.</summary>
    public required string CampaignId { get; init; }

    /// <summary>Row within the campaign, from 1; the customer's for ever.</summary>
    public required int Row { get; init; }

    /// <summary>The customer's id in the office's system; null only in the sandbox.</summary>
    public string? CustomerId { get; init; }

    /// <summary>First name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Last name.</summary>
    public string LastName { get; init; } = "";

    /// <summary>The customer's own address; in the sandbox nothing is ever sent to it.</summary>
    public string Email { get; init; } = "";

    /// <summary>Language of the mail.</summary>
    public GiftLanguage Language { get; init; }

    /// <summary>Face value.</summary>
    public Money Price { get; init; }

    /// <summary>Which provider made it: <c>giftbit</c> or <c>ifeelgoods</c>.</summary>
    public string Provider { get; init; } = "giftbit";

    /// <summary>The provider's own id of the gift, once known.</summary>
    public string? ProviderGiftId { get; init; }

    /// <summary>Address that the provider was given: the tagged test inbox in the sandbox. Pairs the provider's gifts with ours.</summary>
    public string? ProviderEmail { get; init; }

    /// <summary>Id of the order it was placed with.</summary>
    public string? OrderId { get; init; }

    /// <summary>The shortlink, masked; null until it exists.</summary>
    public GiftLink? Link { get; init; }

    /// <summary>How many codes the ledger holds for it; 0 for a gift of the link kind.</summary>
    public int CodeCount { get; init; }

    /// <summary>Its codes, masked. Loaded only where they are needed: <c>GiftStore.CodesOf</c> reads them.</summary>
    public IReadOnlyList<GiftCode> Codes { get; init; } = [];

    /// <summary>True when there is something to send: a link, or codes.</summary>
    public bool IsReady => Link is not null || CodeCount > 0;

    /// <summary>Status in this product's words.</summary>
    public GiftStatus Status { get; init; }

    /// <summary>Status as the provider last said it.</summary>
    public string? ProviderStatus { get; init; }

    /// <summary>Brand the customer chose, once redeemed.</summary>
    public string? BrandSelected { get; init; }

    /// <summary>When it was redeemed.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>When the ledger learned that its money went back to the balance.</summary>
    public DateTimeOffset? RefundedAt { get; init; }

    /// <summary>Row of the gift of the same customer that this one was ordered in place of, or null.</summary>
    public int? ReplacesRow { get; init; }

    /// <summary>Last day on which it can be redeemed (end of that day, Pacific time).</summary>
    public DateOnly Expiry { get; init; }

    /// <summary>How far its e-mail has come.</summary>
    public MailState MailState { get; init; }

    /// <summary>When the transport accepted the e-mail.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Why the last hand-over did not succeed; null when it did.</summary>
    public string? MailError { get; init; }

    /// <summary>Id that the transport gave the message (a 64-bit number at Mailjet), or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>Subject it was sent with.</summary>
    public string? MailSubject { get; init; }

    /// <summary>Hash of the template it was sent with.</summary>
    public string? TemplateHash { get; init; }

    /// <summary>First click on the gift's own link that looked like a person's.</summary>
    public DateTimeOffset? ClickedAt { get; init; }

    /// <summary>First click on the gift's own link that was likely a security scanner's. Counts for nothing; kept because it may be wrong.</summary>
    public DateTimeOffset? ScannedAt { get; init; }

    /// <summary>First click on any other link of the message.</summary>
    public DateTimeOffset? OtherClickedAt { get; init; }

    /// <summary>First time its pictures were loaded.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>True when every open came from a proxy or from software that loads pictures in advance: nobody need have seen it.</summary>
    public bool OpenIsWeak { get; init; }

    /// <summary>When the recipient's mail server took the message.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>What is wrong with the delivery (bounce, block, complaint), or null.</summary>
    public string? DeliveryProblem { get; init; }

    /// <summary>No further polls are needed: redeemed, refunded, failed, or past its last poll.</summary>
    public bool IsClosed { get; init; }

    /// <summary>True for a gift that <c>-WhatIf</c> made up: every cmdlet that acts treats it as <c>-WhatIf</c>.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Basis of consent recorded with the gift.</summary>
    public string? ConsentBasis { get; init; }

    /// <summary>When that basis was checked.</summary>
    public DateTimeOffset? ConsentCheckedAt { get; init; }

    /// <summary>Environment, campaign and row.</summary>
    public GiftId Identity => new(Environment, CampaignId, Row);

    /// <summary>The gift's identity.</summary>
    public override string ToString() => Identity.ToString();
}
