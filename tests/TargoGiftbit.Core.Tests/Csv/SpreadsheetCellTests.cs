using FsCheck.Fluent;
using TargoGiftbit.Core.Csv;

namespace TargoGiftbit.Core.Tests.Csv;

public sealed class SpreadsheetCellTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1 450 555 0000")]
    [InlineData("-2")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\nx")]
    [InlineData(" =1")]
    [InlineData("\"=1")]
    [InlineData("' \"=1")]
    [InlineData("\u00a0@x")]
    [InlineData("＝1")]
    public void A_cell_that_could_run_gets_an_apostrophe(string text) => Assert.Equal("'" + text, SpreadsheetCell.Guard(text));

    [Theory]
    [InlineData("")]
    [InlineData("Marie")]
    [InlineData("a=b")]
    [InlineData("marie-eve@example.com")]
    [InlineData("'Marie'")]
    [InlineData("\"Ti-Jean\"")]
    [InlineData("60,00 $")]
    public void Any_other_cell_stays_as_it_is(string text) => Assert.Equal(text, SpreadsheetCell.Guard(text));

    [Fact]
    public void What_was_guarded_is_restored_exactly()
    {
        var texts = Gen.ArrayOf(Gen.Elements("=+-@'\" \tx\r\n".ToCharArray())).Select(chars => new string(chars));
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(texts.ToArbitrary(), text => SpreadsheetCell.Restore(SpreadsheetCell.Guard(text)) == text));
    }
}
