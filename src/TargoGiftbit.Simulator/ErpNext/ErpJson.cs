using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>Writes documents (erpnext.md §3).</summary>
internal static class ErpJson
{
    public static Reply One(ErpDocument document, ErpNextSwitches switches) => Reply.Json(200, json =>
    {
        json.WriteStartObject("data");
        foreach (var (field, value) in document.Fields)
        {
            if (value is not null || !switches.OmitsNulls)
                Value(json, field, value);
        }

        json.WriteString("doctype", document.Doctype);
        foreach (var (field, rows) in document.Children)
        {
            json.WriteStartArray(field);
            foreach (var row in rows)
            {
                json.WriteStartObject();
                foreach (var (name, value) in row)
                    Value(json, name, value);
                json.WriteString("parent", document.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    public static void Value(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        if (value is null)
            json.WriteNullValue();
        else if (value is int or long)
            json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
        else
            json.WriteStringValue((string)value);
    }
}
