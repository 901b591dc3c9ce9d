using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Draws a brand's logo: its initials in white on a plate of its own colour.</summary>
internal static class BrandLogo
{
    private const int Width = 160;
    private const int Height = 80;
    private const int Dot = 7;

    // Rows of five dots, most significant first, seven rows a letter.
    private static readonly Dictionary<char, byte[]> Letters = new()
    {
        ['A'] = [14, 17, 17, 31, 17, 17, 17],
        ['B'] = [30, 17, 17, 30, 17, 17, 30],
        ['C'] = [14, 17, 16, 16, 16, 17, 14],
        ['D'] = [30, 17, 17, 17, 17, 17, 30],
        ['G'] = [14, 17, 16, 23, 17, 17, 14],
        ['H'] = [17, 17, 17, 31, 17, 17, 17],
        ['I'] = [14, 4, 4, 4, 4, 4, 14],
        ['M'] = [17, 27, 21, 21, 17, 17, 17],
        ['N'] = [17, 25, 21, 19, 17, 17, 17],
        ['S'] = [15, 16, 16, 14, 1, 1, 30],
        ['T'] = [31, 4, 4, 4, 4, 4, 4],
        ['V'] = [17, 17, 17, 17, 17, 10, 4],
        ['W'] = [17, 17, 17, 21, 21, 27, 17],
        ['?'] = [14, 17, 1, 2, 4, 0, 4],
    };

    public static byte[] Draw(Brand brand)
    {
        var random = new SeededRandom(7, brand.Code);
        // Dark enough for white letters: each part below two thirds.
        byte[] palette = [255, 255, 255, (byte)random.Next(160), (byte)random.Next(140), (byte)random.Next(170), 255, 255, 255];
        var pixels = new byte[Width * Height];
        FillPlate(pixels);
        var initials = Initials(brand.Name);
        var left = (Width - (((initials.Length * 6) - 1) * Dot)) / 2;
        foreach (var letter in initials)
        {
            DrawLetter(pixels, Letters.GetValueOrDefault(letter, Letters['?']), left);
            left += 6 * Dot;
        }

        return PngWriter.Write(Width, Height, pixels, palette);
    }

    private static string Initials(string name) => string.Concat(
        name.Split([' ', '.', '&'], StringSplitOptions.RemoveEmptyEntries).Take(3).Select(word => char.ToUpperInvariant(word[0])));

    private static void FillPlate(byte[] pixels)
    {
        const int radius = 14;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var dx = Math.Max(0, Math.Max(radius - x, x - (Width - 1 - radius)));
                var dy = Math.Max(0, Math.Max(radius - y, y - (Height - 1 - radius)));
                pixels[(y * Width) + x] = (dx * dx) + (dy * dy) <= radius * radius ? (byte)1 : (byte)0;
            }
        }
    }

    private static void DrawLetter(byte[] pixels, byte[] rows, int left)
    {
        var top = (Height - (7 * Dot)) / 2;
        for (var y = 0; y < 7 * Dot; y++)
        {
            for (var x = 0; x < 5 * Dot; x++)
            {
                if ((rows[y / Dot] & (16 >> (x / Dot))) != 0)
                    pixels[((top + y) * Width) + left + x] = 2;
            }
        }
    }
}
