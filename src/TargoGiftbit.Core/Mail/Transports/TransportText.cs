using System.Globalization;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>What an operator reads from the mail transports, in one place.</summary>
internal static class TransportText
{
    public static string AddressInvalid(string field) =>
        $"The address in {field} of a message is not a valid e-mail address. Correct it; the message was not sent.";

    public static string HeaderInvalid(string header) =>
        $"The header '{header}' of a message is not allowed or holds characters a header cannot carry. Correct the setting it comes from; the message was not sent.";

    public static string IdInvalid(string field) =>
        $"{field} of a message is empty, longer than 200 characters, or holds a space or a character beyond ASCII. The message was not sent.";

    public static string ImageInvalid(string field) =>
        $"{field} of an inline image is not usable (PNG, JPEG or GIF, with a plain id). Replace the image; the message was not sent.";

    public const string SmtpAddressInvalid =
        "The mail server's address is not usable. Write GIFT_SMTP as smtp://user@host:587 or smtps://user@host:465, a @ in the user name as %40.";

    public const string SmtpPasswordInAddress =
        "The mail server's address holds a password, which would show in listings and histories. Take it out of GIFT_SMTP and put it into GIFT_SMTP_PASSWORD.";

    public const string SmtpPasswordMissing =
        "The mail server's address names a user, but there is no password for it. Set GIFT_SMTP_PASSWORD.";

    public const string SmtpConnectionLost = "The mail server closed the connection.";

    public const string SmtpTimedOut = "The mail server did not answer in time.";

    public const string SmtpProtocolError = "The mail server's answer is not SMTP.";

    public const string SmtpUtf8Missing =
        "The address has letters beyond ASCII before the @, which this mail server does not take (no SMTPUTF8). Ask the customer for another address.";

    public const string SmtpAuthDeferred = "The mail server cannot check the credentials at the moment.";

    public const string TookTooLong = "it took too long";

    public static string SmtpPlainRefused(string host) =>
        $"Mail to {host} would go unprotected: 'tls=none' is for this machine only (localhost). Use smtp:// with STARTTLS, or smtps://.";

    public static string SmtpUnreachable(SmtpSettings settings, string why) =>
        $"The mail server {settings} cannot be reached: {why}. Check GIFT_SMTP and the network.";

    public static string SmtpServiceRefused(SmtpSettings settings, SmtpReply reply) =>
        $"The mail server {settings} refuses to talk ({reply.FullCode} {reply.Reason}). Check GIFT_SMTP, or ask who runs the server.";

    public static string SmtpStartTlsMissing(SmtpSettings settings) =>
        $"The mail server {settings} does not offer STARTTLS, and mail with gift links never goes unprotected. Use another port, smtps://, or another server.";

    public static string SmtpTlsFailed(SmtpSettings settings, string why) =>
        $"The mail server {settings} could not be trusted: {why} Check the host name in GIFT_SMTP and the server's certificate.";

    public static string SmtpTlsInjected(SmtpSettings settings) =>
        $"Something was slipped into the connection to the mail server {settings} before it was protected. Check the network between here and there.";

    public static string SmtpAuthMissing(SmtpSettings settings) =>
        $"The mail server {settings} offers neither AUTH PLAIN nor AUTH LOGIN. Use another port, or take the user out of GIFT_SMTP if none is needed.";

    public static string SmtpCredentialsRefused(SmtpSettings settings, string code) =>
        $"The mail server {settings} refuses the user or password ({code}). Check GIFT_SMTP and GIFT_SMTP_PASSWORD; at Mailjet they are the API key and its secret.";

    public static string SmtpAuthWanted(string code) =>
        $"The mail server wants a user and password ({code}). Set the user in GIFT_SMTP and the password in GIFT_SMTP_PASSWORD.";

    public static string SmtpSenderRefused(SmtpReply reply) =>
        $"The mail server does not let this sender send ({reply.FullCode} {reply.Reason}). Correct GIFT_FROM, or have the sender allowed there.";

    public static string SmtpTooLarge(long size, long limit) =>
        string.Create(CultureInfo.InvariantCulture, $"The message has {size} bytes and the mail server takes {limit} at most. Use smaller images.");

    public const string MailjetTimedOut = "Mailjet did not answer in time.";

    public const string MailjetStopped = "Sending was stopped.";

    public const string MailjetLost = "The connection to Mailjet was lost after the messages had left.";

    public const string MailjetUnreadable = "Mailjet's answer says nothing about this message.";

    public const string MailjetNoReason = "Mailjet refused the message without a reason.";

    public const string MailjetBusy = "Mailjet takes no more messages for the moment (too many requests).";

    public static string MailjetFailed(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"Mailjet answered with an error of its own (HTTP {status}).");

    public static string MailjetPlainRefused(string host) =>
        $"The Mailjet address on {host} is not protected: plain http is for this machine only. Use https in MAILJET_ENDPOINT.";

    public static string MailjetTlsRefused(MailjetSettings settings, string why) =>
        $"The server at {settings} could not be trusted: {why} Check MAILJET_ENDPOINT and the machine's certificates.";

    public static string MailjetUnreachable(MailjetSettings settings, string why) =>
        $"Mailjet at {settings} cannot be reached: {why}. Check the network and MAILJET_ENDPOINT.";

    public static string MailjetCredentialsRefused(MailjetSettings settings, int status, string words) =>
        string.Create(CultureInfo.InvariantCulture, $"Mailjet at {settings} refuses the API key (HTTP {status}{Said(words)}). Check MJ_APIKEY_PUBLIC and MJ_APIKEY_PRIVATE.");

    public static string MailjetEndpointWrong(MailjetSettings settings, int status) =>
        string.Create(CultureInfo.InvariantCulture, $"There is no Send API at {settings} (HTTP {status}). Check MAILJET_ENDPOINT.");

    public static string MailjetSenderRefused(MailjetSettings settings, string code, string words) =>
        $"Mailjet at {settings} lets this account send nothing from this sender ({code}{Said(words)}). Validate the sender address at Mailjet, or correct GIFT_FROM.";

    public static string MailjetQueryFailed(MailjetSettings settings, string path, string what) =>
        $"Mailjet at {settings} did not answer the question {path}: {what}. Try again later.";

    private static string Said(string words) => words.Length == 0 ? "" : $": {words}";
}
