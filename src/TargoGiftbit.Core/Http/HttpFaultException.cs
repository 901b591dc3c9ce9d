using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Http;

/// <summary>A call got no usable answer, after all the repeats it was allowed.</summary>
/// <param name="code"><c>HttpTimedOut</c>, <c>HttpConnectionFailed</c>, <c>HttpTlsRefused</c>, <c>HttpAnswerTooLarge</c> or <c>HttpAnswerUnreadable</c>.</param>
/// <param name="message">Which call and why.</param>
/// <param name="mayHaveWorked">True when the request may have had its effect.</param>
/// <param name="remedy">What to do.</param>
/// <param name="inner">The cause.</param>
public sealed class HttpFaultException(string code, string message, bool mayHaveWorked, string? remedy = null, Exception? inner = null)
    : GiftException(code, message, remedy, inner)
{
    /// <summary>True when the request, in any of its attempts, may have had its effect.</summary>
    public bool MayHaveWorked { get; } = mayHaveWorked;
}
