namespace TargoGiftbit.Simulator.Ifeelgoods;

public enum RedemptionState
{
    Booked,
    Pending,
    Redeemed,
    Denied,
    Failed,
    Canceled,
}

/// <summary>The user of a redemption; only what a client is expected to send.</summary>
public sealed record RedemptionUser(string Id, string Email, string FirstName, string LastName, string? Country)
{
    /// <summary>Names of all fields that came, to hold the module to what may leave it.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}

public sealed record RedemptionCode(string Name, string Value, string Format, string Usage);

public sealed record Promotion(string Id, string ClientId, string Name)
{
    /// <summary>enabled, disabled, paused, completed.</summary>
    public string Status { get; set; } = "enabled";

    /// <summary>pending, ready, ended.</summary>
    public string State { get; set; } = "ready";

    /// <summary>Skus on offer; empty = all.</summary>
    public IReadOnlyList<string> Rewards { get; init; } = [];
}

/// <summary>A redemption in Ifeelgoods' books.</summary>
public sealed class Redemption(string id, Promotion promotion, string orderId, DateTimeOffset createdAt)
{
    /// <summary><c>XXXXX-XXXXX</c>: whoever knows it can open the customer's page.</summary>
    public string Id { get; } = id;

    public Promotion Promotion { get; } = promotion;

    public string OrderId { get; } = orderId;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public RedemptionState State { get; internal set; } = RedemptionState.Pending;

    public Reward? Reward { get; internal set; }

    public decimal? Amount { get; internal set; }

    public RedemptionUser? User { get; internal set; }

    /// <summary>Its page can be opened by the customer.</summary>
    public bool Activated { get; internal set; }

    public DateTimeOffset? ExpiresAt { get; internal set; }

    public DateTimeOffset? RedeemedAt { get; internal set; }

    public DateTimeOffset UpdatedAt { get; internal set; } = createdAt;

    /// <summary>When a code that takes its time is there.</summary>
    public DateTimeOffset? CodeAt { get; internal set; }

    /// <summary>How often a code was asked for.</summary>
    public int Attempts { get; internal set; }

    public IReadOnlyList<RedemptionCode> Codes { get; internal set; } = [];

    /// <summary>How often it was taken from the balance: never more than once.</summary>
    public int Billings { get; internal set; }
}
