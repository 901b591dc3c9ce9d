using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>One condition of a list (erpnext.md §2), on a field of the list's own doctype or of a child table.</summary>
internal sealed record ErpFilter(string Doctype, string Field, string Operator, IReadOnlyList<object?> Values)
{
    private static readonly string[] Operators = ["=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "between", "is"];

    private HashSet<string>? _set;

    /// <summary>Reads a list of conditions, or a dictionary of values.</summary>
    public static IReadOnlyList<ErpFilter> Read(string? text, string doctype)
    {
        if (text is null)
            return [];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw new ErpRefusedException(417, "ValidationError", "Invalid filter");
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                return [.. root.EnumerateObject().Select(entry => entry.Value.ValueKind == JsonValueKind.Array
                    ? Make(doctype, entry.Name, entry.Value[0].GetString()!, entry.Value[1])
                    : Make(doctype, entry.Name, "=", entry.Value))];
            return [.. root.EnumerateArray().Select(item => item.GetArrayLength() switch
            {
                2 => Make(doctype, item[0].GetString()!, "=", item[1]),
                3 => Make(doctype, item[0].GetString()!, item[1].GetString()!, item[2]),
                >= 4 => Make(item[0].GetString()!, item[1].GetString()!, item[2].GetString()!, item[3]),
                _ => throw new ErpRefusedException(417, "ValidationError", "Filter must have 4 values (doctype, fieldname, operator, value)"),
            })];
        }
    }

    public bool Matches(object? value) => Operator switch
    {
        "=" => Compare(value, Values[0]) == 0,
        "!=" => Compare(value, Values[0]) != 0,
        ">" => value is not null && Compare(value, Values[0]) > 0,
        "<" => value is not null && Compare(value, Values[0]) < 0,
        ">=" => value is not null && Compare(value, Values[0]) >= 0,
        "<=" => value is not null && Compare(value, Values[0]) <= 0,
        "like" => Like(value),
        "not like" => !Like(value),
        "in" => Set.Contains(Text(value)),
        "not in" => !Set.Contains(Text(value)),
        "between" => Compare(value, Values[0]) >= 0 && Compare(value, Values[^1]) <= 0,
        _ => (Text(value).Length > 0) == (Text(Values[0]) == "set"),
    };

    private HashSet<string> Set => _set ??= Values.Select(Text).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>As the database compares: numbers by value, text without regard to case, nothing like an empty text.</summary>
    internal static int Compare(object? one, object? other) =>
        long.TryParse(Text(one, "0"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var a)
        && long.TryParse(Text(other, "0"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b)
        && (one is long or int || other is long or int)
            ? a.CompareTo(b)
            : StringComparer.OrdinalIgnoreCase.Compare(Text(one), Text(other));

    private bool Like(object? value) => Regex.IsMatch(Text(value),
        "^" + Regex.Escape(Text(Values[0])).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline);

    private static string Text(object? value) => Text(value, "");

    private static string Text(object? value, string nothing) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : nothing;

    private static ErpFilter Make(string doctype, string field, string word, JsonElement value)
    {
        var name = word.ToLowerInvariant();
        if (!Operators.Contains(name))
            throw new ErpRefusedException(417, "ValidationError", $"Operator must be one of {string.Join(", ", Operators)}");
        return new ErpFilter(doctype, field, name, value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(ValueOf)] : [ValueOf(value)]);
    }

    internal static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => 1L,
        JsonValueKind.False => 0L,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
