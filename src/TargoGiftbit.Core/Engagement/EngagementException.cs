using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Engagement;

/// <summary>Events cannot be received, read or asked for.</summary>
/// <param name="code">Stable identifier, for example <c>WebhookPathWeak</c>.</param>
/// <param name="message">What and where; never a password, a path segment or a link.</param>
/// <param name="remedy">What to do.</param>
/// <param name="inner">The cause.</param>
public sealed class EngagementException(string code, string message, string? remedy = null, Exception? inner = null) : GiftException(code, message, remedy, inner);
