using System.Text.RegularExpressions;

namespace TargoGiftbit.Builder.Packing;

/// <summary>The module's <c>.psd1</c>, as far as packing has to read and complete it.</summary>
/// <param name="text">Its text.</param>
internal sealed partial class ModuleManifest(string text)
{
    /// <summary>Its text.</summary>
    internal string Text { get; } = text;

    /// <summary>The cmdlets it exports.</summary>
    internal IReadOnlyList<string> Cmdlets => List("CmdletsToExport");

    /// <summary>The tags it gives itself.</summary>
    internal IReadOnlyList<string> Tags => List("Tags");

    /// <summary>A value between single quotes.</summary>
    internal string Value(string name)
    {
        var found = Regex.Match(Text, $@"^\s*{name}\s*=\s*'((?:[^']|'')*)'", RegexOptions.Multiline);
        return found.Success ? found.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal) : throw new InvalidDataException($"The manifest has no {name}.");
    }

    /// <summary>The manifest as it is shipped: with release notes, and with lists that the engine reads in one step instead of one per line.</summary>
    internal ModuleManifest Shipped(string releaseNotes)
    {
        var cmdlets = string.Join(", ", Cmdlets.Select(c => $"'{c}'"));
        var joined = CmdletList().Replace(Text, match => $"{match.Groups[1].Value}{cmdlets}", 1);
        // A here-string: the notes hold quotes of every kind, and PowerShell takes typographic ones for quotes too.
        return new ModuleManifest(Notes().Replace(joined, match => $"{match.Groups[1].Value}@'\n{releaseNotes}\n'@", 1));
    }

    private List<string> List(string name)
    {
        var found = Regex.Match(Text, $@"^\s*{name}\s*=\s*@?\(?([^)=]*?)(\)|\r?\n\s*\w+\s*=)", RegexOptions.Multiline);
        return found.Success ? [.. Quoted().Matches(found.Groups[1].Value).Select(m => m.Groups[1].Value)] : throw new InvalidDataException($"The manifest has no list {name}.");
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(CmdletsToExport\s*=\s*)@\([^)]*\)")]
    private static partial Regex CmdletList();

    [GeneratedRegex(@"(ReleaseNotes\s*=\s*)'(?:[^']|'')*'")]
    private static partial Regex Notes();
}
