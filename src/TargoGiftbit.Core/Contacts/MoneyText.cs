using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Reads an amount as people and exports write it: <c>60</c>, <c>60.00</c>, <c>60,00 $</c>, <c>$1,060.00</c>, <c>60 CAD</c>.</summary>
internal static class MoneyText
{
    // No gift costs more; what does is another kind of number.
    private const decimal Largest = 1_000_000m;

    /// <summary>Reads an amount.</summary>
    /// <param name="text">The cell, not blank.</param>
    /// <param name="currency">Currency when the cell names none.</param>
    /// <param name="money">The amount.</param>
    /// <returns>False when it is not an amount in whole cents.</returns>
    internal static bool TryParse(string text, string currency, out Money money)
    {
        money = default;
        var letters = string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant();
        if (letters.Length is not (0 or 3)) return false;
        if (letters.Length == 3) currency = letters;
        var digits = string.Concat(text.Where(c => !char.IsAsciiLetter(c) && !char.IsWhiteSpace(c) && c != '$'));
        if (digits.Length == 0 || digits.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ','))) return false;
        if (!decimal.TryParse(WithPoint(digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return false;
        if (amount is < 0 or > Largest || amount * 100 != decimal.Truncate(amount * 100)) return false;
        money = new Money((long)(amount * 100), currency);
        return true;
    }

    // The last point or comma is the decimal sign when one or two digits follow it; every other one parts thousands.
    private static string WithPoint(string digits)
    {
        var last = digits.LastIndexOfAny(['.', ',']);
        if (last < 0) return digits;
        var whole = digits[..last].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        var rest = digits[(last + 1)..];
        return rest.Length is 1 or 2 ? $"{whole}.{rest}" : whole + rest;
    }
}
