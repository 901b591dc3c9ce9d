using System.Text;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>Spoils input in the ways in which it gets spoilt, or is spoilt on purpose. The same random source gives the same input.</summary>
internal static class Mutator
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\"\"", "{", "}", "[", "]", ",", ":", ";", "\t", "\\", "\\u0000", "\\ud800", "null", "true", "-1", "0", "1e999", "99999999999999999999", "9223372036854775808", "1.5",
            "\0", "é", "\u2028", "\ufeff", "//", "[[[[[[[[", "{{{{", "}}}", "{{#if ", "{{/", "{{!--", "--}}", "{{else}}", "<", ">", "<!--", "&#0;", "=", "'", "#", "export ", "\r", "\n", "\r\n", " ", "+", "@", "..", ".",
            "%", "%ZZ", "%00", "http://", "https://", "javascript:", "0000-00-00", "2026-13-45 99:99:99", "9999-12-31 23:59:59", "250-", "250 ", "421 ", "AUTH", "SIZE ", "INFO_", "ERROR_", "CAD", "\u0130", "\ud83c\udf81",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Of(byte[][] seeds, Random random)
    {
        var seed = seeds[random.Next(seeds.Length)];
        // Now and then as it is: good input has to get through too.
        var times = random.Next(20) == 0 ? 0 : 1 << random.Next(5);
        var input = new List<byte>(seed);
        for (; times > 0; times--) Mutate(input, seeds, random);
        return [.. input];
    }

    private static void Mutate(List<byte> input, byte[][] seeds, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(1, 1 << random.Next(1, 8)), input.Count - at);
        switch (random.Next(9))
        {
            case 0 when at < input.Count: input[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < input.Count: input[at] = (byte)random.Next(256); break;
            case 2: input.RemoveRange(at, length); break;
            case 3 when input.Count < 64 * 1024: input.InsertRange(at, input.GetRange(at, length)); break;
            case 4: input.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
            case 5 when random.Next(4) == 0: input.RemoveRange(at, input.Count - at); break;
            case 6 when input.Count > 0: input.InsertRange(random.Next(input.Count), input.GetRange(at, length)); break;
            case 7:
                // Half of one and half of another.
                var other = seeds[random.Next(seeds.Length)];
                var from = random.Next(other.Length + 1);
                input.RemoveRange(at, input.Count - at);
                input.AddRange(other[from..]);
                break;
            default:
                // The same piece many times over: depth and length.
                if (input.Count > 64 * 1024) break;
                var piece = Pieces[random.Next(Pieces.Length)];
                for (var n = 1 << random.Next(10); n > 0; n--) input.InsertRange(Math.Min(at, input.Count), piece);
                break;
        }
    }
}
