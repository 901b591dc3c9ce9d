namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>A connection that failed or never came about; stays inside this folder, where it becomes a <see cref="HandOver"/>.</summary>
internal sealed class SmtpConnectionException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code, or the server's reply code.</summary>
    public string Code { get; } = code;

    public static SmtpConnectionException Closed(Exception? inner = null) => new("SmtpConnectionLost", TransportText.SmtpConnectionLost, inner);

    public static SmtpConnectionException TimedOut(Exception? inner = null) => new("SmtpTimedOut", TransportText.SmtpTimedOut, inner);

    public static SmtpConnectionException NotSmtp() => new("SmtpProtocolError", TransportText.SmtpProtocolError);

    public static SmtpConnectionException Refused(SmtpReply reply) => new(reply.FullCode, reply.Reason);
}
