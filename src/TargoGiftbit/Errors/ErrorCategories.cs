using System.Collections.Frozen;
using System.Management.Automation;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Errors;

/// <summary>Which category of PowerShell each error code belongs to; scripts may rely on both.</summary>
internal static class ErrorCategories
{
    private static readonly FrozenDictionary<string, ErrorCategory> Known = new Dictionary<string, ErrorCategory>(StringComparer.Ordinal)
    {
        ["ConfirmationImpossible"] = ErrorCategory.InvalidOperation,
        ["GiftLinkInvalid"] = ErrorCategory.InvalidData,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The category of an error: by its code, else by what such codes end with, else by the room it comes from.</summary>
    internal static ErrorCategory Of(GiftException exception)
    {
        if (Known.TryGetValue(exception.Code, out var category)) return category;
        return BySuffix(exception.Code) ?? exception switch
        {
            GiftProviderException { Status: 401 or 403 } => ErrorCategory.AuthenticationError,
            GiftProviderException { Status: 404 } => ErrorCategory.ObjectNotFound,
            GiftProviderException { Status: 429 } => ErrorCategory.LimitsExceeded,
            GiftProviderException { Status: null or >= 500 } => ErrorCategory.ConnectionError,
            GiftProviderException => ErrorCategory.InvalidResult,
            MailTransportException => ErrorCategory.ConnectionError,
            GiftDataException => ErrorCategory.InvalidData,
            _ => ErrorCategory.InvalidOperation,
        };
    }

    private static ErrorCategory? BySuffix(string code) => code switch
    {
        _ when code.EndsWith("NotFound", StringComparison.Ordinal) || code.EndsWith("Missing", StringComparison.Ordinal) => ErrorCategory.ObjectNotFound,
        _ when code.EndsWith("Invalid", StringComparison.Ordinal) => ErrorCategory.InvalidData,
        _ when code.EndsWith("Exists", StringComparison.Ordinal) || code.EndsWith("Duplicate", StringComparison.Ordinal) => ErrorCategory.ResourceExists,
        _ when code.EndsWith("TokenRefused", StringComparison.Ordinal) => ErrorCategory.AuthenticationError,
        _ when code.EndsWith("Readable", StringComparison.Ordinal) => ErrorCategory.PermissionDenied,
        _ => null,
    };
}
