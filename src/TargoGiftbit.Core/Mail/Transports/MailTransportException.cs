using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>A mail service that cannot be used, or asked, at all: credentials, TLS, set-up. Nothing was handed over.</summary>
/// <param name="code">Stable identifier.</param>
/// <param name="message">What, where and the remedy.</param>
/// <param name="inner">The cause.</param>
public sealed class MailTransportException(string code, string message, Exception? inner = null) : GiftException(code, message, null, inner);
