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
        ["GiftbitTokenMissing"] = ErrorCategory.AuthenticationError,
        ["GiftbitMessageMissing"] = ErrorCategory.InvalidArgument,
        ["GiftbitForbidden"] = ErrorCategory.PermissionDenied,
        ["GiftbitFundsInsufficient"] = ErrorCategory.ResourceUnavailable,
        ["ErpNextForbidden"] = ErrorCategory.PermissionDenied,
        ["ErpNextKeyRefused"] = ErrorCategory.AuthenticationError,
        ["ErpNextNotWritten"] = ErrorCategory.InvalidResult,
        ["ErpNextRefused"] = ErrorCategory.InvalidOperation,
        ["ErpNextSandboxGift"] = ErrorCategory.SecurityError,
        ["ErpNextStale"] = ErrorCategory.ResourceBusy,
        ["PathIsFolder"] = ErrorCategory.InvalidArgument,
        ["PathNotFolder"] = ErrorCategory.InvalidArgument,
        ["DurationInvalid"] = ErrorCategory.InvalidArgument,
        ["WebhookPathWeak"] = ErrorCategory.SecurityError,
        ["WebhookPortTaken"] = ErrorCategory.ResourceBusy,
        ["EventFileUnreadable"] = ErrorCategory.ReadError,
        ["LedgerDiskFailed"] = ErrorCategory.DeviceError,
        ["LedgerDiskFull"] = ErrorCategory.ResourceUnavailable,
        ["LedgerEngineMissing"] = ErrorCategory.NotInstalled,
        ["LedgerReadOnly"] = ErrorCategory.PermissionDenied,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // The first that occurs in a code decides.
    private static readonly (string Word, ErrorCategory Category)[] Words =
    [
        ("TokenRefused", ErrorCategory.AuthenticationError),
        ("ColumnMissing", ErrorCategory.InvalidData),
        ("NotFound", ErrorCategory.ObjectNotFound),
        ("Unknown", ErrorCategory.ObjectNotFound),
        ("Missing", ErrorCategory.ObjectNotFound),
        ("Invalid", ErrorCategory.InvalidData),
        ("Unreadable", ErrorCategory.InvalidData),
        ("Exists", ErrorCategory.ResourceExists),
        ("Duplicate", ErrorCategory.ResourceExists),
        ("Exposed", ErrorCategory.PermissionDenied),
        ("NotSecure", ErrorCategory.SecurityError),
        ("EndpointIs", ErrorCategory.SecurityError),
        ("RateLimited", ErrorCategory.LimitsExceeded),
        ("Differ", ErrorCategory.ResourceExists),
        ("Busy", ErrorCategory.ResourceBusy),
        ("TimedOut", ErrorCategory.OperationTimeout),
        ("Unreachable", ErrorCategory.ConnectionError),
        ("Unavailable", ErrorCategory.ResourceUnavailable),
        ("Expiry", ErrorCategory.InvalidArgument),
        ("Price", ErrorCategory.InvalidArgument),
        ("Brand", ErrorCategory.InvalidArgument),
    ];

    /// <summary>The category of an error: by its code, else by a word in it, else by the room it comes from.</summary>
    internal static ErrorCategory Of(GiftException exception)
    {
        if (Known.TryGetValue(exception.Code, out var category)) return category;
        return ByWord(exception.Code) ?? exception switch
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

    private static ErrorCategory? ByWord(string code)
    {
        foreach (var (word, category) in Words)
            if (code.Contains(word, StringComparison.Ordinal)) return category;
        return null;
    }
}
