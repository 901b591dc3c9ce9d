using System.Globalization;

namespace TargoGiftbit.Core.Gifts;

/// <summary>An amount in whole cents with its ISO 4217 currency code.</summary>
/// <param name="Cents">Amount in cents; negative for money going back.</param>
/// <param name="Currency">ISO 4217 code in capitals, for example <c>CAD</c>.</param>
public readonly record struct Money(long Cents, string Currency)
{
    /// <summary>Canadian dollars.</summary>
    public static Money Cad(long cents) => new(cents, "CAD");

    /// <summary>The amount in units of the currency, for arithmetic in PowerShell.</summary>
    public decimal Amount => Cents / 100m;

    /// <summary>The amount times a count.</summary>
    public static Money operator *(Money price, int count) => price with { Cents = price.Cents * count };

    /// <summary>Invariant form for operators and files: <c>60.00 CAD</c>. Customers see <c>Mail.Typography</c>'s form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cents / 100m:0.00} {Currency}");
}
