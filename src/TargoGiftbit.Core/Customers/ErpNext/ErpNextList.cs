using System.Globalization;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>A list to ask for: always in the order of names, so that the next page is what comes after the last name.</summary>
/// <param name="Doctype">Whose documents.</param>
/// <param name="Fields">Plain field names; <c>name</c> among them.</param>
/// <param name="Filters">Conditions, each a piece of JSON; all must hold.</param>
/// <param name="PageSize">Rows to ask for at once.</param>
internal sealed record ErpNextList(string Doctype, IReadOnlyList<string> Fields, IReadOnlyList<string> Filters, int PageSize)
{
    /// <summary>
    /// Longest path and query. The web server takes a request line of 4,094 bytes (reference/erpnext.md §2); method, version and a
    /// path below which the site may lie need some of it.
    /// </summary>
    private const int MaxLength = 3900;

    /// <summary>Most values of one condition (§2).</summary>
    private const int MaxValues = 50;

    /// <summary>Path and query of the rows after a name; null for the first ones.</summary>
    /// <exception cref="ErpNextException"><c>ErpNextRequestTooLong</c>.</exception>
    public string Path(string? after = null)
    {
        var filters = after is null ? Filters : [.. Filters, ErpNextFilter.Is("name", after, ">")];
        var path = $"/api/resource/{Uri.EscapeDataString(Doctype)}?fields={Uri.EscapeDataString(ErpNextFilter.ListOf(Fields))}"
            + $"&filters={Uri.EscapeDataString($"[{string.Join(",", filters)}]")}&order_by=name%20asc&limit_start=0"
            + $"&limit_page_length={PageSize.ToString(CultureInfo.InvariantCulture)}";
        return path.Length <= MaxLength ? path : throw new ErpNextException("ErpNextRequestTooLong", ErpNextText.RequestTooLong(Doctype), ErpNextText.RequestTooLongRemedy);
    }

    /// <summary>Splits values so that a condition over each part fits into a request line.</summary>
    /// <param name="values">What the condition is over.</param>
    /// <param name="weigh">The texts that a value adds to the conditions.</param>
    public static IEnumerable<IReadOnlyList<T>> Split<T>(IEnumerable<T> values, Func<T, IEnumerable<string>> weigh)
    {
        // The rest is fields, fixed conditions, and the name that a following page begins after (140 characters, §4).
        const int room = MaxLength - 1500;
        var part = new List<T>();
        var length = 0;
        foreach (var value in values)
        {
            var more = weigh(value).Sum(text => Uri.EscapeDataString($"\"{text}\",").Length);
            if (part.Count > 0 && (part.Count == MaxValues || length + more > room))
            {
                yield return part;
                part = [];
                length = 0;
            }
            part.Add(value);
            length += more;
        }
        if (part.Count > 0) yield return part;
    }
}
