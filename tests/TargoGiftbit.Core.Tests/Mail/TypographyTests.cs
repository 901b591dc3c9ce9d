using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;

namespace TargoGiftbit.Core.Tests.Mail;

public class TypographyTests
{
    [Theory]
    [InlineData(6000, "CAD", "60\u00A0$", "$60")]
    [InlineData(5950, "CAD", "59,50\u00A0$", "$59.50")]
    [InlineData(5905, "CAD", "59,05\u00A0$", "$59.05")]
    [InlineData(0, "CAD", "0\u00A0$", "$0")]
    [InlineData(5, "CAD", "0,05\u00A0$", "$0.05")]
    [InlineData(100000, "CAD", "1\u00A0000\u00A0$", "$1,000")]
    [InlineData(123456789, "CAD", "1\u00A0234\u00A0567,89\u00A0$", "$1,234,567.89")]
    [InlineData(-6000, "CAD", "\u221260\u00A0$", "\u2212$60")]
    [InlineData(6000, "USD", "60\u00A0$\u00A0US", "US$60")]
    [InlineData(6050, "USD", "60,50\u00A0$\u00A0US", "US$60.50")]
    [InlineData(6000, "AUD", "60\u00A0$\u00A0AU", "A$60")]
    [InlineData(6000, "EUR", "60\u00A0€", "€60")]
    [InlineData(6000, "GBP", "60\u00A0GBP", "GBP\u00A060")]
    [InlineData(long.MinValue, "CAD", "\u221292\u00A0233\u00A0720\u00A0368\u00A0547\u00A0758,08\u00A0$", "\u2212$92,233,720,368,547,758.08")]
    public void Money_is_written_to_the_code_point(long cents, string currency, string french, string english)
    {
        Assert.Equal(french, Typography.Amount(new Money(cents, currency), GiftLanguage.Fr));
        Assert.Equal(english, Typography.Amount(new Money(cents, currency), GiftLanguage.En));
    }

    [Fact]
    public void Sixty_dollars_in_French_is_these_four_code_points() =>
        Assert.Equal([0x36, 0x30, 0xA0, 0x24], Typography.Amount(Money.Cad(6000), GiftLanguage.Fr).Select(c => (int)c));

    [Theory]
    [InlineData(2026, 12, 31, "31\u00A0d\u00E9cembre 2026", "December 31, 2026")]
    [InlineData(2027, 1, 1, "1er\u00A0janvier 2027", "January 1, 2027")]
    [InlineData(2027, 2, 2, "2\u00A0f\u00E9vrier 2027", "February 2, 2027")]
    [InlineData(2027, 3, 21, "21\u00A0mars 2027", "March 21, 2027")]
    [InlineData(2027, 4, 30, "30\u00A0avril 2027", "April 30, 2027")]
    [InlineData(2027, 5, 11, "11\u00A0mai 2027", "May 11, 2027")]
    [InlineData(2027, 6, 1, "1er\u00A0juin 2027", "June 1, 2027")]
    [InlineData(2027, 7, 12, "12\u00A0juillet 2027", "July 12, 2027")]
    [InlineData(2028, 2, 29, "29\u00A0f\u00E9vrier 2028", "February 29, 2028")]
    [InlineData(2027, 8, 15, "15\u00A0ao\u00FBt 2027", "August 15, 2027")]
    [InlineData(2027, 9, 9, "9\u00A0septembre 2027", "September 9, 2027")]
    [InlineData(2027, 10, 10, "10\u00A0octobre 2027", "October 10, 2027")]
    [InlineData(2027, 11, 3, "3\u00A0novembre 2027", "November 3, 2027")]
    public void Dates_are_written_in_words(int year, int month, int day, string french, string english)
    {
        Assert.Equal(french, Typography.Date(new DateOnly(year, month, day), GiftLanguage.Fr));
        Assert.Equal(english, Typography.Date(new DateOnly(year, month, day), GiftLanguage.En));
    }

    [Fact]
    public void The_culture_of_the_machine_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in new[] { "", "fr-CA", "de-DE", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                Assert.Equal("1\u00A0234,50\u00A0$", Typography.Amount(Money.Cad(123450), GiftLanguage.Fr));
                Assert.Equal("December 31, 2026", Typography.Date(new DateOnly(2026, 12, 31), GiftLanguage.En));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_amount_can_be_read_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), cents =>
        {
            var text = Typography.Amount(Money.Cad(cents), GiftLanguage.En).Replace("$", "").Replace('\u2212', '-');
            return decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) == cents / 100m;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_are_joined_as_in_a_sentence()
    {
        Assert.Equal("", Typography.List([], GiftLanguage.Fr));
        Assert.Equal("A", Typography.List(["A"], GiftLanguage.Fr));
        Assert.Equal("A et B", Typography.List(["A", "B"], GiftLanguage.Fr));
        Assert.Equal("A, B and C", Typography.List(["A", "B", "C"], GiftLanguage.En));
    }
}
