using System.Diagnostics;
using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>aiosmtpd on loopback: TLS and AUTH demanded, every message kept as a file.</summary>
internal sealed class AiosmtpdServer : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiosmtpd-");
    private readonly LocalCertificate certificate;
    private Process? process;
    private int port;

    private AiosmtpdServer() => certificate = new LocalCertificate(folder.FullName);

    /// <param name="tls"><c>starttls</c> or <c>implicit</c>.</param>
    /// <param name="mechanism">The only way to sign in that it offers: <c>PLAIN</c> or <c>LOGIN</c>.</param>
    public static async Task<AiosmtpdServer> StartAsync(string tls = "starttls", string mechanism = "PLAIN")
    {
        var server = new AiosmtpdServer();
        var start = Peer.Start(Peer.Python, Path.Combine(Peer.Scripts, "aiosmtpd_server.py"), server.folder.FullName, server.certificate.Certificate, server.certificate.Key, tls, mechanism);
        server.process = Process.Start(start)!;
        var line = await server.process.StandardOutput.ReadLineAsync();
        Assert.True(int.TryParse(line, CultureInfo.InvariantCulture, out server.port), line ?? await server.process.StandardError.ReadToEndAsync());
        return server;
    }

    public SmtpTransport Transport(string scheme, string password = "s3same ouvre-toi") =>
        new(SmtpSettings.Parse($"{scheme}://cadeaux%40targo.ca@127.0.0.1:{port}", new Secret(password)), certificate.Trusted());

    /// <summary>Files of the messages it took, in order.</summary>
    public IReadOnlyList<string> Taken => [.. folder.GetFiles("*.eml").Select(f => f.FullName).Order(StringComparer.Ordinal)];

    /// <summary>Envelope of each message: options of MAIL, sender, recipients.</summary>
    public IReadOnlyList<string> Envelopes => [.. folder.GetFiles("*.env").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => File.ReadAllText(f.FullName))];

    public async ValueTask DisposeAsync()
    {
        if (process is { } running)
        {
            // Its standard input is what keeps it alive.
            running.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try { await running.WaitForExitAsync(patience.Token); }
            catch (OperationCanceledException) { running.Kill(); }
            running.Dispose();
        }
        certificate.Dispose();
        folder.Delete(recursive: true);
    }
}
