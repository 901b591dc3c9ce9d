using TargoGiftbit.Core.Contacts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("marie@example.com")]
    [InlineData("Marie.Tremblay+cadeau@mail.example.org")]
    [InlineData("o'neil_jr-2@sous-domaine.example.com")]
    [InlineData("a@b.ca")]
    [InlineData("client@québec.example")]
    [InlineData("client@xn--qubec-csa.example")]
    [InlineData("élise@example.com")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234@example.com")]
    public void A_usable_address_is_accepted(string address) => Assert.Equal(EmailFault.None, EmailAddress.Check(address));

    [Theory]
    [InlineData(null, EmailFault.Missing)]
    [InlineData("", EmailFault.Missing)]
    [InlineData(" \u00a0", EmailFault.Missing)]
    [InlineData("marie", EmailFault.NotOneAt)]
    [InlineData("marie@@example.com", EmailFault.NotOneAt)]
    [InlineData("a@example.com;b@example.com", EmailFault.NotOneAt)]
    [InlineData("marie@example.com\r\nBcc: b@example.com", EmailFault.ControlCharacter)]
    [InlineData("marie\u0000@example.com", EmailFault.ControlCharacter)]
    [InlineData("marie\u0085@example.com", EmailFault.ControlCharacter)]
    [InlineData(".marie@example.com", EmailFault.Dots)]
    [InlineData("marie.@example.com", EmailFault.Dots)]
    [InlineData("marie..roy@example.com", EmailFault.Dots)]
    [InlineData("@example.com", EmailFault.LocalPart)]
    [InlineData("marie roy@example.com", EmailFault.LocalPart)]
    [InlineData("Marie <marie@example.com>", EmailFault.LocalPart)]
    [InlineData("\"marie\"@example.com", EmailFault.LocalPart)]
    [InlineData("mailto:marie@example.com", EmailFault.LocalPart)]
    [InlineData("marie,roy@example.com", EmailFault.LocalPart)]
    [InlineData("marie\u200b@example.com", EmailFault.LocalPart)]
    [InlineData("marie@", EmailFault.Domain)]
    [InlineData("marie@localhost", EmailFault.Domain)]
    [InlineData("marie@example", EmailFault.Domain)]
    [InlineData("marie@example.com.", EmailFault.Domain)]
    [InlineData("marie@.example.com", EmailFault.Domain)]
    [InlineData("marie@exa mple.com", EmailFault.Domain)]
    [InlineData("marie@exam_ple.com", EmailFault.Domain)]
    [InlineData("marie@-example.com", EmailFault.Domain)]
    [InlineData("marie@192.168.1.1", EmailFault.Domain)]
    [InlineData("marie@[192.168.1.1]", EmailFault.Domain)]
    [InlineData("marie@example.c", EmailFault.Domain)]
    [InlineData("marie@example,com", EmailFault.Domain)]
    [InlineData("marie@exa\u202emple.com", EmailFault.Domain)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345@example.com", EmailFault.TooLong)]
    public void A_mistake_is_found_and_named(string? address, EmailFault fault) => Assert.Equal(fault, EmailAddress.Check(address));

    [Fact]
    public void An_address_has_at_most_254_bytes()
    {
        var label = new string('d', 62);
        var domain = $"{label}.{label}.{label}.com";

        Assert.Equal(EmailFault.None, EmailAddress.Check(new string('a', 254 - domain.Length - 1) + "@" + domain));
        Assert.Equal(EmailFault.TooLong, EmailAddress.Check(new string('a', 255 - domain.Length - 1) + "@" + domain));
    }

    [Theory]
    [InlineData("élise@example.com", true)]
    [InlineData("elise@québec.example", false)]
    [InlineData("elise@example.com", false)]
    public void Only_a_local_part_beyond_ASCII_needs_SMTPUTF8(string address, bool needs) => Assert.Equal(needs, EmailAddress.NeedsSmtpUtf8(address));

    [Theory]
    [InlineData(" Marie@Example.COM ", "marie@example.com")]
    [InlineData("marie @ example.com", "marie@example.com")]
    [InlineData("\u00a0ÉLISE@example.com", "élise@example.com")]
    [InlineData("marie@QUÉBEC.example", "marie@xn--qubec-csa.example")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Two_spellings_of_an_address_have_one_key(string? address, string key) => Assert.Equal(key, EmailAddress.Key(address));

    [Theory]
    [InlineData("inbox@example.com", 12, "inbox+12@example.com")]
    [InlineData("a+b@example.com", 12, "a+b+12@example.com")]
    [InlineData("Test.Box@Example.com", int.MaxValue, "Test.Box+2147483647@Example.com")]
    public void The_test_inbox_is_tagged_with_the_row_and_gives_it_back(string inbox, int row, string tagged)
    {
        Assert.Equal(tagged, TestInbox.Tag(inbox, row));
        Assert.True(EmailAddress.IsValid(tagged));
        Assert.Equal(row, TestInbox.RowOf(inbox, tagged));
        Assert.Equal(row, TestInbox.RowOf(inbox, $" {tagged.ToUpperInvariant()} "));
    }

    [Theory]
    [InlineData("inbox@example.com")]
    [InlineData("inbox+@example.com")]
    [InlineData("inbox+0@example.com")]
    [InlineData("inbox+012@example.com")]
    [InlineData("inbox+-1@example.com")]
    [InlineData("inbox+12x@example.com")]
    [InlineData("inbox+b+12@example.com")]
    [InlineData("inbox+99999999999@example.com")]
    [InlineData("inbox+12@example.com.attacker.example")]
    [InlineData("other+12@example.com")]
    [InlineData("inbox+12@example.org")]
    [InlineData("xinbox+12@example.com")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_address_has_no_row(string? address) => Assert.Null(TestInbox.RowOf("inbox@example.com", address));

    [Theory]
    [InlineData("")]
    [InlineData("inbox")]
    [InlineData("Test <inbox@example.com>")]
    [InlineData("inbox@example.com\nx")]
    public void A_test_inbox_that_is_no_plain_address_is_refused(string inbox)
    {
        var error = Assert.Throws<GiftContactException>(() => TestInbox.Tag(inbox, 1));

        Assert.Equal(ContactCodes.TestInboxInvalid, error.Code);
        Assert.Contains("GIFT_TEST_INBOX", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_test_inbox_without_room_for_the_row_is_refused() =>
        Assert.Equal(ContactCodes.TestInboxTooLong, Assert.Throws<GiftContactException>(() => TestInbox.Tag(new string('a', 62) + "@example.com", 12)).Code);
}
