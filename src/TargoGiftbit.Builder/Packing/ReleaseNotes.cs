namespace TargoGiftbit.Builder.Packing;

/// <summary>What changed in a version, out of the changelog.</summary>
internal static class ReleaseNotes
{
    // The PowerShell Gallery takes no more than 35,000 characters.
    private const int Longest = 35_000;

    /// <summary>The section of a version; the unreleased one as long as the version has none.</summary>
    internal static string Of(string changelog, string version)
    {
        var sections = changelog.ReplaceLineEndings("\n").Split("\n## ").Skip(1).ToList();
        var section = sections.Find(s => s.StartsWith($"[{version}]", StringComparison.Ordinal))
            ?? sections.Find(s => s.StartsWith("[Unreleased]", StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidDataException($"CHANGELOG.md has no section [{version}] and none [Unreleased].");
        var notes = section[(section.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
        return notes.Length <= Longest ? notes : notes[..Longest];
    }
}
