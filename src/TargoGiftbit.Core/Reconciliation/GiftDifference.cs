using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>One difference between the ledger and a service. Never holds a link.</summary>
public sealed record GiftDifference
{
    /// <summary>The campaign's environment.</summary>
    public required GiftEnvironment Environment { get; init; }

    /// <summary>The campaign.</summary>
    public required string CampaignId { get; init; }

    /// <summary>The gift's row, or null for what the ledger does not know.</summary>
    public int? Row { get; init; }

    /// <summary>The customer, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What differs.</summary>
    public required SyncFinding Finding { get; init; }

    /// <summary>What the ledger says.</summary>
    public required string Ledger { get; init; }

    /// <summary>What the service says.</summary>
    public required string Service { get; init; }

    /// <summary>Whether the ledger was corrected.</summary>
    public required bool IsRepaired { get; init; }

    /// <summary>What was done, or what to do.</summary>
    public required string Advice { get; init; }
}
