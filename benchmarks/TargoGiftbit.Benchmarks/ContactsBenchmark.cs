using System.Globalization;
using TargoGiftbit.Core.Contacts;

namespace TargoGiftbit.Benchmarks;

/// <summary>Contacts read, and gifts paired with contacts, at 100,000 rows; beside <c>Import-Csv</c> and a hashtable in PowerShell.</summary>
public static class ContactsBenchmark
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("contacts-benchmark-").FullName;
        try
        {
            var contacts = Path.Combine(folder, "clients.csv");
            var gifts = Path.Combine(folder, "giftbit-gifts-benchmark.csv");
            await WriteFilesAsync(contacts, gifts, rows, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {Environment.ProcessorCount} cores, .NET {Environment.Version}"));

            const int runs = 5;
            Console.WriteLine(await Measurement.BestOfAsync(runs, "Contacts read (streamed)", async () =>
            {
                var count = 0L;
                await foreach (var contact in ContactReader.ReadAsync(contacts, null, cancellationToken))
                    if (contact.Problem is null) count++;
                return Expect(count, rows);
            }));
            // The first time is what an operator meets, and its peak is that of one pairing.
            Console.WriteLine(await Measurement.OfAsync("Gifts and contacts read and paired, first time", PairAsync));
            var paired = await Measurement.BestOfAsync(runs, "Gifts and contacts read and paired, best of 5", PairAsync);
            Console.WriteLine(paired);

            var peer = await PowerShellPeer.RunAsync("Import-Csv + hashtable in PowerShell", PeerScript(contacts, gifts), cancellationToken);
            Console.WriteLine(peer?.ToString() ?? "No pwsh on PATH: the PowerShell peer was not measured.");
            if (peer is not null)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"Times as fast as the peer: {paired.PerSecond / peer.PerSecond:N1}; of its peak memory: {100.0 * paired.PeakBytes / peer.PeakBytes:N0} %"));
            return 0;

            async Task<long> PairAsync()
            {
                var result = await GiftContactPairing.JoinAsync(gifts, contacts, new PairingOptions(), cancellationToken);
                return Expect(result.Pairs.Count, rows);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Expect(long count, int rows) =>
        count == rows ? count : throw new InvalidOperationException($"{count} of {rows} rows came through.");

    private static async Task WriteFilesAsync(string contacts, string gifts, int rows, CancellationToken cancellationToken)
    {
        string[] first = ["Marie", "Élise", "Jean-François", "Noémie", "William", "Zoé", "Amélie", "Ahmed", "Sophie", "Jérôme"];
        string[] last = ["Tremblay", "Côté", "Bélanger", "Nguyen", "O'Neil", "Lévesque", "Gagné", "Smith", "Bouchard", "Diallo"];
        await using var contactText = new StreamWriter(contacts);
        await using var giftText = new StreamWriter(gifts);
        await contactText.WriteAsync("No client;Prénom;Nom;Courriel;Langue;Téléphone;Forfait\r\n");
        await giftText.WriteAsync("row,id,firstname,lastname,email,price,currency,brand,link,uuid,status,expiry,campaign,environment\r\n");
        for (var i = 1; i <= rows; i++)
        {
            // The gifts come in another order than the contacts: neither side may rely on position.
            var gift = (int)(i * 7919L % rows) + 1;
            await contactText.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"C{i:000000};{first[i % 10]};{last[i / 10 % 10]};client{i}@example.com;{(i % 5 == 0 ? "en" : "fr")};450-555-{i % 10000:0000};Fibre {100 * (1 + i % 5)}\r\n").AsMemory(), cancellationToken);
            await giftText.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"{gift},C{gift:000000},{first[gift % 10]},{last[gift / 10 % 10]},client{gift}@example.com,60.00,CAD,,https://gtbt.example/{gift:x11},{gift:x32},LinkCreated,2026-12-31,benchmark,Sandbox\r\n").AsMemory(), cancellationToken);
        }
    }

    private static string PeerScript(string contacts, string gifts) => $$"""
        $ErrorActionPreference = 'Stop'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $byId = @{}
        foreach ($contact in Import-Csv -LiteralPath '{{contacts}}' -Delimiter ';') { $byId[$contact.'No client'] = $contact }
        $pairs = foreach ($gift in Import-Csv -LiteralPath '{{gifts}}') {
            $contact = $byId[$gift.id]
            if ($contact) {
                [pscustomobject]@{
                    Row = $gift.row; CustomerId = $contact.'No client'; FirstName = $contact.'Prénom'
                    Email = $contact.Courriel; Language = $contact.Langue; Link = $gift.link
                }
            }
        }
        $watch.Stop()
        "$($pairs.Count) $($watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)) $([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64)"
        """;
}
