using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>In what the ledger and a service differ.</summary>
public enum SyncFinding
{
    /// <summary>An order that the ledger holds as not placed yet has gifts at the provider.</summary>
    OrderPlaced,

    /// <summary>The provider has made the gift, and the ledger has no link or codes of it.</summary>
    LinkMissing,

    /// <summary>The ledger and the provider have different links for one gift.</summary>
    LinkDiffers,

    /// <summary>The gift stands otherwise at the provider.</summary>
    StatusDiffers,

    /// <summary>The ledger says that the gift was ordered, and the provider does not list it.</summary>
    GiftNotListed,

    /// <summary>The provider lists a gift in the campaign's orders that is none of the ledger's.</summary>
    GiftUnknown,

    /// <summary>The mail went out, and the ledger does not say so.</summary>
    MailSent,

    /// <summary>A further message of the gift went out, and the ledger knows of no reminder.</summary>
    ReminderSent,

    /// <summary>The mail was in doubt, and the mail service does not have it.</summary>
    MailNotSent,

    /// <summary>Nobody can say now whether the mail went out.</summary>
    MailInDoubt,
}

/// <summary>One difference between the ledger and a service.</summary>
/// <param name="Gift">The ledger's gift, or null for a gift or an order that it does not know.</param>
/// <param name="Finding">What differs.</param>
/// <param name="Ours">What the ledger says. Never a link.</param>
/// <param name="Theirs">What the service says. Never a link.</param>
public sealed record SyncDifference(Gift? Gift, SyncFinding Finding, string Ours, string Theirs)
{
    /// <summary>Whether the ledger can be corrected; what cannot is for the operator to look at.</summary>
    public bool CanRepair => Finding is not (SyncFinding.LinkDiffers or SyncFinding.GiftNotListed or SyncFinding.GiftUnknown)
        && (Finding != SyncFinding.MailInDoubt || Doubtable);

    /// <summary>Whether the gift, said to be unsent, is to be put in doubt.</summary>
    internal bool Doubtable { get; init; }

    internal FoundMessage? Message { get; init; }

    internal UncertainMail? Uncertain { get; init; }

    internal StoredOrder? Order { get; init; }

    internal ProviderGift? Seen { get; init; }
}

/// <summary>How a campaign's ledger compares with its services.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Differences">What differs, by row.</param>
/// <param name="Since">The earliest instant at which a mail of it may have been sent.</param>
public sealed record SyncComparison(GiftCampaign Campaign, IReadOnlyList<SyncDifference> Differences, DateTimeOffset Since);

/// <summary>What a repair came to.</summary>
/// <param name="Repaired">Each difference, and whether the ledger now agrees.</param>
/// <param name="Problem">Why links could not be collected, or null.</param>
public sealed record SyncRepair(IReadOnlyList<(SyncDifference Difference, bool Done)> Repaired, OrderException? Problem);
