namespace TargoGiftbit.Core.Ledger;

/// <summary>Every sentence of the ledger that an operator reads, in one place (French comes next).</summary>
internal static class LedgerText
{
    public const string ProvenByEvent = "an event of the mail service proves that it went out";

    public const string FoundElsewhere = "found at the mail service; this ledger did not send it";

    public static string NotFound(string path) =>
        $"No ledger was found at '{path}'. Run this as the user who ordered the campaign, or set GIFT_HOME to the data folder that holds ledger.db.";

    public static string Busy(string path) =>
        $"The ledger '{path}' stayed locked by another process for 30 seconds. Nothing was changed; run the command again when the other one has ended.";

    public static string DiskFull(string path) =>
        $"The disk that holds the ledger '{path}' is full. The last change was rolled back and nothing is lost; free some space and run the command again.";

    public static string DiskFailed(string path) =>
        $"The system could not read or write the ledger '{path}'. The last change was rolled back. Check the disk and its quota, keep the data folder on a local disk, then run the command again.";

    public static string ReadOnly(string path) =>
        $"The ledger '{path}' cannot be written. Check that its folder belongs to you and is writable (chmod u+rwx), then run the command again.";

    public static string Damaged(string path) =>
        $"The ledger '{path}' is damaged or is not a ledger. Put it aside and restore the last copy, or read the campaigns back with Import-GiftCampaign; what may have been sent since is asked about before anything is sent.";

    public static string Unusable(string path, string what) => $"The ledger '{path}' cannot be used: {what}";

    public static string EngineMissing(string system) =>
        $"SQLite, which keeps the ledger, cannot be loaded on this system ({system}): its library is missing from lib/core/runtimes of the module, or not made for it. Install the module again, from its package, on Linux (x64, arm64), Alpine (x64), macOS or Windows (x64, arm64).";

    public static string TooNew(string path, int version, int known) =>
        $"The ledger '{path}' was written by a newer TargoGiftbit (format {version}, this module knows {known}). Update the module.";

    public static string CampaignUnknown(string id, string environment) =>
        $"Campaign '{id}' is not in the {environment} ledger. Get-GiftCampaign lists the campaigns that are.";

    public static string TermsDiffer(string id, string field, string was, string asked) =>
        $"Campaign '{id}' was already ordered with {field} '{was}', and '{asked}' was asked for now. An ordered campaign keeps its terms: use the same value, or another campaign id.";

    public static string OrderIdTaken(string orderId, string owner, string campaign) =>
        $"The order id '{orderId}' belongs to campaign '{owner}' already, so campaign '{campaign}' cannot use it. Choose another campaign id.";

    public static string GiftNotOpen(string gift, string status) => $"Gift {gift} is {status.ToLowerInvariant()}: there is nothing left to send, so its contact stays as it is.";

    public static string GiftMailUnsettled(string gift) =>
        $"The mail of gift {gift} is under way or in doubt. Settle it with Resolve-GiftDelivery before its address is changed, or two people might get the same gift.";

    public static string RowTaken(int row) =>
        $"Row {row} of the campaign belongs to another customer in this ledger. A row never changes hands: check that the gift file is of this campaign.";

    public static string RowDiffers(string contact, int has, int wanted) =>
        $"{contact} has row {has} in this ledger, and the gift file says {wanted}. A row never changes: check that the gift file is of this campaign.";

    public static string GiftUnknown(string gift) =>
        $"Gift {gift} is not in the ledger. Order it with New-GiftbitCampaign, or enter it with Join-GiftContact.";

    public static string LinkTaken(string gift, string other) =>
        $"The link found for gift {gift} already belongs to gift {other}. Nothing was stored for it; check the order with Get-GiftbitGift.";

    public static string CodesDiffer(string gift) =>
        $"Gift {gift} already has other codes. A gift never changes its codes; check the order with Get-IfeelgoodsRedemption.";

    public static string LinkDiffers(string gift) =>
        $"Gift {gift} already has another link. A gift never changes its link; check the order with Get-GiftbitGift.";

    public static string CampaignExists(string id, string environment) =>
        $"Campaign '{id}' is in the {environment} ledger already. Nothing was read in, since the file may be older than what the ledger knows.";

    public const string CampaignExistsRemedy = "Compare the two. To read the file all the same, do so into another data folder (-DataPath).";

    public static string ArchiveInvalid(string file, string what) =>
        $"'{file}' is no campaign as Export-GiftCampaign writes it: {what.TrimEnd('.')}. Nothing was read in; export the campaign anew where it came from.";

    public static string CampaignOpen(string id, int open, int uncertain) =>
        $"Campaign '{id}' still has {open} open gifts and {uncertain} mails in doubt, so it was not erased. Wait until all are settled (Update-GiftStatus, Resolve-GiftDelivery).";

    public static string NotRefunded(string gift, string status) =>
        $"Gift {gift} is {status}, and only a refunded gift is replaced. Cancel it first with Revoke-GiftbitGift.";

    public static string ReplacedBy(string gift) => $"by {gift}";

    public static string InPlaceOf(string gift) => $"in place of {gift}";
}
