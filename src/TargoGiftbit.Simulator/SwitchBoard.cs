using System.Collections;
using System.Globalization;
using System.Reflection;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator;

/// <summary>
/// The switches by name: <c>giftbit.duplicate-id=replay</c>. Names and values are the properties of the
/// switch classes, written in small letters with hyphens; hyphens and case do not matter on the way in.
/// </summary>
public sealed class SwitchBoard(SimulatorOptions options)
{
    private readonly (string Service, object Switches)[] _groups =
        [("giftbit", options.Giftbit), ("mailjet", options.Mailjet), ("smtp", options.Smtp), ("ifeelgoods", options.Ifeelgoods), ("erpnext", options.ErpNext)];

    /// <summary>Every switch with its present value.</summary>
    public IReadOnlyList<(string Name, string Value)> List() =>
        [.. _groups.SelectMany(group => PropertiesOf(group.Switches)
            .Select(property => ($"{group.Service}.{Hyphenate(property.Name)}", Write(property.GetValue(group.Switches)))))];

    /// <summary>Sets a switch from <c>name=value</c>.</summary>
    /// <exception cref="FormatException">No such switch, or a value it cannot take.</exception>
    public void Set(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
            throw new FormatException($"'{text}' is no switch: write NAME=VALUE.");
        Set(text[..at], text[(at + 1)..]);
    }

    public void Set(string name, string value)
    {
        var parts = name.Split('.', 2);
        var group = Array.Find(_groups, group => group.Service.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        var property = parts.Length < 2 || group.Switches is null
            ? null
            : PropertiesOf(group.Switches).FirstOrDefault(property => Plain(property.Name) == Plain(parts[1]));
        if (property is null)
            throw new FormatException($"There is no switch '{name}'.");
        property.SetValue(group.Switches, Read(property.PropertyType, value, name));
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(object switches) => switches.GetType().GetProperties().Where(property => property.CanWrite);

    private static object? Read(Type type, string value, string name)
    {
        try
        {
            if (Nullable.GetUnderlyingType(type) is { } inner)
                return value is "" or "none" ? null : Read(inner, value, name);
            if (type.IsEnum)
                return Enum.Parse(type, Plain(value), ignoreCase: true);
            if (type == typeof(bool))
                return value is "on" or "yes" or "1" || (value is not ("off" or "no" or "0") && bool.Parse(value));
            if (type == typeof(TimeSpan))
                return Durations.Parse(value);
            if (type == typeof(string))
                return value;
            return type == typeof(IReadOnlyList<string>)
                ? value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException($"Switch '{name}' cannot be '{value}'.", wrong);
        }
    }

    private static string Write(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "on" : "off",
        Enum word => Hyphenate(word.ToString()),
        TimeSpan { Ticks: var ticks } => string.Create(CultureInfo.InvariantCulture, $"{ticks / (double)TimeSpan.TicksPerSecond}s"),
        string text => text,
        IEnumerable list => string.Join(',', list.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Hyphenate(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
