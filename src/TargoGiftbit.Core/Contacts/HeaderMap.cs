namespace TargoGiftbit.Core.Contacts;

/// <summary>Which column of a file holds which field.</summary>
/// <typeparam name="TField">The fields of one kind of file.</typeparam>
internal sealed class HeaderMap<TField>
    where TField : struct, Enum
{
    // By number of the field; -1 for one without a column.
    private readonly int[] columns;

    /// <summary>Reads a header.</summary>
    /// <param name="table">The file, positioned behind its header.</param>
    /// <param name="names">Folded names and the fields they mean.</param>
    /// <exception cref="GiftContactException">Two columns mean the same field (<c>ContactColumnAmbiguous</c>).</exception>
    internal HeaderMap(CsvTable table, FieldNames<TField> names)
    {
        columns = new int[names.Count];
        Array.Fill(columns, -1);
        var others = new List<OtherColumn>();
        for (var i = 0; i < table.Header.Count; i++)
        {
            if (!names.TryGetValue(HeaderName.Fold(table.Header[i]), out var field))
                others.Add(new OtherColumn(i, table.Header[i]));
            else if (this[field] >= 0)
                throw Ambiguous(table, names, field);
            else
                columns[FieldNames<TField>.NumberOf(field)] = i;
        }
        Others = Unique(others);
    }

    /// <summary>Columns that mean none of the fields, each under a name of its own.</summary>
    internal IReadOnlyList<OtherColumn> Others { get; }

    /// <summary>The column of a field, or -1.</summary>
    internal int this[TField field] => columns[FieldNames<TField>.NumberOf(field)];

    /// <summary>Demands a column.</summary>
    /// <param name="table">The file.</param>
    /// <param name="field">The field.</param>
    /// <param name="code">Code of the error.</param>
    /// <param name="accepted">Names to suggest.</param>
    internal void Require(CsvTable table, TField field, string code, string accepted)
    {
        if (this[field] < 0)
            throw ContactText.Error(code, table.Name, ContactText.FieldName(field), table.HeaderLine, Quoted(table.Header.Where(name => name.Length > 0)), accepted);
    }

    private static GiftContactException Ambiguous(CsvTable table, FieldNames<TField> names, TField field)
    {
        var rivals = table.Header.Where(name => names.TryGetValue(HeaderName.Fold(name), out var meant) && meant.Equals(field));
        return ContactText.Error(ContactCodes.ColumnAmbiguous, table.Name, ContactText.FieldName(field), Quoted(rivals));
    }

    // A file without a header has a customer in its first line, or a gift's link; a file that is no list at all may have anything there.
    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Take(30).Select(name => name.AsSpan().ContainsAny("/@") ? "•••" : $"'{CellText.Shown(name)}'"));

    private static List<OtherColumn> Unique(List<OtherColumn> others)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var unique = new List<OtherColumn>(others.Count);
        foreach (var (column, given) in others)
        {
            var name = given.Length > 0 ? given : $"Column{column + 1}";
            for (var n = 2; !taken.Add(name); n++) name = $"{given} ({n})";
            unique.Add(new OtherColumn(column, name));
        }
        return unique;
    }
}

/// <summary>A column that means none of the known fields.</summary>
/// <param name="Column">Its place, from 0.</param>
/// <param name="Name">A name of its own.</param>
internal sealed record OtherColumn(int Column, string Name);
