namespace TargoGiftbit.Simulator.Smtp;

/// <summary>How the SMTP relay behaves (mailjet.md §1). Replies of single phases come from the fault plan.</summary>
public sealed class SmtpSwitches
{
    /// <summary>STARTTLS is offered.</summary>
    public bool OfferStartTls { get; set; } = true;

    /// <summary>AUTH before STARTTLS is refused with 538.</summary>
    public bool RequireTls { get; set; }

    /// <summary>MAIL without AUTH is refused with 530.</summary>
    public bool RequireAuth { get; set; } = true;

    public bool OfferPipelining { get; set; } = true;

    public bool OfferSmtpUtf8 { get; set; } = true;

    /// <summary>SIZE; larger messages are refused with 552.</summary>
    public int MaxSize { get; set; } = 15_728_640;

    /// <summary>Recipients in one transaction; more are refused with 452.</summary>
    public int MaxRecipients { get; set; } = 50;

    /// <summary>Messages in one connection; then 421 and the end. 0 = no limit.</summary>
    public int MessagesPerConnection { get; set; }

    /// <summary>Recipients refused at RCPT with 550.</summary>
    public IReadOnlyList<string> RefusedRecipients { get; set; } = [];
}
