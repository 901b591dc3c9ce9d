using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>A list of one doctype as v1 answers it (erpnext.md §2).</summary>
internal sealed class ErpQuery(ErpNextStore store, ErpNextSwitches switches, ServiceRequest request, string doctype)
{
    public Reply Answer()
    {
        var fields = Fields();
        var all = ErpFilter.Read(request.Query("filters"), doctype);
        var any = ErpFilter.Read(request.Query("or_filters"), doctype);
        foreach (var filter in all.Concat(any))
            Check(filter);
        var rows = Candidates(all)
            .Where(document => all.All(filter => filter.Doctype != doctype || filter.Matches(document[filter.Field]))
                && (any.Count == 0 || any.Any(filter => filter.Matches(document[filter.Field]))))
            // A join: one row for each matching child.
            .SelectMany(document => Enumerable.Repeat(document, Joined(document, all)));
        var ordered = Order(rows).Skip(request.QueryNumber("limit_start") ?? 0);
        var size = request.QueryNumber("limit_page_length") ?? request.QueryNumber("limit") ?? 20;
        if (switches.MaxPage > 0)
            size = size == 0 ? switches.MaxPage : Math.Min(size, switches.MaxPage);
        if (size > 0)
            ordered = ordered.Take(size);
        var page = store.Read(ordered.ToArray);
        return Reply.Json(200, json =>
        {
            json.WriteStartArray("data");
            foreach (var document in page)
            {
                json.WriteStartObject();
                foreach (var field in fields)
                    ErpJson.Value(json, field, document[field] ?? (IsCheck(field) ? 0 : null));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>A check that was never saved is 0.</summary>
    private bool IsCheck(string field) => ErpDoctypes.AnnotationOf(field, switches.Annotation) == ErpDoctypes.Annotations[0];

    // The database has an index on names too: without one, thousands of customers would take minutes.
    private IEnumerable<ErpDocument> Candidates(IReadOnlyList<ErpFilter> filters) =>
        filters.FirstOrDefault(filter => filter is { Field: "name", Operator: "in" } && filter.Doctype == doctype) is { } named
            ? named.Values.Select(name => store.Find(doctype, name?.ToString() ?? "")).OfType<ErpDocument>().Distinct().OrderBy(document => document.Name, StringComparer.OrdinalIgnoreCase)
            : store.All(doctype);

    private List<string> Fields()
    {
        if (request.Query("fields") is not { } text)
            return ["name"];
        using var list = JsonDocument.Parse(text);
        var fields = new List<string>();
        foreach (var field in list.RootElement.EnumerateArray().Select(item => item.GetString() ?? ""))
        {
            if (ErpDoctypes.Has(doctype, field, switches.Annotation))
                fields.Add(field);
            else if (switches.UnknownField == UnknownFieldAnswer.Refused)
                throw ErpRefusedException.NoSuchField(field);
        }

        return fields;
    }

    private void Check(ErpFilter filter)
    {
        if (filter.Doctype == doctype)
        {
            if (!ErpDoctypes.Has(doctype, filter.Field, switches.Annotation))
                throw ErpRefusedException.NoSuchField(filter.Field);
        }
        else if (!switches.ChildFilters || doctype != "Contact" || !ErpDoctypes.ChildTables.ContainsKey(filter.Doctype))
        {
            throw ErpRefusedException.NotPermitted(filter.Doctype);
        }
    }

    private int Joined(ErpDocument document, IReadOnlyList<ErpFilter> filters)
    {
        var count = 1;
        foreach (var table in filters.Where(filter => filter.Doctype != doctype).GroupBy(filter => filter.Doctype))
        {
            var rows = document.Children.GetValueOrDefault(ErpDoctypes.ChildTables[table.Key]) ?? [];
            count *= rows.Count(row => table.All(filter => filter.Matches(row.GetValueOrDefault(filter.Field))));
        }

        return count;
    }

    private IEnumerable<ErpDocument> Order(IEnumerable<ErpDocument> rows)
    {
        var words = (request.Query("order_by") ?? "modified desc").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var field = words[0].Split('.')[^1].Trim('`');
        // The store is in the order of names already, and a stable sort would cost what a whole list costs, page after page.
        if (field == "name" && !(words.Length > 1 && words[1].Equals("desc", StringComparison.OrdinalIgnoreCase)))
            return rows;
        if (!ErpDoctypes.Has(doctype, field, switches.Annotation))
            throw ErpRefusedException.NoSuchField(field);
        var order = Comparer<object?>.Create(ErpFilter.Compare);
        return words.Length > 1 && words[1].Equals("desc", StringComparison.OrdinalIgnoreCase)
            ? rows.OrderByDescending(row => row[field], order)
            : rows.OrderBy(row => row[field], order);
    }
}
