using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>How the connection to a mail server is protected.</summary>
public enum SmtpTls
{
    /// <summary>Plain greeting, then STARTTLS before anything else; a server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>TLS from the first byte (<c>smtps</c>).</summary>
    Implicit,

    /// <summary>No protection: this machine only (spec A4).</summary>
    None,
}

/// <summary>Where mail is handed in, and as whom (spec A9, <c>GIFT_SMTP</c>).</summary>
public sealed class SmtpSettings
{
    private SmtpSettings(string host, int port, SmtpTls tls, string? user, Secret? password)
    {
        Host = host;
        Port = port;
        Tls = tls;
        User = user;
        Password = password;
    }

    /// <summary>Host name or address; the server's certificate must bear it.</summary>
    public string Host { get; }

    /// <summary>1–65535; 587 for <c>smtp</c> and 465 for <c>smtps</c> unless told.</summary>
    public int Port { get; }

    /// <summary>Protection of the connection.</summary>
    public SmtpTls Tls { get; }

    /// <summary>User name, or null to hand mail in without AUTH.</summary>
    public string? User { get; }

    /// <summary>Password; present when there is a user.</summary>
    public Secret? Password { get; }

    /// <summary>Reads <c>smtp://user@host:587</c>, <c>smtps://user@host:465</c>, or on loopback <c>smtp://localhost:2525?tls=none</c>.</summary>
    /// <param name="address">The address; a <c>@</c> in the user name is written <c>%40</c>.</param>
    /// <param name="password">The password, never part of the address.</param>
    /// <exception cref="MailTransportException"><c>SmtpAddressInvalid</c>, <c>SmtpPasswordInAddress</c>, <c>SmtpPasswordMissing</c>, <c>SmtpPlainRefused</c>.</exception>
    public static SmtpSettings Parse(string address, Secret? password)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || !EndpointRules.HasHost(uri)
            || uri.Scheme is not ("smtp" or "smtps") || uri.AbsolutePath is not ("" or "/") || uri.Fragment.Length > 0 || uri.Port == 0)
            throw new MailTransportException("SmtpAddressInvalid", TransportText.SmtpAddressInvalid);
        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new MailTransportException("SmtpPasswordInAddress", TransportText.SmtpPasswordInAddress);
        var tls = uri.Query switch
        {
            "" => uri.Scheme == "smtps" ? SmtpTls.Implicit : SmtpTls.StartTls,
            "?tls=none" when uri.Scheme == "smtp" => SmtpTls.None,
            _ => throw new MailTransportException("SmtpAddressInvalid", TransportText.SmtpAddressInvalid),
        };
        if (tls == SmtpTls.None && !EndpointRules.IsLoopback(uri))
            throw new MailTransportException("SmtpPlainRefused", TransportText.SmtpPlainRefused(uri.IdnHost));
        var user = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo);
        if (user is not null && (password is null || user.Any(char.IsControl)))
            throw new MailTransportException("SmtpPasswordMissing", TransportText.SmtpPasswordMissing);
        var port = uri.Port > 0 ? uri.Port : tls == SmtpTls.Implicit ? 465 : 587;
        return new SmtpSettings(uri.IdnHost, port, tls, user, user is null ? null : password);
    }

    /// <summary>Scheme, host and port, without user and password.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Tls == SmtpTls.Implicit ? "smtps" : "smtp")}://{Host}:{Port}");
}
