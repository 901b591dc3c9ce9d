using System.Globalization;

namespace TargoGiftbit.Lab;

/// <summary>Options of a room: <c>--name value</c>, or <c>--name</c> alone for yes.</summary>
internal sealed class LabArguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public LabArguments(IEnumerable<string> words)
    {
        string? name = null;
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal)) values[name = word[2..]] = "true";
            else if (name is not null) values[name] = word;
            else throw new ArgumentException($"'{word}' is no option: write --name value.");
        }
    }

    /// <summary>Sizes for a run of which all rooms together are to take about three minutes on two cores.</summary>
    public static string[] ContinuousIntegration(string room) => room switch
    {
        "kill" => ["--points", "20", "--gifts", "1000"],
        "faults" => ["--campaigns", "2", "--gifts", "150"],
        "processes" => ["--gifts", "400", "--seconds", "5"],
        "disk" => ["--rounds", "6", "--gifts", "80"],
        _ => ["--seconds", "60"],
    };

    public LabArguments Over(IEnumerable<string> defaults)
    {
        var merged = new LabArguments(defaults);
        foreach (var (name, value) in values) merged.values[name] = value;
        return merged;
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string? Text(string name) => values.GetValueOrDefault(name);

    public int Number(string name, int fallback) => values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

    public void Set(string name, int value) => values[name] = value.ToString(CultureInfo.InvariantCulture);

    /// <summary>As they would be typed.</summary>
    public override string ToString() => string.Join(' ', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Value == "true" ? $"--{v.Key}" : $"--{v.Key} {v.Value}"));
}
