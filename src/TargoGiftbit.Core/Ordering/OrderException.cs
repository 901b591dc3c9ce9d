using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ordering;

/// <summary>An order or its links that cannot be completed as asked.</summary>
/// <param name="code">Stable identifier.</param>
/// <param name="message">What, where and the remedy.</param>
/// <param name="remedy">The recommended action on its own.</param>
/// <param name="inner">The cause.</param>
public sealed class OrderException(string code, string message, string? remedy = null, Exception? inner = null) : GiftException(code, message, remedy, inner);
