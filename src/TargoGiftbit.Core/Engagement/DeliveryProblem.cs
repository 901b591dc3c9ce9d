namespace TargoGiftbit.Core.Engagement;

/// <summary>What kind of delivery problem a gift's mail has.</summary>
public enum DeliveryProblemKind
{
    /// <summary>Refused for good by the recipient's mail server.</summary>
    HardBounce,

    /// <summary>Refused by the recipient's mail server, perhaps not for ever.</summary>
    SoftBounce,

    /// <summary>Not even tried by Mailjet.</summary>
    Blocked,

    /// <summary>Delivered, and marked as spam.</summary>
    Spam,
}

/// <summary>A delivery problem in the form the ledger keeps: <c>hard bounce: user unknown</c>.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Error">Mailjet's word for the cause, or null.</param>
public sealed record DeliveryProblem(DeliveryProblemKind Kind, string? Error)
{
    private static readonly string[] Names = ["hard bounce", "soft bounce", "blocked", "spam complaint"];

    /// <summary>Reads the stored form; null when there is none.</summary>
    public static DeliveryProblem? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var kind = Array.IndexOf(Names, colon < 0 ? text : text[..colon]);
        // An older or foreign text still is a problem; which one, its own words say.
        return kind < 0 ? new(DeliveryProblemKind.SoftBounce, text) : new((DeliveryProblemKind)kind, colon < 0 ? null : text[(colon + 2)..]);
    }

    /// <summary>The stored form.</summary>
    public override string ToString() => Error is null ? Names[(int)Kind] : $"{Names[(int)Kind]}: {Error}";
}
