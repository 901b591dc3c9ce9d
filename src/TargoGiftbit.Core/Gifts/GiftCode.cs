namespace TargoGiftbit.Core.Gifts;

/// <summary>What a code of a gift is for (reference/ifeelgoods.md §4).</summary>
public enum GiftCodeUsage
{
    /// <summary>The code itself.</summary>
    Primary,

    /// <summary>The PIN that goes with it.</summary>
    Security,

    /// <summary>An address behind which the gift lies.</summary>
    Url,

    /// <summary>An address that asks for <see cref="SecurityUrlCode"/>.</summary>
    SecurityUrl,

    /// <summary>What <see cref="SecurityUrl"/> asks for.</summary>
    SecurityUrlCode,

    /// <summary>Address of a card to print.</summary>
    PrintableDocumentUrl,

    /// <summary>What the barcode at the till says.</summary>
    Barcode,

    /// <summary>A usage this product does not know.</summary>
    Other,
}

/// <summary>How a <see cref="GiftCodeUsage.Barcode"/> is drawn.</summary>
public enum BarcodeKind
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Code 128.</summary>
    Code128,

    /// <summary>QR code.</summary>
    Qr,
}

/// <summary>
/// One code of a gift: bearer money like <see cref="GiftLink"/> (spec A7). Its text form is masked and no property holds the
/// value: it is read through <see cref="Reveal"/>.
/// </summary>
public sealed class GiftCode : IEquatable<GiftCode>
{
    private readonly string value;

    /// <summary>Wraps a code.</summary>
    /// <param name="usage">What it is for.</param>
    /// <param name="value">The value, not empty.</param>
    /// <param name="name">The provider's label, for example <c>PIN</c>; may be empty.</param>
    /// <param name="barcode">How it is drawn, when it is a barcode.</param>
    public GiftCode(GiftCodeUsage usage, string value, string name = "", BarcodeKind barcode = BarcodeKind.None)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        this.value = value;
        Usage = usage;
        // A label that repeats the value would give it away.
        Name = name.Contains(value, StringComparison.OrdinalIgnoreCase) ? "" : name;
        Barcode = usage == GiftCodeUsage.Barcode ? barcode : BarcodeKind.None;
    }

    /// <summary>What it is for.</summary>
    public GiftCodeUsage Usage { get; }

    /// <summary>The provider's label; may be empty.</summary>
    public string Name { get; }

    /// <summary>How it is drawn, when it is a barcode.</summary>
    public BarcodeKind Barcode { get; }

    /// <summary>The last two characters of a long value, nothing of a short one.</summary>
    public string Masked => value.Length > 8 ? $"•••{value[^2..]}" : "•••";

    /// <summary>The value itself. Goes into the ledger, the customer's e-mail and files the operator explicitly exports; nowhere else.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public bool Equals(GiftCode? other) =>
        other is not null && Usage == other.Usage && Barcode == other.Barcode && string.Equals(value, other.value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GiftCode);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Usage, value);

    /// <summary>Usage and masked value.</summary>
    public override string ToString() => $"{Usage} {Masked}";
}
