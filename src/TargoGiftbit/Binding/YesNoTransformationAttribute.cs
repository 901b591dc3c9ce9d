using System.Management.Automation;

namespace TargoGiftbit.Binding;

/// <summary>
/// Takes what a file of a gift says of yes and no. PowerShell takes no text for that: it would pass over the column, and a rehearsal would be acted
/// upon. Whatever is not plainly a no is a yes, therefore; a French spreadsheet saves <c>VRAI</c> and <c>FAUX</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class YesNoTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase) { "", "False", "Faux", "0", "No", "Non" };

    /// <summary>Turns a text into yes or no; leaves everything else as it is.</summary>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text ? !No.Contains(text.Trim()) : inputData;
}
