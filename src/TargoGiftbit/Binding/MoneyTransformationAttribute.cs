using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace TargoGiftbit.Binding;

/// <summary>
/// Takes an amount as people write it and binds whole cents: <c>60</c>, <c>60.00</c>, <c>'60,00 $'</c>, <c>'$60'</c> are sixty dollars, and so
/// is <c>6000c</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class MoneyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Turns an amount into cents.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">A number of dollars, or text.</param>
    /// <returns>Cents as <see cref="int"/>.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is no amount.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var text = value is IFormattable number and not Enum ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        return Parse(text) ?? throw new ArgumentTransformationMetadataException(BindingText.NotAnAmount(text));
    }

    /// <summary>Cents, or null when the text is no amount of at most two decimals.</summary>
    internal static int? Parse(string text)
    {
        if (Cents.Match(text) is { Success: true } cents)
            return int.TryParse(cents.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        if (Dollars.Match(text) is not { Success: true } match) return null;
        var fraction = match.Groups[2].Value.PadRight(2, '0');
        return int.TryParse(match.Groups[1].Value + fraction, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }

    [GeneratedRegex(@"^\s*([0-9]+)\s*[c¢]\s*$")]
    private static partial Regex Cents { get; }

    // \s also matches U+00A0, which French typography puts before the dollar sign.
    [GeneratedRegex(@"^\s*\$?\s*([0-9]+)(?:[.,]([0-9]{1,2}))?\s*\$?\s*$")]
    private static partial Regex Dollars { get; }
}
