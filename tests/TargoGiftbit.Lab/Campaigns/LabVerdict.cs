using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Lab.Campaigns;

/// <summary>Whether a campaign ended as it must: everyone has one gift and one mail with it, and the ledger says what the services say.</summary>
internal static class LabVerdict
{
    public static List<string> On(LabCampaign campaign, SimulatorHost simulator, int gifts)
    {
        var wrong = new List<string>();
        var orders = simulator.Giftbit.Store.Orders.Where(o => IsOf(campaign, o)).ToList();
        Expect(wrong, "orders", campaign.Mode == OrderMode.Batch ? 1 : gifts, orders.Count);
        Expect(wrong, "gifts at the provider", gifts, orders.Sum(o => o.Gifts.Count));
        var ours = campaign.Gifts;
        Expect(wrong, "gifts in the ledger", gifts, ours.Count);
        var mails = simulator.Inbox.Messages.Where(m => m.CustomId.StartsWith(campaign.Id + ":", StringComparison.Ordinal)).ToLookup(m => m.CustomId);
        foreach (var gift in ours)
        {
            if (gift.Link is null) wrong.Add($"{gift} has no link");
            if (gift.MailState != MailState.Sent) wrong.Add($"{gift} is {gift.MailState}: {gift.MailError}");
            var got = mails[gift.Identity.CustomId].ToList();
            if (got.Count != 1) wrong.Add($"{gift} was mailed {got.Count} times");
            if (gift.Link is null || got.Count == 0) continue;
            var theirs = simulator.Giftbit.Store.FindGift(gift.Link.Reveal());
            if (theirs?.Contact?.Email != gift.ProviderEmail || got[0].Recipient != gift.ProviderEmail) wrong.Add($"{gift} is another customer's");
            if (got[0].Content?.Text?.Contains(gift.Link.Reveal(), StringComparison.Ordinal) != true) wrong.Add($"the mail of {gift} has another link");
            if ((gift.Status == GiftStatus.Redeemed) != (theirs?.State == GiftState.Redeemed)) wrong.Add($"{gift} is {gift.Status}, at the provider {theirs?.State}");
        }
        Expect(wrong, "mails", gifts, mails.Sum(m => m.Count()));
        foreach (var (key, times) in simulator.Inbox.Duplicates.Where(d => d.Key.CustomId.StartsWith(campaign.Id + ":", StringComparison.Ordinal))) wrong.Add($"{key.CustomId} went out {times} times in one attempt");
        if (campaign.Ledger.CheckIntegrity() is not "ok" and var integrity) wrong.Add($"integrity: {integrity}");
        return wrong;
    }

    private static bool IsOf(LabCampaign campaign, GiftbitOrder order) => order.Id == campaign.Id || order.Id.StartsWith(campaign.Id + "-", StringComparison.Ordinal);

    private static void Expect(List<string> wrong, string what, int expected, int found)
    {
        if (found != expected) wrong.Add($"{found} {what} in place of {expected}");
    }
}
