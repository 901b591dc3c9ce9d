using System.Globalization;
using System.Management.Automation;

namespace TargoGiftbit.Binding;

/// <summary>Takes a day as a date, a time, or text of the form <c>2026-12-31</c>. Other forms are refused: 01/02 is two different days.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Turns what was given into a <see cref="DateOnly"/>.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is no day.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        DateOnly day => day,
        DateTime time => DateOnly.FromDateTime(time),
        DateTimeOffset instant => DateOnly.FromDateTime(instant.DateTime),
        string text when DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        var other => throw new ArgumentTransformationMetadataException(BindingText.NotADay(other)),
    };
}
