using System.Management.Automation;
using System.Security;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Errors;

/// <summary>
/// Turns exceptions into error records: the one place that knows ids and categories. The id is the exception's code, to which the
/// engine adds the cmdlet's class: <c>GiftbitTokenRefused,TargoGiftbit.Commands.Giftbit.TestGiftbitTokenCommand</c>.
/// </summary>
internal static class ErrorFactory
{
    /// <summary>Makes the record of an exception.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The record at fault, or null.</param>
    internal static ErrorRecord Create(Exception exception, object? target)
    {
        if (FileErrors.Explain(exception) is { } explained)
            return WithRemedy(new ErrorRecord(exception, explained.Code, explained.Category, target), explained.Message, explained.Remedy);
        if (exception is not GiftException known)
            return new ErrorRecord(exception, exception.GetType().Name.Replace("Exception", "", StringComparison.Ordinal), CategoryOf(exception), target);
        return WithRemedy(new ErrorRecord(known, known.Code, ErrorCategories.Of(known), target), known.Message, known.Remedy);
    }

    /// <summary>Makes the record of a problem that was found without an exception.</summary>
    /// <param name="code">Stable identifier.</param>
    /// <param name="message">What, where and the remedy.</param>
    /// <param name="target">The record at fault.</param>
    /// <param name="remedy">The recommended action, or null when the message says it.</param>
    internal static ErrorRecord Create(string code, string message, object? target, string? remedy = null) =>
        Create(new Pipeline.CommandException(code, message, remedy), target);

    private static ErrorRecord WithRemedy(ErrorRecord record, string message, string? remedy)
    {
        if (remedy is not null) record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = remedy };
        return record;
    }

    private static ErrorCategory CategoryOf(Exception exception) => exception switch
    {
        SecurityException => ErrorCategory.PermissionDenied,
        IOException => ErrorCategory.ReadError,
        TimeoutException => ErrorCategory.OperationTimeout,
        OperationCanceledException => ErrorCategory.OperationStopped,
        ArgumentException => ErrorCategory.InvalidArgument,
        _ => ErrorCategory.NotSpecified,
    };
}
