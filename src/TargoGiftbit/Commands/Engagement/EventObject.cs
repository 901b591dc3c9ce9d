using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace TargoGiftbit.Commands.Engagement;

/// <summary>Turns an object whose properties are an event's fields back into the JSON that Mailjet posts.</summary>
internal static class EventObject
{
    internal static byte[] ToJson(PSObject value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, field) in Fields(value)) Write(json, name, field is PSObject wrapped ? wrapped.BaseObject : field);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static IEnumerable<(string Name, object? Value)> Fields(PSObject value) => value.BaseObject is IDictionary table
        ? table.Keys.Cast<object>().Select(key => (Convert.ToString(key, CultureInfo.InvariantCulture) ?? "", table[key]))
        : value.Properties.Where(p => p is PSNoteProperty or PSProperty && p.IsGettable).Select(p => (p.Name, Read(p)));

    private static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case DateTime time:
                json.WriteNumber(name, new DateTimeOffset(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time).ToUnixTimeSeconds());
                break;
            case DateTimeOffset time:
                json.WriteNumber(name, time.ToUnixTimeSeconds());
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                // Numbers as text are taken too, and the 64-bit ids keep their last digits so.
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
