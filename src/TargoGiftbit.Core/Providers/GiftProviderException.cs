using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers;

/// <summary>A provider refused something, or could not be understood or reached.</summary>
/// <param name="code">Stable identifier, for example <c>GiftbitTokenRefused</c>.</param>
/// <param name="message">What, where and the remedy; no secret, no link.</param>
/// <param name="isDefinitive">True when the request certainly had no effect.</param>
/// <param name="status">HTTP status, or null when there was no answer.</param>
/// <param name="providerCode">The provider's own error code, for example <c>ERROR_CAMPAIGN_INVALID_BRAND</c>.</param>
/// <param name="inner">The cause.</param>
/// <param name="remedy">What to do.</param>
public sealed class GiftProviderException(
    string code, string message, bool isDefinitive, int? status = null, string? providerCode = null, Exception? inner = null, string? remedy = null)
    : GiftException(code, message, remedy, inner)
{
    /// <summary>True when the request certainly had no effect; false when it may have had.</summary>
    public bool IsDefinitive { get; } = isDefinitive;

    /// <summary>HTTP status, or null.</summary>
    public int? Status { get; } = status;

    /// <summary>The provider's own error code, or null.</summary>
    public string? ProviderCode { get; } = providerCode;
}
