using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Pipeline;

/// <summary>A cmdlet cannot do what was asked because of how it was called.</summary>
/// <param name="code">Stable identifier.</param>
/// <param name="message">What, where and the remedy.</param>
/// <param name="remedy">The recommended action.</param>
/// <param name="inner">The cause.</param>
internal sealed class CommandException(string code, string message, string? remedy = null, Exception? inner = null)
    : GiftException(code, message, remedy, inner);
