using System.Management.Automation;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Binding;

/// <summary>
/// Takes gifts as cmdlets write them and nothing that merely looks like one: PowerShell would otherwise turn the rows of a CSV file
/// into gifts, whose <c>IsRehearsal</c> is then true for the text "False". Such rows bind by their property names instead.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GiftOnlyAttribute : ArgumentTransformationAttribute
{
    /// <summary>Lets gifts through.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is something else.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is Gift) return inputData;
        if (value is System.Collections.IEnumerable several and not string)
        {
            var gifts = several.Cast<object?>().Select(one => one is PSObject item ? item.BaseObject : one).ToList();
            if (gifts.TrueForAll(one => one is Gift)) return gifts.Cast<Gift>().ToArray();
        }
        // The inner exception tells the engine that this is a mismatch, not a failure: it goes on with other parameters.
        throw new ArgumentTransformationMetadataException(BindingText.NotAGift, new PSInvalidCastException());
    }
}
