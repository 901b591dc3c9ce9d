using System.Text.Encodings.Web;
using System.Text.Json;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Conditions of a list, each a piece of JSON (reference/erpnext.md §2).</summary>
internal static class ErpNextFilter
{
    // Letters with accents as they are: escaped twice over they would fill the request line.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary><c>["field","=","value"]</c>.</summary>
    public static string Is(string field, string value, string comparison = "=") => $"[{Quote(field)},{Quote(comparison)},{Quote(value)}]";

    /// <summary>A check that is on or off: <c>["field","=",1]</c>.</summary>
    public static string Check(string field, bool on) => $"[{Quote(field)},\"=\",{(on ? 1 : 0)}]";

    /// <summary>A condition on a row of a child table.</summary>
    public static string Child(string doctype, string field, string value) => $"[{Quote(doctype)},{Quote(field)},\"=\",{Quote(value)}]";

    /// <summary>A check in a row of a child table that is on.</summary>
    public static string ChildCheck(string doctype, string field) => $"[{Quote(doctype)},{Quote(field)},\"=\",1]";

    /// <summary><c>["field","in",[…]]</c>, of a child table when one is named.</summary>
    public static string In(string? doctype, string field, IEnumerable<string> values) =>
        $"[{(doctype is null ? "" : Quote(doctype) + ",")}{Quote(field)},\"in\",{ListOf(values)}]";

    /// <summary>One of several values; none means no condition.</summary>
    public static IEnumerable<string> AnyOf(string field, IReadOnlyList<string> values) => values.Count switch
    {
        0 => [],
        1 => [Is(field, values[0])],
        _ => [In(null, field, values)],
    };

    /// <summary>A JSON list of texts.</summary>
    public static string ListOf(IEnumerable<string> values) => $"[{string.Join(",", values.Select(Quote))}]";

    /// <summary>
    /// Reads conditions that an operator wrote: <c>["field","=","value"]</c>, a list of such, or <c>{"field":"value"}</c>.
    /// </summary>
    /// <exception cref="ErpNextException"><c>ErpNextWhereInvalid</c>.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                return [.. root.EnumerateObject().Select(field => field.Value.ValueKind == JsonValueKind.Array
                    ? $"[{Quote(field.Name)},{string.Join(",", field.Value.EnumerateArray().Select(Compact))}]"
                    : $"[{Quote(field.Name)},\"=\",{Compact(field.Value)}]")];
            }
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            {
                if (root[0].ValueKind == JsonValueKind.String && IsCondition(root)) return [Compact(root)];
                if (root.EnumerateArray().All(IsCondition)) return [.. root.EnumerateArray().Select(Compact)];
            }
        }
        catch (JsonException)
        {
            // Told below, without the parser's words about bytes and lines.
        }
        throw new ErpNextException("ErpNextWhereInvalid", ErpNextText.WhereInvalid, ErpNextText.WhereRemedy);
    }

    private static bool IsCondition(JsonElement item) =>
        item.ValueKind == JsonValueKind.Array && item.GetArrayLength() is 3 or 4 && item[0].ValueKind == JsonValueKind.String && item[1].ValueKind == JsonValueKind.String;

    private static string Compact(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Encoder })) element.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, Encoder)}\"";
}
