namespace TargoGiftbit.Core.Gifts;

/// <summary>
/// What every error of this product has in common: a stable code that scripts may rely on, and a message that says what is
/// wrong, where, and what to do. Each room derives its own exception type from this one.
/// </summary>
/// <param name="code">Stable identifier in PascalCase, without spaces (becomes the error id in PowerShell).</param>
/// <param name="message">What, where and the remedy. Never a secret and never a gift link.</param>
/// <param name="remedy">The recommended action on its own, if the message does not already end with it.</param>
/// <param name="inner">The cause, if any.</param>
public abstract class GiftException(string code, string message, string? remedy = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Stable identifier of the error, for example <c>CampaignIdInvalid</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The recommended action, shown by PowerShell below the message; null when the message says it already.</summary>
    public string? Remedy { get; } = remedy;
}
