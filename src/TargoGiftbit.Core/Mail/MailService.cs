using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Mail.Transports.Smtp;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Mail;

/// <summary>Which transport to use.</summary>
public enum TransportChoice
{
    /// <summary>Mailjet's API when its keys are set, else SMTP when its address is.</summary>
    Auto,

    /// <summary>Mailjet's Send API.</summary>
    Mailjet,

    /// <summary>SMTP.</summary>
    Smtp,
}

/// <summary>The mail service that the settings name: a transport, and the look-up that settles what is uncertain.</summary>
public sealed class MailService : IAsyncDisposable
{
    private readonly HttpSender? sender;

    private MailService(IMailTransport transport, MailjetRest? rest, HttpSender? sender)
    {
        Transport = transport;
        Rest = rest;
        if (rest is not null)
        {
            var messages = new MailjetMessages(rest);
            Find = messages.FindAsync;
            Fates = messages.FatesAsync;
        }
        this.sender = sender;
    }

    /// <summary>Hands messages over.</summary>
    public IMailTransport Transport { get; }

    /// <summary>Looks messages up; null where the service cannot be asked (SMTP without Mailjet keys).</summary>
    public FindMessages? Find { get; }

    /// <summary>Tells what became of messages; null where the service cannot be asked.</summary>
    public FindFates? Fates { get; }

    /// <summary>Asks what became of messages; null where the service cannot be asked.</summary>
    public MailjetRest? Rest { get; }

    /// <summary>Sets the service up; nothing is connected yet.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="choice">Which transport.</param>
    /// <param name="onRetry">Told of each repeat of a look-up.</param>
    /// <exception cref="MailTransportException"><c>MailServiceMissing</c>, or the transport's own set-up errors.</exception>
    /// <exception cref="GiftSettingsException">A key is missing.</exception>
    public static MailService Open(GiftSettings settings, TransportChoice choice, Action<RetryNotice>? onRetry = null)
    {
        var hasMailjet = settings.Secret(SettingName.MailjetPrivateKey) is not null;
        var hasSmtp = settings.Text(SettingName.Smtp) is not null;
        if (choice == TransportChoice.Auto) choice = hasMailjet || !hasSmtp ? TransportChoice.Mailjet : TransportChoice.Smtp;
        if (choice == TransportChoice.Smtp)
        {
            var smtp = SmtpSettings.Parse(settings.RequireText(SettingName.Smtp), settings.Secret(SettingName.SmtpPassword));
            return new MailService(new SmtpTransport(smtp), null, null);
        }
        if (!hasMailjet && !hasSmtp) throw new MailTransportException("MailServiceMissing", MailingText.NoService(settings.DataFolder));
        var mailjet = new MailjetSettings(
            settings.Endpoint(SettingName.MailjetEndpoint) ?? new Uri("https://api.mailjet.com"),
            settings.RequireSecret(SettingName.MailjetPublicKey), settings.RequireSecret(SettingName.MailjetPrivateKey));
        var sender = new HttpSender(new HttpOptions { Service = "Mailjet", OnRetry = onRetry });
        return new MailService(new MailjetTransport(mailjet, HttpConnections.CreateClient()), new MailjetRest(mailjet, sender), sender);
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync().ConfigureAwait(false);
        sender?.Dispose();
    }
}
