using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TargoGiftbit.Benchmarks.Mail;

/// <summary>
/// Both sides in one go: personalised two-part mails over SMTP (five connections) beside nodemailer with its pool of five, and
/// over the Mailjet API (batches of 50, four in flight) beside Mailjet's own Node client, each against the same sink.
/// </summary>
public static class MailBenchmark
{
    // A second of sending is over before either side's compiler is: what is compared is a run under way. .NET's would still work beside it
    // after so many mails, on the same cores; without tiers it is done once each method was called.
    private const int WarmUp = 3;
    private const string Tiers = "DOTNET_TieredCompilation";

    private static readonly string[] All = ["smtp", "api", "memory"];

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var parts = args.Where(All.Contains).DefaultIfEmpty("all").ToHashSet();
        var count = args.Select(a => int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty().Max();
        if (count == 0) count = 5_000;
        bool Wants(string part) => parts.Contains(part) || parts.Contains("all");

        var folder = Directory.CreateTempSubdirectory("mail-peers-").FullName;
        Environment.SetEnvironmentVariable(Tiers, "0");
        try
        {
            var sample = Path.Combine(folder, "sample.json");
            var (text, size) = MailSample.ForPeers();
            await File.WriteAllTextAsync(sample, text, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count:N0} mails of {size / 1024.0:N1} KB, {Environment.ProcessorCount} cores, .NET {Environment.Version}; each side warmed up with three times as many; medians of three, the sides taking turns; ours with the durable ledger, the counterparts with nothing to remember"));
            var hasPeers = (Wants("smtp") || Wants("api")) && await InstallAsync(folder, cancellationToken);
            var met = true;
            if (Wants("smtp")) met &= await SmtpAsync(folder, sample, count, hasPeers, cancellationToken);
            if (Wants("api")) met &= await ApiAsync(folder, sample, count, hasPeers, cancellationToken);
            if (Wants("memory")) met &= await MemoryAsync(count, cancellationToken);
            return met ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> SmtpAsync(string folder, string sample, int count, bool hasPeers, CancellationToken cancellationToken)
    {
        using var sink = await SmtpSinkAsync(cancellationToken);
        if (sink is null) return Skip("smtp-sink (Debian: postfix)");
        var (ours, peer) = await MediansAsync(
            () => OursAsync("SMTP, five connections", "smtp", count, WarmUp * count, sink.Port, cancellationToken),
            hasPeers ? () => NodeAsync("nodemailer, pool of five", folder, "nodemailer.mjs", sample, count, sink.Port, cancellationToken) : null);
        return peer is null ? Skip("node and npm") : Bar("SMTP at least 4 times nodemailer", ours.PerSecond / peer.PerSecond, 4);
    }

    private static async Task<bool> ApiAsync(string folder, string sample, int count, bool hasPeers, CancellationToken cancellationToken)
    {
        using var sink = await ApiSinkAsync(cancellationToken);
        var (ours, peer) = await MediansAsync(
            () => OursAsync("Mailjet API, 50 a call, four in flight", "api", count, WarmUp * count, sink.Port, cancellationToken),
            hasPeers ? () => NodeAsync("node-mailjet, 50 a call, four in flight", folder, "node-mailjet.mjs", sample, count, sink.Port, cancellationToken) : null);
        var met = Bar("Mailjet API at least 6,000 per second", ours.PerSecond, 6_000);
        return met & (peer is null ? Skip("node and npm") : Bar("Mailjet API at least 3 times node-mailjet", ours.PerSecond / peer.PerSecond, 3));
    }

    private static async Task<bool> MemoryAsync(int count, CancellationToken cancellationToken)
    {
        var met = true;
        using var api = await ApiSinkAsync(cancellationToken);
        using var smtp = await SmtpSinkAsync(cancellationToken);
        foreach (var messages in new[] { count, count * 20 })
        {
            foreach (var (kind, sink) in new[] { ("api", api), ("smtp", smtp) })
            {
                if (sink is null) continue;
                var run = await OursAsync(string.Create(CultureInfo.InvariantCulture, $"{messages:N0} mails, {kind}"), kind, messages, 0, sink.Port, cancellationToken);
                Console.WriteLine(run);
                met &= run.PeakBytes < 200 * 1024 * 1024;
            }
        }
        Console.WriteLine(met ? "Bar met: under 200 MB" : "BAR MISSED: under 200 MB");
        return met;
    }

    private static Task<Measurement> OursAsync(string name, string kind, int count, int warmUp, int port, CancellationToken cancellationToken) =>
        Required(PeerProcess.MeasureAsync(name, Environment.ProcessPath!, Self("mail-run", kind, Text(count), Text(warmUp), Text(port)), cancellationToken));

    private static Task<Measurement> NodeAsync(string name, string folder, string script, string sample, int count, int port, CancellationToken cancellationToken) =>
        Required(PeerProcess.MeasureAsync(name, "node", [Path.Combine(folder, script), sample, Text(count), Text(WarmUp * count), $"127.0.0.1:{port}"], cancellationToken));

    private static async Task<Measurement> Required(Task<Measurement?> run) => await run ?? throw new InvalidOperationException("The program has gone.");

    // In turns: what else the machine and its neighbours do, falls on both.
    private static async Task<(Measurement Ours, Measurement? Peer)> MediansAsync(Func<Task<Measurement>> ours, Func<Task<Measurement>>? peer)
    {
        List<Measurement> own = [], others = [];
        for (var round = 0; round < 3; round++)
        {
            own.Add(await ours());
            if (peer is not null) others.Add(await peer());
        }
        var medians = (Median(own)!, Median(others));
        Console.WriteLine(medians.Item1);
        if (medians.Item2 is not null) Console.WriteLine(medians.Item2);
        return medians;
    }

    private static Measurement? Median(List<Measurement> runs) => runs.Count == 0 ? null : runs.OrderBy(r => r.Elapsed).ElementAt(runs.Count / 2);

    // The packages go into the temporary folder; nothing of them stays in the repository.
    private static async Task<bool> InstallAsync(string folder, CancellationToken cancellationToken)
    {
        var scripts = Path.Combine(AppContext.BaseDirectory, "peers");
        foreach (var file in Directory.GetFiles(scripts)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        try
        {
            return await PeerProcess.RunAsync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], folder, cancellationToken) is not null;
        }
        catch (InvalidOperationException error)
        {
            Console.WriteLine(error.Message);
            return false;
        }
    }

    private static async Task<Sink?> SmtpSinkAsync(CancellationToken cancellationToken)
    {
        // Debian keeps it outside the PATH of ordinary users.
        var file = new[] { "/usr/sbin/smtp-sink", "/usr/local/sbin/smtp-sink", "/usr/libexec/postfix/smtp-sink" }.FirstOrDefault(File.Exists) ?? "smtp-sink";
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        // It refuses to serve as root and steps down when told to whom.
        string[] privileges = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["-u", "nobody"] : [];
        if (PeerProcess.Start(file, [.. privileges, $"127.0.0.1:{port}", "100"]) is not { } process) return null;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new Sink(process, port);
            }
            catch (SocketException) when (attempt < 50)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static async Task<Sink> ApiSinkAsync(CancellationToken cancellationToken)
    {
        var process = PeerProcess.Start(Environment.ProcessPath!, Self("mail-sink"))!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return new Sink(process, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    // Under "dotnet run" the process is dotnet or the apphost: both know where they came from.
    private static IEnumerable<string> Self(params string[] arguments) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Skip(string missing)
    {
        Console.WriteLine($"Not measured: {missing} not found.");
        return true;
    }

    private static bool Bar(string name, double value, double least)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(value >= least ? "Bar met" : "BAR MISSED")}: {name}: {value:N1}"));
        return value >= least;
    }

    private sealed class Sink(Process process, int port) : IDisposable
    {
        public int Port => port;

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
