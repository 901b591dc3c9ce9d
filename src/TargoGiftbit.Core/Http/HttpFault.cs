namespace TargoGiftbit.Core.Http;

/// <summary>Why an attempt got no usable answer.</summary>
internal enum HttpFaultKind
{
    TimedOut,
    CannotConnect,
    Lost,
    TlsRefused,
    TooLarge,
    Unreadable,
}

/// <summary>One failed attempt.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Reason">In words.</param>
/// <param name="Cause">The exception, unless its text could show a body.</param>
internal sealed record HttpFault(HttpFaultKind Kind, string Reason, Exception? Cause = null)
{
    /// <summary>False when not a byte of the request can have reached the service.</summary>
    public bool MayHaveWorked => Kind is not (HttpFaultKind.CannotConnect or HttpFaultKind.TlsRefused);

    /// <summary>True when another attempt may fare better.</summary>
    public bool IsPassing => Kind is not (HttpFaultKind.TlsRefused or HttpFaultKind.TooLarge);
}
