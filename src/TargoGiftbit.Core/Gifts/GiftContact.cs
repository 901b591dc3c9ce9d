namespace TargoGiftbit.Core.Gifts;

/// <summary>A customer who is to get a gift, as read from a file or an ERP.</summary>
public sealed record GiftContact
{
    /// <summary>The customer's id in the office's system; null when the source has none (refused in production).</summary>
    public string? CustomerId { get; init; }

    /// <summary>First name, trimmed; may be empty.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Last name, trimmed; may be empty.</summary>
    public string LastName { get; init; } = "";

    /// <summary>E-mail address as given, trimmed.</summary>
    public string Email { get; init; } = "";

    /// <summary>Language of the mail (spec C2).</summary>
    public GiftLanguage Language { get; init; }

    /// <summary>Line of the source file on which the record starts, from 1; 0 when it came from elsewhere.</summary>
    public int Line { get; init; }

    /// <summary>Why the contact cannot be used, or null. A bad row is passed on flagged, never dropped (spec B1).</summary>
    public string? Problem { get; init; }

    /// <summary>Stable code of <see cref="Problem"/>, or null.</summary>
    public string? ProblemCode { get; init; }

    /// <summary>Columns this product does not know. They stay on this machine (spec A6).</summary>
    public IReadOnlyDictionary<string, string> Other { get; init; } = EmptyOther;

    /// <summary>Basis on which the customer may be written to, for example <c>active customer</c>; null when not recorded.</summary>
    public string? ConsentBasis { get; init; }

    /// <summary>When the basis was checked.</summary>
    public DateTimeOffset? ConsentCheckedAt { get; init; }

    private static readonly IReadOnlyDictionary<string, string> EmptyOther = new Dictionary<string, string>();

    /// <summary>Name and line, for messages.</summary>
    public override string ToString() => Line > 0 ? $"line {Line}: {FirstName} {LastName}".TrimEnd() : $"{FirstName} {LastName}".Trim();
}
