using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Mail.Transports.Mime;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Mime;

public sealed class QuotedPrintableTests
{
    private static readonly Arbitrary<string> Bodies = Gen.Elements(
            "a", "Z", ".", "..", "=", " ", "  ", "\t", "\r\n", "\n", "\r", "é", "’", "🎁", "\u00A0", "\0", "\u007f", "From ", "\ud800", "\udc00",
            "https://gtbt.co/aB3dE5fG7hJ", new string('x', 74), new string('y', 75), new string('z', 76), new string('.', 80))
        .ListOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void Any_text_comes_back_with_CRLF_line_breaks() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Bodies, body => MimeReader.QuotedPrintable(Encode(body)) == Canonical(body)));

    [Fact]
    public void Any_string_at_all_comes_back() =>
        Check.QuickThrowOnFailure(Prop.ForAll<string>(body => MimeReader.QuotedPrintable(Encode(body ?? "")) == Canonical(body ?? "")));

    [Fact]
    public void No_line_is_longer_than_76_ends_in_space_starts_with_a_dot_or_leaves_printable_ASCII() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Bodies, body =>
        {
            foreach (var line in Encode(body).Split("\r\n"))
            {
                if (line.Length > 76 || line.StartsWith('.') || line.EndsWith(' ') || line.EndsWith('\t')) return false;
                if (line.Any(c => c is (< ' ' and not '\t') or > '~')) return false;
            }
            return true;
        }));

    [Theory]
    [InlineData("60\u00A0$ à l’été", "60=C2=A0$ =C3=A0 l=E2=80=99=C3=A9t=C3=A9")]
    [InlineData("a=b", "a=3Db")]
    [InlineData("end \nnext\t", "end=20\r\nnext=09")]
    [InlineData(".\r\n..", "=2E\r\n=2E.")]
    [InlineData("", "")]
    public void The_form_is_that_of_RFC_2045(string text, string expected) => Assert.Equal(expected, Encode(text));

    [Fact]
    public void A_long_line_gets_soft_breaks_that_vanish_again()
    {
        var encoded = Encode(new string('a', 200));
        Assert.Equal([76, 76, 50], encoded.Split("\r\n").Select(l => l.Length));
    }

    private static string Encode(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        QuotedPrintable.Write(text, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static string Canonical(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal)));
}
