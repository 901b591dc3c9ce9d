using System.Globalization;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>Everything that this room says to an operator, in one place. Every refusal ends in what to do.</summary>
internal static class GiftbitText
{
    public const string TokenRemedy = "Check the token, and that it is the one of this environment: sandbox and production have separate tokens. Test-GiftbitToken -Detailed shows which is used.";
    public const string ForbiddenRemedy = "Ask Giftbit whether this account may do that; production is enabled by Giftbit.";
    public const string BrandRemedy = "Get-GiftbitBrand lists the codes; brands come and go.";
    public const string PriceRemedy = "Get-GiftbitBrand -BrandCode shows the prices each brand can be ordered at.";
    public const string ContactsRemedy = "Give at least one contact with a valid address.";
    public const string OrderRemedy = "Correct the field that is named and order again; nothing was ordered.";
    public const string IdRemedy = "Choose another campaign id. Look in Giftbit's web application whether an order with this id exists there.";
    public const string LinkCountRemedy = "The order must say how many links it is for; it is prepared anew with the count.";
    public const string LinksInactiveRemedy = "The claim period of the order has ended; its links can no longer be read.";
    public const string NotLinkOrderRemedy = "Check the campaign id; only link orders have links.";
    public const string CardRemedy = "The card was declined. Add funds in Giftbit's web application.";
    public const string FundsRemedy = "Give an amount that Giftbit accepts.";
    public const string NotFoundRemedy = "Check the id, and that it belongs to this environment.";
    public const string RateRemedy = "Giftbit asks for fewer requests. Wait a few minutes and run the command again; what is done stays done.";
    public const string UnavailableRemedy = "Giftbit has trouble (see status.giftbit.com). Run the command again later; what is done stays done.";
    public const string UnexpectedRemedy = "Check that the endpoint is Giftbit's API root.";
    public const string UnsettledRemedy = "Run the command again later: the same order is sent under the same id, and Giftbit makes it at most once.";
    public const string DiffersRemedy = "Choose another campaign id. If this campaign was ordered from another machine, work there or bring its ledger here.";
    public const string CancelRemedy = "Only an unclaimed gift can be cancelled.";
    public const string UnstableRemedy = "Run the command again when no gifts are being made.";

    public const string NoReason = "Giftbit gives no reason";

    public static string OtherRecipients(int count) => $"recipients ({Number(count)} of Giftbit's are not in ours)";

    public static string Refused(string call, int status, string? code, string words) =>
        $"Giftbit refused {call}: HTTP {Number(status)}{(code is null ? "" : ", " + code)}{(words.Length == 0 ? "" : $": {words}")}.";

    public static string Failed(string call, string answer) => $"Giftbit could not do {call}: {answer}.";

    public static string Asked(TimeSpan wait) => $"; it asks to wait {Number((long)Math.Ceiling(wait.TotalSeconds))} s";

    public static string Unknown(string what, string id) => $"Giftbit knows no {what} '{id}'.";

    public static string Differs(string orderId, IReadOnlyList<string> differences) =>
        $"Giftbit already has another order under the id '{orderId}'. It differs in: {string.Join("; ", differences)}. Nothing was ordered now.";

    public static string Difference(string field, string ours, string theirs) => $"{field} (ours {ours}, Giftbit's {theirs})";

    public static string IdRefused(string orderId) => $"Giftbit says that the order id '{orderId}' was used already or is not valid, yet shows no order with it.";

    public static string BodyInvalid(string orderId) => $"The stored body of the order '{orderId}' is damaged. Nothing was sent. Restore the ledger from a backup.";

    public static string Unsettled(string orderId) => $"Giftbit gave no clear answer to the order '{orderId}': it may or may not exist.";

    public static string CannotSettle(string orderId) => $"The order '{orderId}' was posted, and Giftbit could not be asked what came of it.";

    public static string NotCancelled(string uuid, string? status) => $"The gift '{uuid}' was not cancelled; Giftbit says it is {status ?? "in an unknown state"}.";

    public static string CancelUnclear(string uuid) => $"It is not known whether the gift '{uuid}' was cancelled.";

    public static string Unstable(string what, long told, int found) =>
        $"The list of {what} changed while it was read: Giftbit tells {Number(told)}, {Number(found)} were found.";

    public static string RegionByName(string region) => $"'{region}' is not a region's number. Giftbit would ignore it and list the brands of all regions.";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
