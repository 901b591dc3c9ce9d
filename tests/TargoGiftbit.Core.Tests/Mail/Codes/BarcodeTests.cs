using System.Buffers.Binary;
using System.IO.Compression;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Codes;

namespace TargoGiftbit.Core.Tests.Mail.Codes;

/// <summary>Barcodes are read back from their pictures, dot by dot.</summary>
public sealed class BarcodeTests
{
    [Fact]
    public void The_check_symbol_of_a_known_text_is_right()
    {
        // Worked out by hand: 104 + 1·48 (P) + 2·42 (J) + 3·42 (J) + 4·17 (1) + 5·18 (2) + 6·19 (3) + 7·35 (C) = 879, and 879 mod 103 = 55.
        Assert.Equal([104, 48, 42, 42, 17, 18, 19, 35, 55, 106], Code128.Symbols("PJJ123C")!);
    }

    [Fact]
    public void Digits_are_written_two_to_a_symbol_and_an_odd_one_by_itself()
    {
        Assert.Equal([105, 12, 34], Code128.Symbols("1234")!.Take(3));
        Assert.Equal([105, 12, 34, 100, 21], Code128.Symbols("12345")!.Take(5));
        Assert.Null(Code128.Symbols("é"));
        Assert.Null(Code128.Symbols(""));
    }

    [Theory]
    [InlineData("9123456789012345")]
    [InlineData("91234567890123456")]
    [InlineData("TIM-TEST-AB12")]
    [InlineData("a~ }")]
    public void A_code_128_says_what_it_was_drawn_from(string value)
    {
        var image = BarcodeImage.Draw(BarcodeKind.Code128, value)!;
        var (width, height, dots) = Read(image.Png);
        Assert.Equal((image.Width * 2, image.Height * 2), (width, height));
        // Ten modules of white on either side, and every row the same.
        var perModule = width / (Code128.Modules(value)!.Count + 20);
        var row = Enumerable.Range(0, width / perModule).Select(m => dots[height / 2, (m * perModule) + (perModule / 2)]).ToArray();
        Assert.All(row[..10].Concat(row[^10..]), black => Assert.False(black));
        Assert.Equal(value, Decode(row[10..^10]));
        Assert.True(Enumerable.Range(0, width).All(x => dots[0, x] == dots[height - 1, x]));
    }

    [Fact]
    public void A_qr_code_has_its_three_corner_marks_and_its_quiet_zone()
    {
        var image = BarcodeImage.Draw(BarcodeKind.Qr, "9123456789012345")!;
        var (width, height, dots) = Read(image.Png);
        Assert.Equal(width, height);
        var perModule = Enumerable.Range(0, width).First(i => dots[i, i]) / 4;
        bool At(int x, int y) => dots[(y * perModule) + (perModule / 2), (x * perModule) + (perModule / 2)];
        var size = width / perModule;
        foreach (var (left, top) in new[] { (4, 4), (size - 11, 4), (4, size - 11) })
            for (var i = 0; i < 7; i++)
                Assert.True(At(left + i, top) && At(left + i, top + 6) && At(left, top + i) && At(left + 6, top + i) && At(left + 3, top + 3) && !At(left + 1, top + 1));
        Assert.All(Enumerable.Range(0, size), i => Assert.False(At(i, 0) || At(0, i) || At(i, size - 1)));
    }

    [Theory]
    [InlineData(BarcodeKind.None, "1234")]
    [InlineData(BarcodeKind.Code128, "clé")]
    [InlineData(BarcodeKind.Code128, "a text that is far too long to be read from a telephone's screen by anything")]
    public void What_cannot_be_drawn_is_left_out(BarcodeKind kind, string value) => Assert.Null(BarcodeImage.Draw(kind, value));

    // A reader of its own: widths to symbols by the standard's table, turned round.
    private static string Decode(bool[] modules)
    {
        List<int> symbols = [];
        var at = 0;
        while (at + 13 < modules.Length)
        {
            symbols.Add(Enumerable.Range(0, 106).Single(s => Pattern(s).SequenceEqual(modules[at..(at + 11)])));
            at += 11;
        }
        Assert.Equal(symbols[^1], symbols[..^1].Select((s, i) => s * Math.Max(i, 1)).Sum() % 103);
        var text = "";
        var set = symbols[0];
        foreach (var symbol in symbols[1..^1])
        {
            if (set == 105 && symbol == 100) set = 104;
            else text += set == 105 ? $"{symbol:00}" : (char)(symbol + ' ');
        }
        return text;
    }

    private static bool[] Pattern(int symbol)
    {
        // A text of one character of set B holds start, the symbol, check and stop: the second eleven modules are the symbol's.
        if (symbol <= 94) return [.. Code128.Modules(((char)(symbol + ' ')).ToString())!.Skip(11).Take(11)];
        return symbol switch
        {
            104 => [.. Code128.Modules("A")!.Take(11)],
            105 => [.. Code128.Modules("00")!.Take(11)],
            100 => [.. Code128.Modules("001")!.Skip(22).Take(11)],
            <= 99 => [.. Code128.Modules(symbol.ToString("00", System.Globalization.CultureInfo.InvariantCulture))!.Skip(11).Take(11)],
            _ => [],
        };
    }

    private static (int Width, int Height, bool[,] Black) Read(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
        int width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        Assert.Equal((1, 0), (png[24], png[25]));
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var zip = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zip.CopyTo(raw);
        var rows = raw.ToArray();
        var stride = 1 + ((width + 7) / 8);
        var dots = new bool[height, width];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                dots[y, x] = (rows[(y * stride) + 1 + (x / 8)] & (0x80 >> (x % 8))) == 0;
        return (width, height, dots);
    }
}
