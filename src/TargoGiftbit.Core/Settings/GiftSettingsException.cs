using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Settings;

/// <summary>A setting is missing, malformed or unsafe. Nothing was sent.</summary>
/// <param name="code">Stable identifier, for example <c>GiftbitTokenMissing</c>.</param>
/// <param name="message">Which setting, where it was looked for, never its value when it is a secret.</param>
/// <param name="remedy">What to do.</param>
/// <param name="inner">The cause.</param>
public sealed class GiftSettingsException(string code, string message, string? remedy = null, Exception? inner = null)
    : GiftException(code, message, remedy, inner);
