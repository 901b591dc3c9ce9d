namespace TargoGiftbit.Core.Contacts;

/// <summary>What is wrong with the shape of a row.</summary>
internal enum RowFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Fewer cells than the header has columns with names.</summary>
    TooFew,

    /// <summary>More cells than that, and not blank ones.</summary>
    TooMany,

    /// <summary>Text after a closing quotation mark.</summary>
    Quotes,
}

/// <summary>The shape of a row as a problem.</summary>
internal static class RowShape
{
    /// <summary>What is wrong with the shape of the row on which the table stands, or null.</summary>
    internal static (string Code, string Reason)? Problem(CsvTable table) => table.Fault switch
    {
        RowFault.Quotes => (ContactCodes.QuoteMalformed, ContactText.Get(ContactCodes.QuoteMalformed)),
        RowFault.TooFew => (ContactCodes.TooFewFields, ContactText.Format(ContactCodes.TooFewFields, table.CellCount, table.Columns)),
        RowFault.TooMany => (ContactCodes.TooManyFields, ContactText.Format(ContactCodes.TooManyFields, table.CellCount, table.Columns)),
        _ => null,
    };
}
