using System.Globalization;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Benchmarks;

/// <summary>
/// 100,000 gifts through <c>Get-Gift | Where-Object | Select-Object</c>, beside the same pipeline over plain <c>[pscustomobject]</c>s that lie in
/// memory already. Arguments: gifts (default 100,000), rounds (default 5). The module is the packed one, where there is one.
/// </summary>
public static class PipelineBenchmark
{
    private const string Campaign = "targo-2026-q2-loyalty";

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var gifts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var home = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            Console.WriteLine(ImportBenchmark.FindPacked());
            using (var ledger = GiftLedger.Open(home, TimeProvider.System)) SentCampaign.Create(ledger, Campaign, gifts);
            var output = await PeerProcess.RunAsync("pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", Script(home, rounds)], home, cancellationToken);
            Console.Write(output ?? "There is no pwsh on the PATH.\n");
            return output is null ? 1 : 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    // The sides take turns in one process, so that whatever else the machine does falls on both. Processor time is told too: unlike the clock it
    // does not count what other programs did meanwhile. It includes the ledger's reading, which goes on on another thread.
    private static string Script(string home, int rounds) => $$"""
        $env:GIFT_HOME = '{{home}}'
        Import-Module '{{ImportBenchmark.FindPacked()}}'
        $plain = foreach ($gift in Get-Gift {{Campaign}}) {
            [pscustomobject]@{
                CampaignId = $gift.CampaignId; Row = $gift.Row; CustomerId = $gift.CustomerId; FirstName = $gift.FirstName; LastName = $gift.LastName
                Email = $gift.Email; Language = "$($gift.Language)"; Status = "$($gift.Status)"; MailState = "$($gift.MailState)"; SentAt = $gift.SentAt
            }
        }
        $me = [Diagnostics.Process]::GetCurrentProcess()
        function Measure-Side([scriptblock] $side) {
            [GC]::Collect()
            $me.Refresh(); $used = $me.TotalProcessorTime; $watch = [Diagnostics.Stopwatch]::StartNew()
            $count = @(& $side).Count
            $time = $watch.Elapsed.TotalMilliseconds; $me.Refresh()
            [pscustomobject]@{ Count = $count; Time = $time; Used = ($me.TotalProcessorTime - $used).TotalMilliseconds }
        }
        $sides = [ordered]@{
            'plain objects' = { $plain | Where-Object Language -EQ Fr | Select-Object Row, Email, Status }
            'Get-Gift'      = { Get-Gift {{Campaign}} | Where-Object Language -EQ Fr | Select-Object Row, Email, Status }
        }
        $runs = foreach ($round in 0..{{rounds}}) {
            foreach ($name in $sides.Keys) { Measure-Side $sides[$name] | Add-Member Name $name -PassThru | Add-Member Round $round -PassThru }
        }
        # The first round compiles; the best of the others shows least of what else the machine was doing.
        $best = foreach ($group in $runs | Where-Object Round -GT 0 | Group-Object Name) {
            [pscustomobject]@{
                Name = $group.Name; Count = $group.Group[0].Count
                Time = ($group.Group.Time | Measure-Object -Minimum).Minimum; Used = ($group.Group.Used | Measure-Object -Minimum).Minimum
            }
        }
        foreach ($side in $best) { '{0,-14} {1,7:N0} of {2:N0} passed on, best {3,6:N0} ms, processor {4,6:N0} ms' -f $side.Name, $side.Count, $plain.Count, $side.Time, $side.Used }
        $by = $best | Group-Object Name -AsHashTable
        'Get-Gift takes {0:0.00} times as long, {1:0.00} times the processor' -f ($by['Get-Gift'].Time / $by['plain objects'].Time), ($by['Get-Gift'].Used / $by['plain objects'].Used)
        """;
}
