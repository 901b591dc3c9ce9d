using System.Diagnostics;
using System.Globalization;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>
/// <c>demo</c>: a whole campaign on <c>samples/clients.csv</c> against a simulator of its own: through the built module where
/// PowerShell 7.6 is on PATH, else through Core.
/// </summary>
internal static class DemoCommand
{
    // A simulated minute a second: customers click and redeem while one looks on, and even on a slow machine no event seems to come from a far future.
    private const double ClockScale = 60;

    public static async Task<int> RunAsync(string[] args)
    {
        if (Read(args) is not { } wish) return Commands.Usage.Print();
        var root = FindRoot();
        var output = Path.GetFullPath(wish.Out ?? Path.Combine(root, "out", "demo"));
        Directory.CreateDirectory(output);
        foreach (var old in Directory.EnumerateFiles(output)) File.Delete(old);
        var home = Directory.CreateTempSubdirectory("targo-demo-").FullName;
        var watch = Stopwatch.StartNew();
        try
        {
            await using var sim = await SimulatorHost.StartAsync(new SimulatorOptions { ClockScale = ClockScale });
            Say($"Simulator: Giftbit {sim.Addresses.Giftbit}, Mailjet {sim.Addresses.Mailjet}, SMTP {sim.Addresses.Smtp}, web page {sim.Addresses.Web}");
            sim.Options.Mailjet.EventUrl = DemoEnvironment.EventUrl;
            using var done = new CancellationTokenSource();
            var customers = new DemoCustomers(sim).RunAsync(done.Token);
            var report = Path.Combine(output, "report.csv");
            var page = Path.Combine(output, "report.html");
            var pwsh = wish.CoreOnly ? null : await PowerShellFinder.FindAsync();
            int status;
            if (pwsh is not null)
            {
                Say($"PowerShell {pwsh.Version}: running samples/loyalty-campaign.ps1 against the built module.");
                status = await ScriptCampaign.RunAsync(pwsh, root, sim, home, report, page);
            }
            else
            {
                Say($"{(wish.CoreOnly ? "As asked" : "No pwsh 7.6 or newer on PATH")}: running the same campaign through Core, without the PowerShell module.");
                status = await CoreCampaign.RunAsync(root, sim, home, report, page);
            }
            await done.CancelAsync();
            var played = await customers;
            var mails = EmlExport.Write(sim.Inbox, output);
            if (status != 0) return status;
            DemoSummary.Print(sim, played, report, page, mails, output, watch.Elapsed);
            return sim.Inbox.Duplicates.Count == 0 && mails > 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static (string? Out, bool CoreOnly)? Read(string[] args)
    {
        string? output = null;
        var coreOnly = false;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--out" && i + 1 < args.Length) output = args[++i];
            else if (args[i] == "--core") coreOnly = true;
            else return null;
        }
        return (output, coreOnly);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TargoGiftbit.psd1"))) return folder.FullName;
        throw new DirectoryNotFoundException("The demo runs from the repository: no TargoGiftbit.psd1 was found above the program.");
    }

    internal static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
