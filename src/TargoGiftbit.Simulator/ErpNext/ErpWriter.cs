using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>Saves documents (erpnext.md §3).</summary>
internal sealed class ErpWriter(ErpNextStore store, ErpNextSwitches switches)
{
    public Reply Create(ServiceRequest request, string doctype)
    {
        using var body = Parse(request);
        var name = Text(body.RootElement, "name") ?? Text(body.RootElement, "customer_name") ?? Text(body.RootElement, "first_name")
            ?? throw new ErpRefusedException(417, "MandatoryError", $"[{doctype}]: name");
        var document = new ErpDocument(doctype, name);
        foreach (var entry in body.RootElement.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Array && ErpDoctypes.ChildTables.Values.Contains(entry.Name))
                document.Children[entry.Name] = [.. entry.Value.EnumerateArray().Select(row =>
                    row.EnumerateObject().ToDictionary(field => field.Name, field => ErpFilter.ValueOf(field.Value)))];
            else if (ErpDoctypes.Has(doctype, entry.Name, switches.Annotation))
                document[entry.Name] = ErpFilter.ValueOf(entry.Value);
        }

        if (doctype == "Customer")
            document["disabled"] ??= 0L;
        else
            CopyPrimary(document);
        return store.Read(() => ErpJson.One(store.Add(document), switches));
    }

    public Reply Update(ServiceRequest request, ErpDocument document)
    {
        using var body = Parse(request);
        return store.Read(() =>
        {
            if (switches.ForeignEdits > 0)
            {
                switches.ForeignEdits--;
                document["modified"] = store.NextTime();
            }

            if (Text(body.RootElement, "modified") is { } known && known != document.Text("modified"))
                throw new ErpRefusedException(417, "TimestampMismatchError",
                    $"Error: Document has been modified after you have opened it ({document.Text("modified")}, {known}). Please refresh to get the latest document.");
            if (switches.SaveRefusal.Length > 0)
                throw new ErpRefusedException(417, "ValidationError", switches.SaveRefusal);
            var changes = body.RootElement.EnumerateObject().Where(entry => entry.Name is not ("modified" or "name") && MayWrite(document, entry.Name))
                .Select(entry => (entry.Name, Value: Checked(entry.Name, ErpFilter.ValueOf(entry.Value)))).ToList();
            foreach (var (field, value) in changes)
                document[field] = value;
            document["modified"] = store.NextTime();
            document["modified_by"] = "api@targo.example";
            return ErpJson.One(document, switches);
        });
    }

    // An unknown field, or one above the user's permission level, is left out without a word.
    private bool MayWrite(ErpDocument document, string field) =>
        ErpDoctypes.Has(document.Doctype, field, switches.Annotation)
        && (switches.AnnotationWritable || ErpDoctypes.AnnotationOf(field, switches.Annotation) is null);

    private object? Checked(string field, object? value)
    {
        if (ErpDoctypes.AnnotationOf(field, switches.Annotation) != ErpDoctypes.Annotations[1] || value is null)
            return value;
        return value is string text && DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.ffffff"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? value
            : throw new ErpRefusedException(417, "InvalidDates", $"<b>{value}</b> is not a valid date.");
    }

    /// <summary>What Contact does when it is saved: the primary address is copied up.</summary>
    private static void CopyPrimary(ErpDocument contact)
    {
        var rows = contact.Children.GetValueOrDefault("email_ids") ?? [];
        var primary = rows.Find(row => row.GetValueOrDefault("is_primary") is 1L) ?? (rows.Count == 1 ? rows[0] : null);
        if (primary is not null)
            contact["email_id"] = primary.GetValueOrDefault("email_id");
    }

    private static JsonDocument Parse(ServiceRequest request)
    {
        try
        {
            return JsonDocument.Parse(request.Body);
        }
        catch (JsonException)
        {
            throw new ErpRefusedException(400, "ValidationError", "Invalid JSON");
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
