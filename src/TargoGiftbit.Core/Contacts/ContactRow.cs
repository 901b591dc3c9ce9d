using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Turns the rows of a table into contacts.</summary>
internal sealed class ContactRow
{
    private static readonly Dictionary<string, string> NoOther = [];

    private readonly CsvTable table;
    private readonly bool keepOther;
    private readonly IReadOnlyList<OtherColumn> others;
    private readonly int id, firstName, lastName, email, language;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="GiftContactException">The e-mail address or the first name has no column, or a field has two.</exception>
    internal ContactRow(CsvTable table, bool keepOther)
    {
        this.table = table;
        this.keepOther = keepOther;
        var map = new HeaderMap<ContactField>(table, ContactFields.Names);
        foreach (var needed in (ReadOnlySpan<ContactField>)[ContactField.Email, ContactField.FirstName])
            map.Require(table, needed, ContactCodes.ColumnMissing, ContactFields.Suggested(needed));
        // A list that somebody has joined with gift links: a link must not travel on in an object that anybody prints (spec A7).
        others = [.. map.Others.Where(other => !GiftFields.MeansLink(other.Name))];
        id = map[ContactField.CustomerId];
        firstName = map[ContactField.FirstName];
        lastName = map[ContactField.LastName];
        email = map[ContactField.Email];
        language = map[ContactField.Language];
    }

    /// <summary>The contact on which the table stands; flagged when there is something wrong with it.</summary>
    internal GiftContact Current()
    {
        var customerId = CellText.Trim(table[id]);
        var contact = new GiftContact
        {
            CustomerId = customerId.Length == 0 ? null : customerId,
            FirstName = CellText.Name(table[firstName]),
            LastName = CellText.Name(table[lastName]),
            Email = CellText.Trim(table[email]),
            Language = ContactLanguage.Of(table[language]),
            Line = table.Line,
            Other = keepOther ? Other() : NoOther,
        };
        return RowShape.Problem(table) is { } shape
            ? contact with { ProblemCode = shape.Code, Problem = shape.Reason }
            : ContactRules.Flag(contact);
    }

    private Dictionary<string, string> Other()
    {
        var other = new Dictionary<string, string>(others.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (column, name) in others)
        {
            var value = CellText.Trim(table[column]);
            // A column without a name comes from a separator at the end of the line, unless something stands in it.
            if (value.Length > 0 || table.Header[column].Length > 0) other.Add(name, value);
        }
        return other;
    }
}
