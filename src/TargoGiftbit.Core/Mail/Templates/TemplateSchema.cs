using System.Reflection;

namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>What a placeholder stands for.</summary>
internal enum PlaceholderKind
{
    /// <summary>Text, written out with <c>{{Name}}</c>.</summary>
    Text,

    /// <summary>Yes or no, for <c>{{#if}}</c> and <c>{{#unless}}</c>.</summary>
    Flag,

    /// <summary>A list, for <c>{{#each}}</c>.</summary>
    List,
}

/// <summary>The placeholders of one level of the model, read from its real properties.</summary>
internal sealed class TemplateSchema
{
    private readonly Dictionary<string, (PlaceholderKind Kind, TemplateSchema? Items)> names = new(StringComparer.Ordinal);

    private TemplateSchema(Type model)
    {
        foreach (var property in model.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var type = property.PropertyType;
            names[property.Name] = type == typeof(string) ? (PlaceholderKind.Text, null)
                : type == typeof(bool) ? (PlaceholderKind.Flag, null)
                : (PlaceholderKind.List, new TemplateSchema(type.GetGenericArguments()[0]));
        }
    }

    /// <summary>The top level.</summary>
    public static TemplateSchema Mail { get; } = new(typeof(GiftMailModel));

    /// <summary>The names of this level, in order.</summary>
    public IEnumerable<string> Names => names.Keys.Order(StringComparer.Ordinal);

    /// <summary>Looks a placeholder up; names are case-sensitive.</summary>
    public bool TryGet(string name, out PlaceholderKind kind, out TemplateSchema? items)
    {
        var found = names.TryGetValue(name, out var entry);
        (kind, items) = entry;
        return found;
    }

    /// <summary>The known name most like a mistyped one, or null.</summary>
    public string? Nearest(string name) =>
        names.Keys.Select(known => (known, distance: Distance(known, name)))
            .Where(pair => pair.distance <= Math.Max(2, name.Length / 3))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.known, StringComparer.Ordinal)
            .Select(pair => pair.known).FirstOrDefault();

    // Levenshtein without regard to case: firstname is as good as FirstName for a hint.
    private static int Distance(string known, string typed)
    {
        if (typed.Length > 64) return int.MaxValue;
        var row = Enumerable.Range(0, typed.Length + 1).ToArray();
        for (var i = 1; i <= known.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= typed.Length; j++)
            {
                var cost = char.ToUpperInvariant(known[i - 1]) == char.ToUpperInvariant(typed[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }
        return row[typed.Length];
    }
}
