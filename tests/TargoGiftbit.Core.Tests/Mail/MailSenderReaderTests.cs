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
    public void Everything_that_a_mail_says_of_its_sender_can_be_set()
    {
        var sender = MailSenderReader.Read(Settings(
            ("GIFT_FROM", "A <a@example.ca>"), ("GIFT_REPLY_TO", "b@example.ca"), ("GIFT_SUPPORT_ADDRESS", "c@example.ca"), ("GIFT_MAILING_ADDRESS", "1, rue D"),
            ("GIFT_SUBJECT_FR", "e"), ("GIFT_SUBJECT_EN", "f"), ("GIFT_REMINDER_SUBJECT_FR", "g"), ("GIFT_REMINDER_SUBJECT_EN", "h"),
            ("GIFT_UNSUBSCRIBE_URL", "https://example.ca/i"), ("GIFT_UNSUBSCRIBE_MAILTO", "Liste <j@example.ca>"), ("GIFT_SIGNING_KEY", "k"),
            ("GIFT_PRIVACY_URL", "https://example.ca/l?lang=fr#m"), ("GIFT_COMMITMENT_FR", "n"), ("GIFT_COMMITMENT_EN", "o"),
            ("GIFT_TRACK_OPENS", "True"), ("GIFT_TRACK_CLICKS", "no")));

        // A property that no setting reaches would keep its default and show up here.
        var usual = new MailSenderSettings();
        Assert.All(typeof(MailSenderSettings).GetProperties().Where(p => p.CanWrite), p => Assert.NotEqual(p.GetValue(usual), p.GetValue(sender)));
        Assert.Equal(("c@example.ca", "j@example.ca", "https://example.ca/l?lang=fr#m"), (sender.SupportAddress, sender.UnsubscribeAddress, sender.PrivacyUrl!.AbsoluteUri));
        Assert.Equal(("g", "h", true, false), (sender.ReminderSubjectFr, sender.ReminderSubjectEn, sender.TrackOpens, sender.TrackClicks));
    }

    [Fact]
    public void The_defaults_that_are_shown_are_those_that_are_used() =>
        Assert.Equal(new MailSenderSettings() with { ReplyTo = new("support@targo.ca") }, MailSenderReader.Read(Settings()));

    [Theory]
    [InlineData("GIFT_TRACK_OPENS", "perhaps")]
    [InlineData("GIFT_PRIVACY_URL", "http://targo.ca/privacy")]
    [InlineData("GIFT_PRIVACY_URL", "targo.ca/privacy")]
    public void A_setting_that_cannot_be_read_is_named(string name, string value)
    {
        var error = Assert.Throws<GiftSettingsException>(() => MailSenderReader.Read(Settings((name, value))));
        Assert.Equal("SettingInvalid", error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
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
