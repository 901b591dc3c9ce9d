using System.Security.Cryptography.X509Certificates;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>How the SMTP transport works; the defaults suit a relay such as Mailjet's.</summary>
public sealed record SmtpOptions
{
    /// <summary>Connections open at the same time, 1–50.</summary>
    public int Connections { get; init; } = 5;

    /// <summary>Messages one call may carry. Small, because a crash leaves that many gifts to be settled by hand: plain SMTP cannot be asked.</summary>
    public int BatchSize { get; init; } = 20;

    /// <summary>
    /// How long one call may take in all, waiting for a free connection included; then it ends as if cancelled. Shorter than the
    /// claim on its gifts (15 minutes), so that no claim runs out under a living call.
    /// </summary>
    public TimeSpan BatchLimit { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>Messages after which a connection is closed politely and replaced.</summary>
    public int MessagesPerConnection { get; init; } = 100;

    /// <summary>A connection unused for longer is not trusted any more.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Name given in EHLO. An address literal of loopback tells nothing about the operator's network.</summary>
    public string ClientName { get; init; } = "[127.0.0.1]";

    /// <summary>How long each step may take.</summary>
    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>Tests only: roots to trust beside the machine's. Validation of chain and name stays on.</summary>
    internal X509ChainPolicy? ChainPolicy { get; init; }
}

/// <summary>Time-outs per step; from <see cref="Greeting"/> to <see cref="Termination"/> those of RFC 5321 §4.5.3.2.</summary>
public sealed record SmtpTimeouts
{
    /// <summary>TCP and TLS.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The server's first line.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>DATA until 354.</summary>
    public TimeSpan DataInitiation { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Writing the content.</summary>
    public TimeSpan DataBlock { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The final dot until its reply.</summary>
    public TimeSpan Termination { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The farewell, which nothing depends on.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(2);
}
