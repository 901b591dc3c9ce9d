namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>Spoils a body in one of the ways in which bodies get spoilt, or are spoilt on purpose.</summary>
internal static class Mutation
{
    private static readonly byte[][] Pieces = [.. new[] { "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "\\ud800", "null", "-1", "1e999", "99999999999999999999", "\0", "\u00e9", "//", "[[[[[[[[" }
        .Select(System.Text.Encoding.UTF8.GetBytes)];

    public static byte[] Of(ReadOnlySpan<byte> seed, Random random)
    {
        var body = new List<byte>(seed.ToArray());
        for (var n = random.Next(1, 6); n > 0 && body.Count > 0; n--)
        {
            var at = random.Next(body.Count);
            var length = Math.Min(random.Next(1, 40), body.Count - at);
            switch (random.Next(7))
            {
                case 0: body[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: body[at] = (byte)random.Next(256); break;
                case 2: body.RemoveRange(at, length); break;
                case 3: body.InsertRange(at, body.GetRange(at, length)); break;
                case 4: body.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
                case 5: body.RemoveRange(at, body.Count - at); break;
                default: body.InsertRange(random.Next(body.Count), body.GetRange(at, length)); break;
            }
        }
        return [.. body];
    }
}
