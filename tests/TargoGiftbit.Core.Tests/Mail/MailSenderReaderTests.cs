using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Tests.Mail;

public sealed class MailSenderReaderTests
{
    [Theory]
    [InlineData("TARGO <noreply@targo.ca>", "noreply@targo.ca", "TARGO")]
    [InlineData("\"TARGO Communications\" <noreply@targo.ca> ", "noreply@targo.ca", "TARGO Communications")]
    [InlineData(" noreply@targo.ca ", "noreply@targo.ca", null)]
    [InlineData("<noreply@targo.ca>", "noreply@targo.ca", null)]
    public void An_address_may_have_a_name(string text, string address, string? name)
    {
        var read = MailSenderReader.Address(text)!;
        Assert.Equal((address, name), (read.Address, read.Name));
    }

    [Fact]
    public void What_the_settings_say_wins_and_the_rest_keeps_its_default()
    {
        var settings = Settings(("GIFT_FROM", "Gigafibre <cadeaux@gigafibre.ca>"), ("GIFT_SUBJECT_EN", "Hello"));
        var sender = MailSenderReader.Read(settings);
        Assert.Equal(("cadeaux@gigafibre.ca", "Gigafibre"), (sender.From.Address, sender.From.Name));
        Assert.Equal("Hello", sender.SubjectEn);
        Assert.Equal(new MailSenderSettings().SubjectFr, sender.SubjectFr);
        Assert.Equal("support@targo.ca", sender.ReplyTo?.Address);
        Assert.Null(sender.UnsubscribeUrl);
    }

    [Fact]
    public void A_plain_unsubscribe_page_off_this_machine_is_refused()
    {
        var settings = Settings(("GIFT_UNSUBSCRIBE_URL", "http://targo.ca/unsubscribe"));
        Assert.Equal("EndpointNotSecure", Assert.Throws<GiftSettingsException>(() => MailSenderReader.Read(settings)).Code);
    }

    private static GiftSettings Settings(params (string Name, string Value)[] environment) => GiftSettings.Load(
        environment: environment.Append(("GIFT_HOME", Path.Combine(Path.GetTempPath(), "targo-no-such-folder"))).ToDictionary(e => e.Item1, e => e.Item2));
}
