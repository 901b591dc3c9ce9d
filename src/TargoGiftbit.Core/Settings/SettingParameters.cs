using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Settings;

/// <summary>Settings given as parameters of a command: they win over everything else. A null or blank value counts as not given.</summary>
public sealed class SettingParameters
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Gives a plain setting.</summary>
    /// <param name="name">One of <see cref="SettingName"/>, not a secret one.</param>
    /// <param name="value">The value, or null.</param>
    /// <returns>This object, for chaining.</returns>
    /// <exception cref="ArgumentException">No such setting, or a secret one.</exception>
    public SettingParameters With(string name, string? value)
    {
        if (SettingCatalog.Get(name).IsSecret) throw new ArgumentException($"{name} is a secret: give a Secret.", nameof(name));
        return Put(name, value);
    }

    /// <summary>Gives a secret setting.</summary>
    /// <param name="name">One of <see cref="SettingName"/>.</param>
    /// <param name="value">The value, or null.</param>
    /// <returns>This object, for chaining.</returns>
    /// <exception cref="ArgumentException">No such setting.</exception>
    public SettingParameters With(string name, Secret? value)
    {
        SettingCatalog.Get(name);
        return Put(name, value?.Reveal());
    }

    private SettingParameters Put(string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) values.Remove(name);
        else values[name] = value;
        return this;
    }
}
