using System.Globalization;

namespace TargoGiftbit.Core.Ordering;

/// <summary>Every sentence of ordering that an operator reads, in one place (French comes next).</summary>
internal static class OrderText
{
    public const string ContactRefused = "Giftbit did not take the contact; check the address.";

    public static string NoContacts(string campaign) =>
        $"There is no contact to order for in campaign '{campaign}'. Pipe contacts from Import-GiftContact, and check that the file has rows.";

    public static string ContactsBad(int bad, int all, string campaign) => string.Create(CultureInfo.InvariantCulture,
        $"{bad} of {all} contacts cannot be used, so nothing was ordered for campaign '{campaign}'. Mend the rows named above, or leave them out with -SkipInvalid.");

    public static string AllBad(int all, string campaign) => string.Create(CultureInfo.InvariantCulture,
        $"None of the {all} contacts can be used, so nothing was ordered for campaign '{campaign}'. Mend the rows named above.");

    public static string Suppressed(string email) => $"The address {email} asked not to be written to.";

    public const string SuppressedRemedy = "Leave the contact out (-SkipInvalid), or remove the suppression on the customer's express wish (Remove-GiftSuppression).";

    public static string LinksWithoutRecipients(string campaign, int count) => string.Create(CultureInfo.InvariantCulture,
        $"Giftbit made {count} links for campaign '{campaign}' but does not say whose they are. They are never paired by position, so none was stored and nothing was sent.");

    public const string LinksWithoutRecipientsRemedy =
        "Order such campaigns with -OrderMode PerRecipient, which ties each link to one contact. For this one, export the gifts from Giftbit's web site and pair them with Join-GiftContact.";

    public static string StrangeGifts(string campaign, int count) => string.Create(CultureInfo.InvariantCulture,
        $"Giftbit lists {count} gifts in campaign '{campaign}' that belong to none of its contacts. The links that could be tied to a contact were stored; check the rest with Get-GiftbitGift -CampaignId {campaign}.");

    public static string TwoLinks(string gift) =>
        $"Giftbit lists two different links for gift {gift}. None was stored for it; look at them with Get-GiftbitGift and cancel the surplus one in Giftbit's web site.";

    public static string JoinIdMissing(int line) => string.Create(CultureInfo.InvariantCulture, $"Line {line} of the contact file has no customer id.");

    public const string JoinIdMissingRemedy = "Production gifts belong to a customer by its id: add the id, or leave the row out.";

    public static string JoinPriceDiffers(string prices) => $"The gift file has several face values ({prices}). A campaign has one: split the file by value.";

    public const string JoinPriceMissing = "The gift file does not say the face value. Give it with -PriceInCents.";

    public const string JoinExpiryMissing = "The gift file does not say until when the gifts can be redeemed. Give the last day with -Expiry.";

    public static string TimedOut(string campaign, int found, int all, TimeSpan after, string state) => string.Create(CultureInfo.InvariantCulture,
        $"After {after.TotalSeconds:0} s, {found} of {all} links of campaign '{campaign}' exist (order: {state}). Nothing is lost: run Get-GiftbitShortlink -CampaignId {campaign} -Wait again later.");

    public const string TimedOutRemedy = "Large or first orders can be held for review, and an order without funds waits for them (Get-GiftbitFund). After half an hour, ask Giftbit's support.";

    public static string OrderOutcomeUnknown(string order, string reason) =>
        $"Whether order '{order}' was taken could not be found out ({reason}). Nothing is lost and nothing is doubled: run the same command again, and the same stored order is placed or recognised.";

    public static string NothingToRevoke(Gifts.GiftId gift) => $"Giftbit's id of gift {gift} is not known, so there is nothing to cancel.";

    public const string NothingToRevokeRemedy = "If it was ordered, Update-GiftStatus -Force looks its id up; if it was not, leave its contact out of the next order.";

    public static string NotAtGiftbit(Gifts.GiftId gift) => $"Giftbit has no gift with the id that the ledger holds for {gift}. Nothing was cancelled.";

    public const string NotAtGiftbitRemedy = "Check that the token is that of the account and environment that ordered it (Test-GiftbitToken -Detailed).";

    public static string BelongsToAnother(Gifts.GiftId gift) => $"At Giftbit, the gift under the id of {gift} belongs to another recipient. Nothing was cancelled.";

    public const string BelongsToAnotherRemedy = "Compare the two with Get-GiftbitGift and Get-GiftHistory before anything else is done.";

    public static string NotRevocable(Gifts.GiftId gift, Gifts.GiftStatus status) => $"Gift {gift} is {status} and cannot be taken back: leave it to the customer. The ledger now says so too.";

    public static string NotReplaceable(Gifts.GiftId gift, string state) => $"Gift {gift} was not ordered anew: its redemption is {state} and may still be made and billed.";

    public const string NotReplaceableRemedy = "Wait and run the command again, or cancel it first with Stop-IfeelgoodsRedemption.";

    public static string OfAnotherProvider(Gifts.GiftId gift, string provider) => $"Gift {gift} is of {provider}, not of Giftbit. Nothing was cancelled; Stop-IfeelgoodsRedemption cancels gifts of Ifeelgoods.";

    public static string ReplacementImpossible(Gifts.GiftId gift, string problem, bool isCancelled) => isCancelled
        ? $"Gift {gift} is cancelled, and no other could be ordered in its place yet: {problem}"
        : $"Gift {gift} cannot be replaced: {problem} Nothing was cancelled.";

    public static string OrderIdInUse(string order) => $"Giftbit already has an order '{order}' that this ledger does not know.";

    public const string OrderIdInUseRemedy = "This ledger is older than the campaign: bring it up to date with Sync-GiftCampaign, or work where it is.";
}
