namespace TargoGiftbit.Core.Mail.Codes;

/// <summary>
/// Code 128 (ISO/IEC 15417): turns a text into bars. Runs of digits alone are written two to a symbol (set C), anything else in
/// set B.
/// </summary>
internal static class Code128
{
    private const int StartB = 104;
    private const int StartC = 105;
    private const int SwitchToB = 100;
    private const int Stop = 106;

    // Widths of bar, space, bar, space, bar, space of the symbols 0 to 105, and the stop sign with its closing bar.
    private static readonly string[] Widths =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132",
        "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212",
        "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311",
        "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321",
        "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
        "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212",
        "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",
        "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ];

    /// <summary>The symbols of a text with start, check and stop; null when a character cannot be written.</summary>
    public static IReadOnlyList<int>? Symbols(string text)
    {
        if (text.Length == 0 || text.Any(c => c is < ' ' or > '~')) return null;
        List<int> symbols = [];
        if (text.Length > 1 && text.All(char.IsAsciiDigit))
        {
            symbols.Add(StartC);
            for (var at = 0; at + 1 < text.Length; at += 2) symbols.Add(((text[at] - '0') * 10) + text[at + 1] - '0');
            if (text.Length % 2 == 1) symbols.AddRange([SwitchToB, text[^1] - ' ']);
        }
        else
        {
            symbols.Add(StartB);
            symbols.AddRange(text.Select(c => c - ' '));
        }
        // Each symbol counts by its place; the start sign counts once.
        var check = symbols.Select((symbol, at) => symbol * Math.Max(at, 1)).Sum() % 103;
        return [.. symbols, check, Stop];
    }

    /// <summary>The bars of a text, one entry a module, true for black, without quiet zones; null when it cannot be written.</summary>
    public static IReadOnlyList<bool>? Modules(string text)
    {
        if (Symbols(text) is not { } symbols) return null;
        List<bool> modules = [];
        foreach (var symbol in symbols)
        {
            var isBar = true;
            foreach (var width in Widths[symbol])
            {
                modules.AddRange(Enumerable.Repeat(isBar, width - '0'));
                isBar = !isBar;
            }
        }
        return modules;
    }
}
