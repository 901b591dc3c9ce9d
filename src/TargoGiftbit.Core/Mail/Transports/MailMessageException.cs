using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>
/// One message that cannot be put into the form of an e-mail: an address, a header or an image is at fault. Transports turn it
/// into <see cref="HandOverResult.Refused"/> for that message; the others of the batch go on.
/// </summary>
/// <param name="code">Stable identifier: <c>MailAddressInvalid</c>, <c>MailHeaderInvalid</c>, <c>MailIdInvalid</c>, <c>MailImageInvalid</c>.</param>
/// <param name="message">What, where and the remedy. Never a gift link.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class MailMessageException(string code, string message, Exception? inner = null) : GiftException(code, message, null, inner);
