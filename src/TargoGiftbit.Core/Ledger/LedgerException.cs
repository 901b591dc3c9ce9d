using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>The ledger cannot be used, or refuses something that would break its rules.</summary>
/// <param name="code">Stable identifier, for example <c>LedgerReadOnly</c>.</param>
/// <param name="message">What, where and the remedy.</param>
/// <param name="inner">The cause.</param>
public sealed class LedgerException(string code, string message, Exception? inner = null) : GiftException(code, message, null, inner);
