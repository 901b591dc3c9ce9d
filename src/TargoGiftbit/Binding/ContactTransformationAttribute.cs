using System.Globalization;
using System.Management.Automation;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Binding;

/// <summary>
/// Takes contacts, and objects whose properties are named like the columns of a contact list: rows of <c>Import-Csv</c>, objects of
/// <c>ConvertFrom-Json</c>, contacts that went through a job or a file. What cannot be read becomes a flagged contact: were it left unbound,
/// the others would be ordered for without it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ContactTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Turns objects into contacts; several stay several.</summary>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        GiftContact contact => contact,
        System.Collections.IList several => several.Cast<object>().Select(one => (GiftContact)Transform(engineIntrinsics, one)).ToArray(),
        null or string => Unreadable(),
        _ => ContactRecord.Read(Fields(PSObject.AsPSObject(inputData))) ?? Unreadable(),
    };

    private static IEnumerable<KeyValuePair<string, string?>> Fields(PSObject value)
    {
        foreach (var property in value.Properties)
        {
            if (!property.IsGettable) continue;
            var text = property.Value switch
            {
                null => null,
                // JSON writes an enumeration as its number.
                int or long when property.Name == nameof(GiftContact.Language) => ((GiftLanguage)Convert.ToInt32(property.Value, CultureInfo.InvariantCulture)).ToString(),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                var other => other.ToString(),
            };
            yield return new KeyValuePair<string, string?>(property.Name, text);
        }
    }

    private static GiftContact Unreadable() => new() { ProblemCode = "ContactUnreadable", Problem = BindingText.NotAContact };
}
