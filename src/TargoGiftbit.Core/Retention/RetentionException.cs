using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Retention;

/// <summary>An archive that cannot be made, verified or read.</summary>
/// <param name="code">Stable identifier.</param>
/// <param name="message">What, where and the remedy.</param>
/// <param name="remedy">The recommended action on its own.</param>
/// <param name="inner">The cause.</param>
public sealed class RetentionException(string code, string message, string? remedy = null, Exception? inner = null) : GiftException(code, message, remedy, inner);
