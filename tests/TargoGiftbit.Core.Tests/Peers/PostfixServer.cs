using System.Net;
using System.Net.Sockets;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>
/// Debian's Postfix with a configuration, a queue and ports of its own on loopback; the machine's own mail system is left alone. Delivers
/// what is for example.com into one folder per customer and sends nothing anywhere else.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    public const int SizeLimit = 300_000;

    // Short: the names of Postfix's sockets have little room.
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pf");
    private readonly LocalCertificate certificate;

    private PostfixServer()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        certificate = new LocalCertificate(folder.FullName);
        // Those who deliver run under an account of their own and have to get here.
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        foreach (var name in (string[])["conf", "queue", "data", "mail"]) folder.CreateSubdirectory(name);
        File.SetUnixFileMode(At("mail"), (UnixFileMode)0b111_111_111);
    }

    /// <summary>Port for STARTTLS.</summary>
    public int Port { get; private set; }

    /// <summary>Port with TLS from the first byte.</summary>
    public int TlsPort { get; private set; }

    public static async Task<PostfixServer> StartAsync()
    {
        var server = new PostfixServer();
        try
        {
            (server.Port, server.TlsPort) = FreePorts();
            await server.ConfigureAsync();
            var (exit, output, errors) = await Peer.RunAsync("/usr/sbin/postfix", "-c", server.At("conf"), "start");
            Assert.True(exit == 0, $"postfix start: {output}{errors}{server.Log()}");
            await server.UntilItGreetsAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public SmtpTransport Transport(string scheme = "smtp", int connections = 1) => new(
        SmtpSettings.Parse($"{scheme}://127.0.0.1:{(scheme == "smtp" ? Port : TlsPort)}", null), certificate.Trusted() with { Connections = connections });

    /// <summary>Files of the messages delivered to a customer, oldest first, once there are so many.</summary>
    public async Task<IReadOnlyList<string>> DeliveredAsync(int count, string customer = "*")
    {
        for (var patience = 0; ; patience++)
        {
            var files = Directory.GetDirectories(At("mail"), customer).Select(d => Path.Combine(d, "new")).Where(Directory.Exists).SelectMany(Directory.GetFiles).ToList();
            if (files.Count >= count) return [.. files.OrderBy(File.GetLastWriteTimeUtc)];
            if (patience == 600) Assert.Fail($"{files.Count} of {count} messages delivered after a minute.\n{Log()}");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Peer.RunAsync("/usr/sbin/postfix", "-c", At("conf"), "stop");
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string Log() => File.Exists(At("mail.log")) ? File.ReadAllText(At("mail.log")) : "";

    private async Task ConfigureAsync()
    {
        var customers = Enumerable.Range(1, 60).Select(n => $"client{n}").Append("élodie").Select(name => $"{{ {name}@example.com = {name}/ }}");
        await File.WriteAllTextAsync(At("conf/main.cf"), $$"""
            compatibility_level = 3.6
            queue_directory = {{At("queue")}}
            data_directory = {{At("data")}}
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            maillog_file = {{At("mail.log")}}
            maillog_file_prefixes = {{folder.FullName}}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mail.example.com
            mydestination =
            alias_maps =
            alias_database =
            mynetworks = 127.0.0.0/8
            default_transport = error:this server sends nothing out
            relay_transport = error:this server sends nothing out
            virtual_mailbox_domains = example.com
            virtual_mailbox_base = {{At("mail")}}
            virtual_mailbox_maps = inline:{ {{string.Join(", ", customers)}} }
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            message_size_limit = {{SizeLimit}}
            smtputf8_enable = yes
            smtpd_tls_cert_file = {{certificate.Certificate}}
            smtpd_tls_key_file = {{certificate.Key}}
            smtpd_tls_security_level = encrypt
            smtpd_relay_restrictions = permit_mynetworks, reject
            """ + "\n");
        await File.WriteAllTextAsync(At("conf/master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            127.0.0.1:{TlsPort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            error unix - - n - - error
            retry unix - - n - - error
            proxymap unix - - n - - proxymap
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """ + "\n");
        var (exit, _, errors) = await Peer.RunAsync("chown", "postfix", At("data"));
        Assert.True(exit == 0, errors);
    }

    private async Task UntilItGreetsAsync()
    {
        for (var patience = 0; ; patience++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                using var reader = new StreamReader(client.GetStream());
                if ((await reader.ReadLineAsync())?.StartsWith("220", StringComparison.Ordinal) == true) return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not up yet.
            }
            if (patience == 100) Assert.Fail($"Postfix does not greet.\n{Log()}");
            await Task.Delay(100);
        }
    }

    private static (int, int) FreePorts()
    {
        using TcpListener one = new(IPAddress.Loopback, 0), two = new(IPAddress.Loopback, 0);
        one.Start();
        two.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)two.LocalEndpoint).Port);
    }
}
