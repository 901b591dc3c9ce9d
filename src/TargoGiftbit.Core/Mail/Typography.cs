using System.Globalization;
using System.Text;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// Money, dates and lists as a customer in Quebec reads them. Nothing here asks the machine's culture data, which differs
/// between ICU versions and is missing in invariant mode (design.md, traps; reference/email-compliance.md B3).
/// </summary>
public static class Typography
{
    /// <summary>U+00A0.</summary>
    public const char NoBreakSpace = '\u00A0';

    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>
    /// An amount: <c>60 $</c>, <c>59,50 $</c>, <c>1 250 $</c>, <c>60 $ US</c> in French, each space U+00A0;
    /// <c>$60</c>, <c>$59.50</c>, <c>$1,250</c>, <c>US$60</c> in English. Whole amounts carry no decimals.
    /// </summary>
    /// <param name="money">The amount in cents; CAD is written with a bare dollar sign, an unknown currency with its code.</param>
    /// <param name="language">Language of the reader.</param>
    public static string Amount(Money money, GiftLanguage language)
    {
        var french = language == GiftLanguage.Fr;
        var number = Number(money.Cents, french ? NoBreakSpace : ',', french ? ',' : '.');
        var sign = money.Cents < 0 ? "\u2212" : "";
        return (money.Currency, french) switch
        {
            ("CAD", true) => $"{sign}{number}\u00A0$",
            ("CAD", false) => $"{sign}${number}",
            ("USD", true) => $"{sign}{number}\u00A0$\u00A0US",
            ("USD", false) => $"{sign}US${number}",
            ("AUD", true) => $"{sign}{number}\u00A0$\u00A0AU",
            ("AUD", false) => $"{sign}A${number}",
            ("EUR", true) => $"{sign}{number}\u00A0€",
            ("EUR", false) => $"{sign}€{number}",
            (var code, true) => $"{sign}{number}\u00A0{code}",
            (var code, false) => $"{code}\u00A0{sign}{number}",
        };
    }

    /// <summary>A date in words: <c>31 décembre 2026</c>, <c>1er janvier 2027</c>, with U+00A0 after the day; <c>December 31, 2026</c>.</summary>
    /// <param name="date">The date.</param>
    /// <param name="language">Language of the reader.</param>
    public static string Date(DateOnly date, GiftLanguage language)
    {
        if (language == GiftLanguage.En)
            return string.Create(CultureInfo.InvariantCulture, $"{EnglishMonths[date.Month - 1]} {date.Day}, {date.Year}");
        // Only the first of the month is an ordinal in French.
        var ordinal = date.Day == 1 ? "er" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{date.Day}{ordinal}{NoBreakSpace}{FrenchMonths[date.Month - 1]} {date.Year}");
    }

    /// <summary>Names in a sentence: <c>A, B et C</c>; <c>A, B and C</c>.</summary>
    /// <param name="names">The names, in order.</param>
    /// <param name="language">Language of the reader.</param>
    public static string List(IReadOnlyList<string> names, GiftLanguage language)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0) return "";
        var last = language == GiftLanguage.Fr ? " et " : " and ";
        return names.Count == 1 ? names[0] : string.Join(", ", names.SkipLast(1)) + last + names[^1];
    }

    private static string Number(long cents, char group, char point)
    {
        // The magnitude as unsigned, so that the smallest long has one too.
        var magnitude = cents < 0 ? unchecked((ulong)(-cents)) : (ulong)cents;
        var digits = (magnitude / 100).ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder(digits.Length + 8);
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % 3 == 0) text.Append(group);
            text.Append(digits[i]);
        }
        var rest = magnitude % 100;
        if (rest != 0) text.Append(point).Append(rest.ToString("00", CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
