using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Smtp;

public sealed class SmtpSettingsTests
{
    private static readonly Secret Password = new("canary-password");

    [Theory]
    [InlineData("smtp://user@in-v3.mailjet.com:2525", "in-v3.mailjet.com", 2525, SmtpTls.StartTls, "user")]
    [InlineData("smtp://user@in-v3.mailjet.com", "in-v3.mailjet.com", 587, SmtpTls.StartTls, "user")]
    [InlineData("smtps://user@in-v3.mailjet.com", "in-v3.mailjet.com", 465, SmtpTls.Implicit, "user")]
    [InlineData("smtps://marie%40targo.ca@mail.targo.ca:4650/", "mail.targo.ca", 4650, SmtpTls.Implicit, "marie@targo.ca")]
    [InlineData("smtp://localhost:2525?tls=none", "localhost", 2525, SmtpTls.None, null)]
    [InlineData("smtp://127.0.0.5:2525?tls=none", "127.0.0.5", 2525, SmtpTls.None, null)]
    [InlineData("smtp://u@[::1]:2525?tls=none", "[::1]", 2525, SmtpTls.None, "u")]
    public void An_address_tells_host_port_protection_and_user(string address, string host, int port, SmtpTls tls, string? user)
    {
        var settings = SmtpSettings.Parse(address, Password);
        Assert.Equal((host.Trim('[', ']'), port, tls, user), (settings.Host.Trim('[', ']'), settings.Port, settings.Tls, settings.User));
        Assert.Equal(user is not null, settings.Password is not null);
    }

    [Theory]
    [InlineData("mail.targo.ca", "SmtpAddressInvalid")]
    [InlineData("http://mail.targo.ca", "SmtpAddressInvalid")]
    [InlineData("smtp://", "SmtpAddressInvalid")]
    [InlineData("smtp://\u200b", "SmtpAddressInvalid")]
    [InlineData("smtp://mail.targo.ca/path", "SmtpAddressInvalid")]
    [InlineData("smtp://mail.targo.ca?tls=maybe", "SmtpAddressInvalid")]
    [InlineData("smtps://localhost?tls=none", "SmtpAddressInvalid")]
    [InlineData("smtp://mail.targo.ca?tls=none", "SmtpPlainRefused")]
    [InlineData("smtp://localhost.evil.example?tls=none", "SmtpPlainRefused")]
    [InlineData("smtp://10.0.0.1?tls=none", "SmtpPlainRefused")]
    [InlineData("smtp://user:canary-password@mail.targo.ca", "SmtpPasswordInAddress")]
    public void An_unfit_address_is_refused_and_never_shown(string address, string code)
    {
        var error = Assert.Throws<MailTransportException>(() => SmtpSettings.Parse(address, Password));
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_without_a_password_is_refused() =>
        Assert.Equal("SmtpPasswordMissing", Assert.Throws<MailTransportException>(() => SmtpSettings.Parse("smtp://user@mail.targo.ca", null)).Code);

    [Fact]
    public void The_text_form_has_neither_user_nor_password() =>
        Assert.Equal("smtp://mail.targo.ca:587", SmtpSettings.Parse("smtp://user@mail.targo.ca", Password).ToString());
}
