using System.Diagnostics;
using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Benchmarks.Mail;

/// <summary>One measured run of our side, in a process of its own: <c>mail-run smtp|api count warmUp port</c>.</summary>
internal static class MailRun
{
    /// <summary>Prints <c>count milliseconds peakBytes</c> as its last line, like the counterparts.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var (kind, count, warmUp, port) = (args[0], Number(args[1]), Number(args[2]), Number(args[3]));
        using var workload = new MailWorkload();
        if (warmUp > 0) workload.Fill("warm", warmUp);
        workload.Fill("run", count);
        await using var transport = Transport(kind, port);
        var parallelism = kind == "smtp" ? 5 : 4;
        if (warmUp > 0) await workload.SendAsync("warm", transport, parallelism, cancellationToken);

        GC.Collect();
        var watch = Stopwatch.StartNew();
        var sent = await workload.SendAsync("run", transport, parallelism, cancellationToken);
        watch.Stop();
        if (sent != count) throw new InvalidOperationException($"{sent} of {count} messages were accepted.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} {watch.Elapsed.TotalMilliseconds} {Measurement.PeakOfThisProcess()}"));
        return 0;
    }

    private static IMailTransport Transport(string kind, int port) => kind == "smtp"
        ? new SmtpTransport(SmtpSettings.Parse(string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{port}?tls=none"), null))
        : new MailjetTransport(
            new MailjetSettings(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), new Secret("public"), new Secret("private")),
            HttpConnections.CreateClient());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
