using System.ComponentModel;
using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Lab.Kill;

/// <summary>Starts the process that is to be killed: PowerShell with the module's cmdlets, or a plain process where there is no PowerShell.</summary>
internal sealed class Victim(string folder, IReadOnlyDictionary<string, string> settings, int gifts, double rate, OrderMode mode, bool isPowerShell)
{
    private static readonly Version Oldest = new(7, 6);

    public string Kind => isPowerShell ? "pwsh" : "host process";

    /// <summary>Whether PowerShell can load the module here.</summary>
    public static async Task<bool> HasPowerShellAsync()
    {
        try
        {
            using var pwsh = LabProcess.Start("pwsh", ["-NoProfile", "-NonInteractive", "-Command", "$PSVersionTable.PSVersion.ToString()"], new Dictionary<string, string>());
            // A preview says 7.6.0-preview.1.
            return await pwsh.EndsWithinAsync(TimeSpan.FromMinutes(1)) && pwsh.ExitCode == 0 && Version.TryParse(pwsh.Output.Split('-')[0], out var version) && version >= Oldest;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public LabProcess Start(string campaign) => isPowerShell
        ? LabProcess.Start("pwsh", ["-NoProfile", "-NonInteractive", "-File", Script(), "-CampaignId", campaign, "-Rate", Rate, "-OrderMode", mode.ToString()], settings)
        : LabProcess.StartSelf([HostWorker.Name, "--campaign", campaign, "--gifts", gifts.ToString(CultureInfo.InvariantCulture), "--rate", Rate, "--mode", mode.ToString()], settings);

    private string Rate => rate.ToString("0.##", CultureInfo.InvariantCulture);

    private string Script()
    {
        var path = Path.Combine(folder, "campaign.ps1");
        if (File.Exists(path)) return path;
        File.WriteAllLines(Path.Combine(folder, "clients.csv"),
        [
            "No client,Prénom,Nom,Courriel,Langue",
            .. Enumerable.Range(1, gifts).Select(n => $"C{n:0000},{(n % 3 == 0 ? "Élise" : "Marc-André")},Côté {n},client{n}@example.com,{(n % 4 == 0 ? "English" : "Français")}"),
        ]);
        File.WriteAllText(path,
            $$"""
            param([string] $CampaignId, [double] $Rate, [string] $OrderMode)
            Set-StrictMode -Version Latest
            Import-Module '{{Path.Combine(LabProcess.RepositoryRoot, "TargoGiftbit.psd1")}}'
            $terms = @{
                Id = $CampaignId; OrderMode = $OrderMode; PriceInCents = 6000; Expiry = [datetime]'{{DateTime.UtcNow.AddMonths(6):yyyy-MM-dd}}'
                BrandCode = 'timhortonsca', 'walmartca'; Subject = 'Cadeau TARGO — merci'; Message = "Merci d'être client TARGO."
            }
            Import-GiftContact '{{Path.Combine(folder, "clients.csv")}}' |
                New-GiftbitCampaign @terms |
                Get-GiftbitShortlink -Wait |
                Send-GiftEmail -RateLimit $Rate |
                Update-GiftStatus -Force |
                Group-Object Status, MailState -NoElement | ForEach-Object { "$($_.Name) $($_.Count)" }
            """);
        return path;
    }
}
