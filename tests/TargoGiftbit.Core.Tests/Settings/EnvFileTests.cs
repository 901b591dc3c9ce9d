using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Tests.Settings;

public sealed class EnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("export\tA=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=   # nothing", "")]
    [InlineData("A=x # comment", "x")]
    [InlineData("A=x#y", "x#y")]
    [InlineData("A=a=b", "a=b")]
    [InlineData("A='x # y'", "x # y")]
    [InlineData("A='x' # y", "x")]
    [InlineData("A='C:\\new'", "C:\\new")]
    [InlineData("A=\"a\\\"b\\\\c\\$d\\n\"", "a\"b\\c$d\\n")]
    [InlineData("A=\"$HOME\"", "$HOME")]
    [InlineData("A=\"\"", "")]
    [InlineData("A=l'été", "l'été")]
    public void A_line_gives_its_value(string line, string expected) => Assert.Equal(expected, Parse(line)["A"]);

    [Fact]
    public void Bom_comments_blank_lines_and_windows_line_ends_are_fine()
    {
        var values = Parse("\uFEFF# settings\r\n\r\nA=1\r\n  # more\r\nB='2'\r\n");
        Assert.Equal(["A", "B"], values.Keys.Order());
        Assert.Equal("1", values["A"]);
        Assert.Equal("2", values["B"]);
    }

    [Theory]
    [InlineData("A=1\ncanary-value", 2)]
    [InlineData("A='canary-value", 1)]
    [InlineData("A=\"canary-value\\\"", 1)]
    [InlineData("\n\nA='canary'-value", 3)]
    [InlineData("1A=canary-value", 1)]
    [InlineData("A B=canary-value", 1)]
    [InlineData("=canary-value", 1)]
    [InlineData("A=canary\u0001value", 1)]
    [InlineData("A=x\nA=canary-value", 2)]
    [InlineData("A=canary\rvalue", 1)]
    public void A_line_that_is_not_understood_is_named_by_number_and_not_shown(string text, int line)
    {
        var error = Assert.Throws<GiftSettingsException>(() => Parse(text));
        Assert.Equal("EnvFileInvalid", error.Code);
        Assert.Contains($"Line {line} of '/home/.env'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_an_error_that_shows_none_of_them()
    {
        var error = Assert.Throws<GiftSettingsException>(() => EnvFile.Parse(Encoding.Latin1.GetBytes("A=1\nB=café"), "/home/.env"));
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("E9", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_file_of_a_megabyte_is_refused() =>
        Assert.Equal("EnvFileInvalid", Assert.Throws<GiftSettingsException>(() => EnvFile.Parse(new byte[1 << 20], "x")).Code);

    [Fact]
    public void Whatever_is_written_in_quotes_is_read_back()
    {
        var name = from first in Gen.Elements("ABCDEFGabc_".ToCharArray())
                   from rest in Gen.Elements("ABC_019xyz".ToCharArray()).ArrayOf()
                   select first + new string(rest);
        var value = Gen.Choose(0x20, 0x2FF).Where(c => !char.IsControl((char)c)).Select(c => (char)c).ArrayOf().Select(c => new string(c));
        var single = Gen.Elements(true, false);
        Prop.ForAll(name.ToArbitrary(), value.ToArbitrary(), single.ToArbitrary(), (n, v, useSingle) =>
        {
            var quoted = useSingle && !v.Contains('\'', StringComparison.Ordinal)
                ? $"'{v}'"
                : "\"" + v.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
            return Parse($"# head\r\nexport {n}={quoted} # tail\n")[n] == v;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_never_crash()
    {
        var bytes = Gen.OneOf(Gen.Choose(0, 255), Gen.Elements('=', '\'', '"', '\n', '\r', '#', '\\', 'A', ' ').Select(c => (int)c))
            .Select(b => (byte)b).ArrayOf();
        Prop.ForAll(bytes.ToArbitrary(), content =>
        {
            try
            {
                EnvFile.Parse(content, "f");
            }
            catch (GiftSettingsException)
            {
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static IReadOnlyDictionary<string, string> Parse(string text) => EnvFile.Parse(Encoding.UTF8.GetBytes(text), "/home/.env");
}
