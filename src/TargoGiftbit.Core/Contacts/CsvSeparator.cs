using CsvHelper;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Finds the separator of a file by its header: the one that makes the most known column names of it.</summary>
internal static class CsvSeparator
{
    private static readonly char[] Candidates = [';', ',', '\t'];

    /// <summary>The separator, or null when the first line names it itself (<c>sep=;</c>, as Excel writes it), which the CSV library obeys.</summary>
    /// <param name="head">The beginning of the file, with all of its header.</param>
    /// <param name="isKnown">Whether a column name is known.</param>
    internal static char? Find(string head, Func<string, bool> isKnown)
    {
        if (head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head.Length > 5 && head[5] is '\r' or '\n') return null;
        var best = Candidates[0];
        int known = -1, cells = -1;
        foreach (var candidate in Candidates)
        {
            var score = Score(head, candidate, isKnown);
            if (score.Known < known || (score.Known == known && score.Cells <= cells)) continue;
            (best, known, cells) = (candidate, score.Known, score.Cells);
        }
        return best;
    }

    private static (int Known, int Cells) Score(string head, char separator, Func<string, bool> isKnown)
    {
        using var reader = CsvReader.FromText(head, new CsvReaderOptions { Separator = separator, HasHeader = false });
        while (reader.Read())
        {
            var cells = reader.Current.ToArray();
            // A line of separators alone is blank, whichever of them is the right one.
            if (cells.All(cell => cell.AsSpan().Trim().Trim(Candidates).IsEmpty)) continue;
            return (cells.Count(isKnown), cells.Length);
        }
        return default;
    }
}
