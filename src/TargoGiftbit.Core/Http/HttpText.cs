using System.Globalization;

namespace TargoGiftbit.Core.Http;

/// <summary>Everything that this room says to an operator, in one place.</summary>
internal static class HttpText
{
    public const string NoBody = "no body";
    public const string Page = "an HTML page";
    public const string ConnectionLost = "the connection was lost";
    public const string CannotConnect = "no connection could be made";

    public static string AnswerUnreadable(long? line, long? position) =>
        line is null ? "the answer could not be read" : Invariant($"the answer could not be read (line {line + 1}, byte {position + 1})");

    public static string PageTitled(string title) => $"an HTML page titled \"{title}\"";

    public static string BytesOf(int count, string? type) => Invariant($"{count} bytes of {type ?? "no told type"}");

    public static string TimedOut(TimeSpan limit) => Invariant($"no answer within {limit.TotalSeconds:0.###} s");

    public static string Status(HttpAnswer answer) => answer.Status == 429 ? "HTTP 429, too many requests" : answer.ToString();

    public static HttpFaultException Fault(HttpFault fault, HttpAsk ask, HttpOptions options, int attempts, bool mayHaveWorked)
    {
        var where = Invariant($"{ask} at {options.Service} ({ask.Address.IdnHost}), {attempts} attempt{(attempts == 1 ? "" : "s")}");
        return fault.Kind switch
        {
            HttpFaultKind.TimedOut => new("HttpTimedOut", $"{where}: {fault.Reason}.", mayHaveWorked,
                "Run the command again later; what is done stays done.", fault.Cause),
            HttpFaultKind.CannotConnect => new("HttpConnectionFailed", $"{where}: {fault.Reason}.", mayHaveWorked,
                "Check the network, the proxy and the address of the service.", fault.Cause),
            HttpFaultKind.Lost => new("HttpConnectionFailed", $"{where}: {fault.Reason}.", mayHaveWorked,
                "Run the command again; what is done stays done.", fault.Cause),
            HttpFaultKind.TlsRefused => new("HttpTlsRefused", $"{where}: the certificate or the encryption of the server was refused.", mayHaveWorked,
                "Check this machine's clock and its trusted certificates. Validation cannot be turned off.", fault.Cause),
            HttpFaultKind.TooLarge => new("HttpAnswerTooLarge", Invariant($"{where}: the answer is larger than {options.MaxAnswerBytes / 1024} KB."), mayHaveWorked,
                "Check that the address is that of the service.", fault.Cause),
            _ => new("HttpAnswerUnreadable", $"{where}: {fault.Reason}.", mayHaveWorked,
                "Check that the address is that of the service; if it is, run the command again later.", fault.Cause),
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
