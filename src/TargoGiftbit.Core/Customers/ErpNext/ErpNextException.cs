using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>The ERP refused something, could not be reached, or has something else than was expected.</summary>
/// <param name="code">Stable identifier.</param>
/// <param name="message">What, where and the remedy; never a credential.</param>
/// <param name="remedy">What to do.</param>
/// <param name="status">HTTP status, or null when there was no answer.</param>
/// <param name="type">The ERP's own name of the error (<c>exc_type</c>), or null.</param>
/// <param name="inner">The cause.</param>
public sealed class ErpNextException(string code, string message, string? remedy = null, int? status = null, string? type = null, Exception? inner = null)
    : GiftException(code, message, remedy, inner)
{
    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? Status { get; } = status;

    /// <summary>The ERP's own name of the error, for example <c>TimestampMismatchError</c>; null when not told.</summary>
    public string? Type { get; } = type;

    /// <summary>True when the site as a whole is at fault (key, rights, fields, trouble), so that the next customer would fare no better.</summary>
    public bool ConcernsSite => Code == "ErpNextNotWritten" || (Status is null or 401 or 403 or 429 or >= 500 && Code != "ErpNextCustomerIdMissing");
}
