using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Lab.Campaigns;

namespace TargoGiftbit.Lab.Kill;

/// <summary>The process that is killed where there is no PowerShell: the same steps through Core.</summary>
internal static class HostWorker
{
    public const string Name = "kill-worker";

    public static async Task<int> RunAsync(LabArguments arguments)
    {
        try
        {
            await using var campaign = new LabCampaign(GiftSettings.ProcessEnvironment(), arguments.Text("campaign")!, TimeProvider.System, LabPatience.Normal, Enum.Parse<OrderMode>(arguments.Text("mode")!));
            await campaign.OrderAsync(LabCampaign.Contacts(arguments.Number("gifts", 0)));
            await campaign.CollectAsync(TimeSpan.FromMinutes(2));
            await campaign.SettleAsync();
            await campaign.SendAsync(options: new MailingOptions { RateLimit = double.Parse(arguments.Text("rate")!, CultureInfo.InvariantCulture) });
            await campaign.PollAsync();
            return 0;
        }
        catch (GiftException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
            return 1;
        }
    }
}
