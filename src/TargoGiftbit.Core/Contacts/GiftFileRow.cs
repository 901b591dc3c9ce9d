using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>A gift as a row of a gift file: one of ours, or one exported from the provider's web site.</summary>
public sealed record GiftFileRow
{
    /// <summary>Line of the file on which the row starts, from 1.</summary>
    public int Line { get; init; }

    /// <summary>The gift's row in its campaign; null in a file of the provider.</summary>
    public int? Row { get; init; }

    /// <summary>The customer's id in the office's system, or null.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The recipient's first name; empty where the file has none, or the whole name only.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>The recipient's last name; empty where the file has none.</summary>
    public string LastName { get; init; } = "";

    /// <summary>The recipient's whole name, where the file has it in one column; else empty.</summary>
    public string RecipientName { get; init; } = "";

    /// <summary>The recipient's address as the file has it; may be empty.</summary>
    public string Email { get; init; } = "";

    /// <summary>Face value; null when the file does not say.</summary>
    public Money? Price { get; init; }

    /// <summary>Brand, or null.</summary>
    public string? Brand { get; init; }

    /// <summary>The link, masked; null only when the row is flagged.</summary>
    public GiftLink? Link { get; init; }

    /// <summary>The provider's own id of the gift, or null.</summary>
    public string? ProviderGiftId { get; init; }

    /// <summary>Status as the file says it, or null.</summary>
    public string? Status { get; init; }

    /// <summary>Last day of the claim period, or null.</summary>
    public DateOnly? Expiry { get; init; }

    /// <summary>The campaign the file says it is of, or null.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The environment the file says it is of, or null.</summary>
    public GiftEnvironment? Environment { get; init; }

    /// <summary>Why the row cannot be used, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Stable code of <see cref="Problem"/>, or null.</summary>
    public string? ProblemCode { get; init; }

    /// <summary>The line, for messages.</summary>
    public override string ToString() => $"line {Line}";
}
