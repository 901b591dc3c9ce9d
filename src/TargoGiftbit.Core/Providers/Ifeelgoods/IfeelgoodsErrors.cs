using System.Text.Json;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>
/// Turns refusals into errors with a stable code and a remedy. The <c>error_name</c> decides before the status, since the status of
/// several names is not documented (reference/ifeelgoods.md §2).
/// </summary>
internal static class IfeelgoodsErrors
{
    /// <summary>The <c>error_name</c> of an answer, or null.</summary>
    private static string? NameOf(HttpAnswer answer, IfeelgoodsConnection connection) =>
        Read(answer)["error_name"].Text is { } name ? Redaction.Clean(name, 80, connection.Key, connection.KeySecret) : null;

    /// <summary>The error for an answer that is no success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="call">Method and path, as they may be shown.</param>
    /// <param name="connection">Its credentials are kept out of the text.</param>
    /// <param name="isDefinitive">Whether the request certainly had no effect.</param>
    public static GiftProviderException From(HttpAnswer answer, string call, IfeelgoodsConnection connection, bool isDefinitive)
    {
        var name = NameOf(answer, connection);
        var (code, remedy) = Meaning(answer.Status, name);
        var words = Redaction.Clean(Read(answer)["error_message"].Text, secrets: [connection.Key, connection.KeySecret]).TrimEnd('.');
        var message = answer.Status is 429 or >= 500 or < 400
            ? IfeelgoodsText.Failed(call, Redaction.Clean(answer.ToString(), secrets: [connection.Key, connection.KeySecret]))
            : IfeelgoodsText.Refused(call, answer.Status, name, words);
        return new GiftProviderException(code, message, isDefinitive, answer.Status, name, remedy: remedy);
    }

    /// <summary>The error for a call that got no usable answer.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="isDefinitive">True when the call has no effect anyway; else the fault decides.</param>
    public static GiftProviderException From(HttpFaultException fault, bool isDefinitive = false)
    {
        var code = fault.Code switch
        {
            "HttpTimedOut" => "IfeelgoodsTimedOut",
            "HttpConnectionFailed" => "IfeelgoodsUnreachable",
            "HttpTlsRefused" => "IfeelgoodsTlsRefused",
            _ => "IfeelgoodsAnswerUnreadable",
        };
        return new GiftProviderException(code, fault.Message, isDefinitive || !fault.MayHaveWorked, inner: fault, remedy: fault.Remedy);
    }

    private static (string Code, string Remedy) Meaning(int status, string? name) => name switch
    {
        "unauthorized" or "invalid_token" => ("IfeelgoodsKeyRefused", IfeelgoodsText.KeyRemedy),
        "authentication_system_not_supported" => ("IfeelgoodsAuthNotSupported", IfeelgoodsText.AuthRemedy),
        "user_mismatch" => ("IfeelgoodsUserMismatch", IfeelgoodsText.MismatchRemedy),
        "conflict" or "conflict_uniqueness" => ("IfeelgoodsOrderConflict", IfeelgoodsText.MismatchRemedy),
        "invalid_user" => ("IfeelgoodsUserRefused", IfeelgoodsText.UserRemedy),
        "operation_refused" => ("IfeelgoodsOperationRefused", IfeelgoodsText.OperationRemedy),
        "sorting_limit_exceeded" => (IfeelgoodsApi.ListTooLong, IfeelgoodsText.ListRemedy),
        _ => status switch
        {
            401 => ("IfeelgoodsKeyRefused", IfeelgoodsText.KeyRemedy),
            403 => ("IfeelgoodsForbidden", IfeelgoodsText.ForbiddenRemedy),
            404 or 410 => ("IfeelgoodsNotFound", IfeelgoodsText.NotFoundRemedy),
            409 => ("IfeelgoodsOrderConflict", IfeelgoodsText.MismatchRemedy),
            429 => ("IfeelgoodsRateLimited", IfeelgoodsText.RateRemedy),
            >= 500 or 408 => ("IfeelgoodsUnavailable", IfeelgoodsText.UnavailableRemedy),
            >= 400 => ("IfeelgoodsRequestRefused", IfeelgoodsText.OrderRemedy),
            _ => ("IfeelgoodsUnexpectedAnswer", IfeelgoodsText.UnexpectedRemedy),
        },
    };

    private static IfeelgoodsNode Read(HttpAnswer answer)
    {
        try
        {
            return answer.Body.IsEmpty ? default : IfeelgoodsNode.Parse(answer.Body);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
