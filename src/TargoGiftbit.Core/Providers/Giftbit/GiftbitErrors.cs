using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>
/// Turns refusals into errors with a stable code and a remedy. What an answer means is decided by the HTTP status and Giftbit's
/// code; its name and message vary and are only shown (reference/giftbit.md, head and §2.4).
/// </summary>
internal static class GiftbitErrors
{
    /// <summary>Giftbit's own error code of an answer, or null.</summary>
    public static string? CodeOf(HttpAnswer answer, Secret token) => Read(answer)?.Error?.Code is { Length: > 0 } code ? Redaction.Clean(code, 80, token) : null;

    /// <summary>Giftbit's own words, fit to be shown; empty when there are none.</summary>
    public static string WordsOf(HttpAnswer answer, Secret token)
    {
        var error = Read(answer)?.Error;
        return Redaction.Clean(error?.Message ?? error?.Name, secrets: token).TrimEnd('.');
    }

    /// <summary>The error for an answer that is no success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="call">Method and path.</param>
    /// <param name="token">To be kept out of the text.</param>
    /// <param name="isDefinitive">Whether the request certainly had no effect.</param>
    public static GiftProviderException From(HttpAnswer answer, string call, Secret token, bool isDefinitive)
    {
        var theirs = CodeOf(answer, token);
        var (code, remedy) = Meaning(answer.Status, theirs);
        // A server in trouble has nothing to say about the request; its page is told by its title at most.
        var message = answer.Status is 429 or >= 500 or < 400
            ? GiftbitText.Failed(call, Redaction.Clean(answer.ToString(), secrets: token) + (answer.RetryAfter is { } wait ? GiftbitText.Asked(wait) : ""))
            : GiftbitText.Refused(call, answer.Status, theirs, WordsOf(answer, token));
        return new GiftProviderException(code, message, isDefinitive, answer.Status, theirs, remedy: remedy);
    }

    /// <summary>The error for a call that got no usable answer.</summary>
    public static GiftProviderException From(HttpFaultException fault)
    {
        var code = fault.Code switch
        {
            "HttpTimedOut" => "GiftbitTimedOut",
            "HttpConnectionFailed" => "GiftbitUnreachable",
            "HttpTlsRefused" => "GiftbitTlsRefused",
            _ => "GiftbitAnswerUnreadable",
        };
        return new GiftProviderException(code, fault.Message, isDefinitive: !fault.MayHaveWorked, inner: fault, remedy: fault.Remedy);
    }

    private static (string Code, string Remedy) Meaning(int status, string? code) => code switch
    {
        "ERROR_CAMPAIGN_INVALID_BRAND" or "ERROR_CAMPAIGN_INVALID_MARKETPLACE_GIFT" => ("GiftbitBrandOrPriceRefused", GiftbitText.PriceRemedy),
        "ERROR_BRANDS_NO_SUCH_BRAND" or "ERROR_MARKETPLACE_NO_SUCH_GIFT" => ("GiftbitUnknownBrand", GiftbitText.BrandRemedy),
        "ERROR_CAMPAIGN_NO_CONTACTS" => ("GiftbitNoContacts", GiftbitText.ContactsRemedy),
        "ERROR_CAMPAIGN_INVALID_STATE" => ("GiftbitOrderInvalid", GiftbitText.OrderRemedy),
        "ERROR_CAMPAIGN_INVALID_ID" => ("GiftbitOrderIdRefused", GiftbitText.IdRemedy),
        "ERROR_LINKS_CAMPAIGN_INACTIVE" => ("GiftbitLinksInactive", GiftbitText.LinksInactiveRemedy),
        "ERROR_LINKS_BAD_CAMPAIGN" => ("GiftbitNotLinkOrder", GiftbitText.NotLinkOrderRemedy),
        "ERROR_FUNDS_CARD_ERROR" => ("GiftbitFundsCardRefused", GiftbitText.CardRemedy),
        "ERROR_FUNDS_INVALID_FUND_AMOUNT" => ("GiftbitFundsAmountInvalid", GiftbitText.FundsRemedy),
        _ => status switch
        {
            401 => ("GiftbitTokenRefused", GiftbitText.TokenRemedy),
            402 => ("GiftbitFundsCardRefused", GiftbitText.CardRemedy),
            403 => ("GiftbitForbidden", GiftbitText.ForbiddenRemedy),
            404 or 410 => ("GiftbitNotFound", GiftbitText.NotFoundRemedy),
            429 => ("GiftbitRateLimited", GiftbitText.RateRemedy),
            >= 500 or 408 => ("GiftbitUnavailable", GiftbitText.UnavailableRemedy),
            >= 400 => ("GiftbitRequestRefused", GiftbitText.OrderRemedy),
            _ => ("GiftbitUnexpectedAnswer", GiftbitText.UnexpectedRemedy),
        },
    };

    private static GiftbitEnvelope? Read(HttpAnswer answer)
    {
        try
        {
            return answer.Body.IsEmpty ? null : GiftbitJson.Read(answer.Body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
