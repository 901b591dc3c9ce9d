using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>Everything that this room says to an operator, in one place (French comes next). Every refusal ends in what to do.</summary>
internal static class IfeelgoodsText
{
    public const string KeyRemedy = "Check IFEELGOODS_API_KEY and IFEELGOODS_API_SECRET, and that they are those of this environment: sandbox and production have separate pairs.";
    public const string AuthRemedy = "This account wants the other way to sign in: set auth=oauth in IFEELGOODS_OPTIONS, or leave it out.";
    public const string TokenRemedy = "Sign in with the key pair (leave auth=oauth out of IFEELGOODS_OPTIONS), or ask apisupport@ifeelgoods.com for the grant type and set it there with grant-type=….";
    public const string ForbiddenRemedy = "Ask the account manager at Ifeelgoods whether this account may do that.";
    public const string NotFoundRemedy = "Check the id, and that it belongs to this environment. Promotion ids come from the account manager.";
    public const string MismatchRemedy = "Choose another campaign id. If this campaign was ordered from another machine, work there or bring its ledger here.";
    public const string UserRemedy = "Correct the contact's name and address.";
    public const string OperationRemedy = "Check the promotion, the stock and the balance: Get-IfeelgoodsReward, Get-IfeelgoodsClient.";
    public const string ListRemedy = "The promotion has more redemptions than Ifeelgoods lists at once; give a filter.";
    public const string RateRemedy = "Ifeelgoods asks for fewer requests. Wait a few minutes and run the command again; what is done stays done.";
    public const string UnavailableRemedy = "Ifeelgoods has trouble. Run the command again later; what is done stays done.";
    public const string OrderRemedy = "Correct what is named and order again; nothing was ordered.";
    public const string UnexpectedRemedy = "Check that the endpoint is the root of Ifeelgoods' Fulfilment API.";
    public const string PagingRemedy = "The names of the paging parameters are not documented: ask apisupport@ifeelgoods.com and set them in IFEELGOODS_OPTIONS with page-parameter=… and page-size-parameter=….";
    public const string UnclearRemedy = "Run the command again later: the same order is sent under the same id, and Ifeelgoods makes and bills it at most once.";
    public const string StoppedRemedy = "Settle the first order with apisupport@ifeelgoods.com, choose another amount-form in IFEELGOODS_OPTIONS if the amount was misread, and order the rest.";
    public const string ActivateRemedy = "The address of the activation is not documented: ask apisupport@ifeelgoods.com and set it in IFEELGOODS_OPTIONS with activate-path=…, or leave link-flow at create. A booking ends unbilled after half an hour.";
    public const string PdfRemedy = "There is a card to print only once the redemption is redeemed, and not for every reward.";
    public const string CancelRemedy = "Only a pending or failed redemption can be canceled; a redeemed one never.";
    public const string PromotionRemedy = "Promotion ids come from the account manager; Get-IfeelgoodsClient shows which account is used.";
    public const string RewardRemedy = "Get-IfeelgoodsReward lists the rewards that can be had.";
    public const string BalanceRemedy = "Have the balance filled up, or order for fewer contacts. Get-IfeelgoodsClient shows the balance.";
    public const string ValueRemedy = "Get-IfeelgoodsReward -RewardSku shows the face value, or the range of a free one.";
    public const string CampaignIdRemedy = "Use 1 to 64 letters, digits, hyphens and underscores.";
    public const string ExpiryRemedy = "Give a day to come.";

    public const string OwnMails = "This promotion has Ifeelgoods itself write to the customers: they would get two mails. Ask the account manager to turn its notifications off.";
    public const string NoReason = "no reason is given";

    public static GiftSettingsException OptionInvalid(string pair) => new(
        "SettingInvalid", $"'{Redaction.Clean(pair, 60)}' is no switch of IFEELGOODS_OPTIONS.",
        "Write name=value with auth (keys, oauth), grant-type, link-flow (create, book-then-activate), activate-path, amount-form (data-value, reward-value, data-amount), page-parameter, page-size-parameter or page-size (1 to 1000).");

    public static string Refused(string call, int status, string? name, string words) =>
        $"Ifeelgoods refused {call}: HTTP {Number(status)}{(name is null ? "" : ", " + name)}{(words.Length == 0 ? "" : $": {words}")}.";

    public static string Failed(string call, string answer) => $"Ifeelgoods could not do {call}: {answer}.";

    public static string TokenNotGiven(int status, string error) =>
        $"Ifeelgoods gave no token: HTTP {Number(status)}{(error.Length == 0 ? "" : ", " + error)}.";

    public static string Unknown(string what, string id) => $"Ifeelgoods knows no {what} '{id}'.";

    public static string Incomplete(long told, int found) =>
        $"The list could not be read to its end: Ifeelgoods tells {Number(told)} rows, {Number(found)} were found.";

    public static string Differs(string order, IReadOnlyList<string> differences) =>
        $"Ifeelgoods has order '{order}' as something else: {string.Join("; ", differences)}.";

    public static string Difference(string field, string ours, string theirs) => $"{field} (ours {ours}, Ifeelgoods' {theirs})";

    public static string Stopped(string order) => $"Order '{order}' was not placed, because the first one came back with another value than was ordered.";

    public static string Unclear(string order, string state) => $"Ifeelgoods gave no clear answer to order '{order}'; it is {state} now.";

    public static string IdTaken(string order) => $"Ifeelgoods says that the order id '{order}' was used already, yet shows no redemption with it.";

    public static string NotMade(string state) => state switch
    {
        "denied" => "denied by a rule of the promotion (country or e-mail domain)",
        "failed" => "the code could not be made",
        "canceled" or "cancelled" => "the redemption of this order is canceled",
        _ => state,
    };

    public static string NotCancelable(string order, string state) => $"The redemption of order '{order}' was not canceled; it is {state}.";

    public static string CancelUnclear(string order) => $"It is not known whether the redemption of order '{order}' was canceled.";

    public static string NoActivation(int status) => $"The booking was made, but its activation was refused (HTTP {Number(status)}).";

    public static string NoPromotion => "The id of the promotion is missing.";

    public static string PromotionClosed(string id, string state) => $"The promotion '{id}' is {state}.";

    public static string NotOffered(string promotion, string sku) => $"The promotion '{promotion}' does not offer the reward '{sku}'.";

    public static string OneReward => "Exactly one reward is ordered at a time.";

    public static string RewardClosed(string sku, string status) => $"The reward '{sku}' is {status}.";

    public static string OutOfStock(string sku) => $"The reward '{sku}' is out of stock.";

    public static string StockShort(string sku, int stock, int count) => $"Of the reward '{sku}', {Number(stock)} are left and {Number(count)} are wanted.";

    public static string RewardEnds(string sku, DateOnly day) => $"The codes of reward '{sku}' in stock end on {Day(day)}.";

    public static string NotWhole(Money value) => $"A free value must be in whole units, without cents; {value} is not.";

    public static string OutOfRange(string sku, Money value, int? min, int? max) =>
        $"The value of reward '{sku}' must lie between {(min is { } low ? Number(low) : "…")} and {(max is { } high ? Number(high) : "…")}; {value} does not.";

    public static string NotFaceValue(string sku, decimal faceValue, Money value) =>
        $"The reward '{sku}' has the fixed value {faceValue.ToString("0.00", CultureInfo.InvariantCulture)}; {value} was asked for.";

    public static string BalanceShort(Money cost, Money balance) => $"The order costs {cost}, and the balance is {balance}.";

    public static string AlertCrossed(Money alert) => $"The order takes the balance below the budget alert of {alert}.";

    public static string EndsEarly(DateTimeOffset end, DateOnly stated) =>
        $"These gifts end on {Day(DateOnly.FromDateTime(end.UtcDateTime))}, before {Day(stated)}, the last day that the mails would state. Do not send them with this date.";

    public static string Past(DateOnly day) => $"The last day {Day(day)} is over.";

    public static string CampaignIdInvalid(string id) => $"'{id}' cannot be a campaign id.";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
