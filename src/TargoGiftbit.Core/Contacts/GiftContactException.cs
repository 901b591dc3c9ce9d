using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>A contact or gift file that cannot be used as a whole. A single bad row is no exception: it is passed on, flagged.</summary>
/// <param name="code">Stable identifier, one of <see cref="ContactCodes"/>.</param>
/// <param name="message">What and where.</param>
/// <param name="remedy">What to do.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class GiftContactException(string code, string message, string? remedy = null, Exception? inner = null)
    : GiftException(code, message, remedy, inner);
