namespace TargoGiftbit.Core.Gifts;

/// <summary>A value that cannot be a gift's: a malformed link, amount, id.</summary>
/// <param name="code">Stable identifier.</param>
/// <param name="message">What, where and the remedy.</param>
public sealed class GiftDataException(string code, string message) : GiftException(code, message);
