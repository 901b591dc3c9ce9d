using TargoGiftbit.Simulator.Engagement;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>What the demo prints at its end, counted at the services and in the report.</summary>
internal static class DemoSummary
{
    public static void Print(SimulatorHost sim, PlayResult? played, string report, string page, int mails, string output, TimeSpan elapsed)
    {
        var store = sim.Giftbit.Store;
        var french = sim.Inbox.Messages.Count(m => m.Content?.Headers.Any(h => h.Key.Equals("Content-Language", StringComparison.OrdinalIgnoreCase) && h.Value.StartsWith("fr", StringComparison.Ordinal)) == true
            || m.Subject.Contains("cadeau", StringComparison.OrdinalIgnoreCase));
        var rows = File.ReadLines(report).Skip(1).ToList();
        DemoCommand.Say($"");
        DemoCommand.Say($"ordered   {store.Gifts.Count,5} gifts in {store.Orders.Count} order(s)");
        DemoCommand.Say($"sent      {mails,5} e-mails ({french} French, {mails - french} English), {sim.Inbox.Duplicates.Count} twice");
        DemoCommand.Say($"clicked   {played?.Clicked ?? 0,5} customers, {rows.Count(r => r.Split(',')[^4].Length > 0)} in the report");
        DemoCommand.Say($"redeemed  {store.Gifts.Count(g => g.State == GiftState.Redeemed),5} gifts at Giftbit, {rows.Count(r => r.Contains(",REDEEMED,", StringComparison.Ordinal))} in the report");
        DemoCommand.Say($"refused   {(played?.Bounced ?? 0) + (played?.Blocked ?? 0),5} e-mails bounced or blocked");
        DemoCommand.Say($"report    {report} ({rows.Count} rows)");
        DemoCommand.Say($"page      {page}");
        DemoCommand.Say($"inbox     {output} ({mails} .eml files)");
        DemoCommand.Say($"requests  {sim.Requests.Count("giftbit")} to Giftbit, {sim.Requests.Count("mailjet")} to Mailjet; {elapsed.TotalSeconds:0.0} s in all");
    }
}
