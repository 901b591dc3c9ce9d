using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>
/// A document of the ERP, read tolerantly: a field that is missing is the same as an empty one, since single documents leave empty
/// fields out while lists have them as null (reference/erpnext.md §3).
/// </summary>
internal readonly record struct ErpNextDocument(JsonElement Element)
{
    /// <summary>The document's id.</summary>
    public string Name => Text("name") ?? "";

    /// <summary>Whether the field is there at all, empty or not.</summary>
    public bool Has(string field) => JsonPlace.TryGet(Element, field, out _);

    /// <summary>A text that is not blank, trimmed, or a number in its place; else null.</summary>
    public string? Text(string field)
    {
        if (!JsonPlace.TryGet(Element, field, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String when JsonPlace.TextOf(value) is { } text && !string.IsNullOrWhiteSpace(text) => text.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "1",
            JsonValueKind.False => "0",
            _ => null,
        };
    }

    /// <summary>A check: 0 or 1.</summary>
    public bool Flag(string field) => Text(field) is { } text && text != "0" && !text.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>A time as the site writes it: in its own zone, without telling which.</summary>
    public DateTime? LocalTime(string field) =>
        DateTime.TryParse(Text(field), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : null;

    /// <summary>The rows of a child table.</summary>
    public IReadOnlyList<ErpNextDocument> Rows(string field) =>
        JsonPlace.TryGet(Element, field, out var rows) && rows.ValueKind == JsonValueKind.Array
            ? [.. rows.EnumerateArray().Select(row => new ErpNextDocument(row))]
            : [];
}
