using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail;

/// <summary>Templates or sender settings from which no mail can be made. Raised before the first message.</summary>
/// <param name="code">Stable identifier, for example <c>TemplatePlaceholderUnknown</c>.</param>
/// <param name="message">What and where (file and line).</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="inner">The cause.</param>
public sealed class MailTemplateException(string code, string message, string? remedy = null, Exception? inner = null)
    : GiftException(code, message, remedy, inner);
