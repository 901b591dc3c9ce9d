using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Turns refusals into errors with a stable code and a remedy (reference/erpnext.md §5).</summary>
internal static partial class ErpNextErrors
{
    public const string Stale = "ErpNextStale";
    public const string FieldRefused = "ErpNextFieldRefused";
    public const string Forbidden = "ErpNextForbidden";

    /// <summary>The error for an answer that is no success.</summary>
    public static ErpNextException From(HttpAnswer answer, HttpAsk ask, ErpNextConnection connection)
    {
        var (type, words) = Read(answer);
        var (code, remedy) = Meaning(answer, type, words);
        words = Redaction.Clean(words, 300, connection.Token, connection.SecretHalf).TrimEnd('.');
        type = type is null ? null : Redaction.Clean(type, 80, connection.Token, connection.SecretHalf);
        var call = Redaction.Clean(ask.ToString(), 200);
        var message = words.Length == 0 && type is null
            ? ErpNextText.Failed(call, connection.Site, Redaction.Clean(answer.ToString(), 200, connection.Token, connection.SecretHalf))
            : ErpNextText.Refused(call, connection.Site, answer.Status, type, words);
        return new ErpNextException(code, message, remedy, answer.Status, type);
    }

    /// <summary>The error for a call that got no usable answer.</summary>
    public static ErpNextException From(HttpFaultException fault) => new(
        fault.Code switch
        {
            "HttpTimedOut" => "ErpNextTimedOut",
            "HttpConnectionFailed" => "ErpNextUnreachable",
            "HttpTlsRefused" => "ErpNextTlsRefused",
            _ => "ErpNextAnswerUnreadable",
        },
        fault.Message, fault.Remedy, inner: fault);

    private static (string Code, string Remedy) Meaning(HttpAnswer answer, string? type, string words) => (answer.Status, type) switch
    {
        (401, _) or (400, "InvalidAuthorizationToken") => ("ErpNextKeyRefused", ErpNextText.KeyRemedy),
        (403, _) => (Forbidden, ErpNextText.ForbiddenRemedy),
        (404, _) => ("ErpNextNotFound", ErpNextText.NotFoundRemedy),
        (_, "TimestampMismatchError") => (Stale, ErpNextText.StaleRemedy),
        (417, "DataError") => (FieldRefused, ErpNextText.FieldRemedy),
        (417, _) when words.StartsWith("Field not permitted", StringComparison.OrdinalIgnoreCase) => (FieldRefused, ErpNextText.FieldRemedy),
        // Without a word of why, the commonest reason for a refused query or save stays a guess.
        (417 or 409, _) => ("ErpNextRefused", ErpNextText.RefusedRemedy),
        (400 or 414 or 431, _) when IsTooLong(answer) => ("ErpNextRequestTooLong", ErpNextText.RequestTooLongRemedy),
        (429, _) => ("ErpNextRateLimited", ErpNextText.RateRemedy),
        (503, _) => ("ErpNextUnavailable", ErpNextText.MaintenanceRemedy),
        ( >= 500 or 408, _) => ("ErpNextUnavailable", ErpNextText.UnavailableRemedy),
        _ => ("ErpNextUnexpectedAnswer", ErpNextText.UnexpectedRemedy),
    };

    private static bool IsTooLong(HttpAnswer answer) =>
        answer.Status is 414 or 431 || answer.Body.Span.IndexOf("Request Line is too large"u8) >= 0;

    /// <summary>The error's name and its words: encoded once or twice, in any of the places that versions use, as HTML or not.</summary>
    private static (string? Type, string Words) Read(HttpAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = new ErpNextDocument(document.RootElement);
            var second = root.Rows("errors") is [var first, ..] ? first : default;
            var exception = root.Text("exception");
            var type = root.Text("exc_type") ?? second.Text("type") ?? (exception is { } text ? TypeIn(text) : null);
            var words = Messages(root.Text("_server_messages")) ?? root.Text("_error_message") ?? second.Text("message") ?? (exception is null ? null : After(exception))
                ?? root.Text("message");
            return (type, Plain(words));
        }
        catch (JsonException)
        {
            return (null, "");
        }
    }

    private static string? Messages(string? encoded)
    {
        if (encoded is null) return null;
        try
        {
            using var list = JsonDocument.Parse(encoded);
            if (list.RootElement.ValueKind != JsonValueKind.Array) return encoded;
            var words = list.RootElement.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? Message(JsonPlace.TextOf(item) ?? "") : new ErpNextDocument(item).Text("message"));
            return string.Join(" ", words.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct()) is { Length: > 0 } all ? all : null;
        }
        catch (JsonException)
        {
            return encoded;
        }
    }

    private static string? Message(string encoded)
    {
        try
        {
            using var message = JsonDocument.Parse(encoded);
            return message.RootElement.ValueKind == JsonValueKind.Object ? new ErpNextDocument(message.RootElement).Text("message") : encoded;
        }
        catch (JsonException)
        {
            return encoded;
        }
    }

    // "frappe.exceptions.ValidationError: words"
    private static string? TypeIn(string exception) =>
        exception.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && exception[..colon] is var name && !name.Contains(' ', StringComparison.Ordinal)
            ? name[(name.LastIndexOf('.') + 1)..] : null;

    private static string After(string exception) => TypeIn(exception) is null ? exception : exception[(exception.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

    private static string Plain(string? html) => html is null ? "" : WebUtility.HtmlDecode(Tags.Replace(html, " ")).Trim();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags { get; }
}
