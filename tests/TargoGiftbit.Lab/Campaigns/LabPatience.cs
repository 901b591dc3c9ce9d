using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Lab.Campaigns;

/// <summary>How long to wait for the services.</summary>
/// <param name="Http">For Giftbit, and for look-ups at Mailjet.</param>
/// <param name="Mailjet">For the Send API.</param>
/// <param name="Smtp">For SMTP.</param>
internal sealed record LabPatience(Func<string, HttpOptions> Http, MailjetOptions Mailjet, SmtpOptions Smtp)
{
    /// <summary>As shipped.</summary>
    public static LabPatience Normal { get; } = new(service => new HttpOptions { Service = service }, new MailjetOptions(), new SmtpOptions());

    /// <summary>So short that a campaign among failing services stays a matter of seconds.</summary>
    public static LabPatience Short(TimeSpan limit, int retries) => new(
        service => new HttpOptions { Service = service, BaseDelay = TimeSpan.FromMilliseconds(2), MaxDelay = TimeSpan.FromMilliseconds(20), AttemptTimeout = limit, MaxRetries = retries },
        new MailjetOptions { RequestTimeout = limit, RateLimitWait = TimeSpan.FromMilliseconds(20) },
        new SmtpOptions
        {
            Connections = 3,
            Timeouts = new SmtpTimeouts { Connect = limit, Greeting = limit, Command = limit, DataInitiation = limit, DataBlock = limit, Termination = limit },
        });
}
