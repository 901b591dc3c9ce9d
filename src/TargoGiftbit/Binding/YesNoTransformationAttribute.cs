using System.Management.Automation;

namespace TargoGiftbit.Binding;

/// <summary>Takes what a file of a gift says of yes and no: PowerShell itself takes no text for that, and any text but the empty one for yes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class YesNoTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Turns <c>"True"</c> and <c>"False"</c>, in any case, into what they say; leaves everything else as it is.</summary>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && bool.TryParse(text, out var yes) ? yes : inputData;
}
