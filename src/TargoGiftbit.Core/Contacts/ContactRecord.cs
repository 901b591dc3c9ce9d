using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Makes a contact of named fields that did not come from a file of ours: rows of another program, deserialised contacts.</summary>
public static class ContactRecord
{
    /// <summary>Reads the fields under the same names, in French or English, as <see cref="ContactReader"/> accepts in a header.</summary>
    /// <param name="fields">Names and values. Where two names mean the same field, the first with a value counts.</param>
    /// <returns>The contact, flagged when there is something wrong with it; null when there is no field for an address, or none for a first name.</returns>
    public static GiftContact? Read(IEnumerable<KeyValuePair<string, string?>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var known = new Dictionary<ContactField, string>();
        var other = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in fields)
        {
            var text = CellText.Trim(value ?? "");
            if (!ContactFields.Names.TryGetValue(HeaderName.Fold(name), out var field))
            {
                // A link must not travel on in an object that anybody prints (spec A7).
                if (!GiftFields.MeansLink(name)) other.TryAdd(name, text);
            }
            else if (!known.TryGetValue(field, out var earlier) || earlier.Length == 0) known[field] = text;
        }
        if (!known.TryGetValue(ContactField.Email, out var email) || !known.TryGetValue(ContactField.FirstName, out var firstName)) return null;

        other.Remove("Problem", out var problem);
        other.Remove("ProblemCode", out var problemCode);
        other.Remove("Line", out var line);
        var contact = new GiftContact
        {
            CustomerId = known.GetValueOrDefault(ContactField.CustomerId) is { Length: > 0 } id ? id : null,
            FirstName = CellText.Name(firstName),
            LastName = CellText.Name(known.GetValueOrDefault(ContactField.LastName, "")),
            Email = email,
            Language = ContactLanguage.Of(known.GetValueOrDefault(ContactField.Language)),
            Line = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            Other = other,
        };
        // What was wrong with the row it once came from cannot be seen here any more, and stays.
        return problemCode is { Length: > 0 } ? contact with { ProblemCode = problemCode, Problem = problem } : ContactRules.Flag(contact);
    }
}
