using System.Xml.Linq;

namespace TargoGiftbit.Builder.Help;

/// <summary>What help says about one cmdlet. Texts are still XML: each writer turns them into its own form.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Area">The folder of its source: Giftbit, Mail.</param>
/// <param name="DefaultSet">The parameter set that PowerShell takes when it cannot tell; null when there is one set only.</param>
public sealed record CmdletHelp(
    string Name,
    string Area,
    XElement? Synopsis,
    XElement? Description,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<ParameterHelp> Parameters,
    string? DefaultSet,
    IReadOnlyList<TypeHelp> Inputs,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<string> Links)
{
    public string Verb => Name[..Name.IndexOf('-', StringComparison.Ordinal)];

    public string Noun => Name[(Name.IndexOf('-', StringComparison.Ordinal) + 1)..];

    /// <summary>The names of the parameter sets, the default one first; one nameless set when none is named.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var named = Parameters.SelectMany(p => p.Sets).Select(s => s.Set).Where(s => s != ParameterSet.All).Distinct(StringComparer.Ordinal).ToList();
            if (DefaultSet is not null && !named.Contains(DefaultSet)) named.Add(DefaultSet);
            return named.Count == 0
                ? [ParameterSet.All]
                : [.. named.OrderByDescending(s => s == DefaultSet).ThenBy(s => s, StringComparer.Ordinal)];
        }
    }

    /// <summary>The parameters of a set in the order of its syntax line: by position, then required ones, then by name.</summary>
    public IEnumerable<(ParameterHelp Parameter, ParameterSet Use)> InSet(string set) =>
        Parameters.Select(p => (p, p.In(set))).Where(x => x.Item2 is not null).Select(x => (x.p, x.Item2!))
            .OrderBy(x => x.Item2.Position ?? int.MaxValue).ThenByDescending(x => x.Item2.Required).ThenBy(x => x.p.Order).ThenBy(x => x.p.Name, StringComparer.Ordinal);
}

/// <summary>One parameter.</summary>
/// <param name="Order">0 for the cmdlet's own, more for inherited ones, which come later in a syntax line.</param>
public sealed record ParameterHelp(
    string Name,
    string Type,
    bool IsSwitch,
    int Order,
    XElement? Text,
    IReadOnlyList<ParameterSet> Sets,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    string? Default,
    bool Wildcards)
{
    public ParameterSet? In(string set) =>
        Sets.FirstOrDefault(s => s.Set == set) ?? Sets.FirstOrDefault(s => s.Set == ParameterSet.All);
}

/// <summary>How a parameter behaves in one parameter set.</summary>
public sealed record ParameterSet(string Set, bool Required, int? Position, bool FromPipeline, bool ByPropertyName)
{
    /// <summary>The engine's name for "in every set".</summary>
    public const string All = "__AllParameterSets";

    public string Pipeline => (FromPipeline, ByPropertyName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };
}

/// <summary>One example: what to type, and what it does.</summary>
public sealed record ExampleHelp(string Code, IReadOnlyList<XElement> Remarks);

/// <summary>A type that goes into or comes out of a cmdlet.</summary>
public sealed record TypeHelp(string Name, XElement? Summary);
