namespace TargoGiftbit.Core.Gifts;

/// <summary>The one status set of all providers (spec F2).</summary>
public enum GiftStatus
{
    /// <summary>Entered in the ledger; ordered perhaps, but no link is known yet.</summary>
    New,

    /// <summary>The link is known and the gift can be redeemed.</summary>
    LinkCreated,

    /// <summary>The customer has taken the gift.</summary>
    Redeemed,

    /// <summary>Cancelled by the giver; the money went back to the balance.</summary>
    Refunded,

    /// <summary>Its claim period ended without redemption.</summary>
    Expired,

    /// <summary>The provider refused the contact or could not make the gift.</summary>
    Failed,
}
