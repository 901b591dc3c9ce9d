using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class SmtpSinkTests : SimulatorTest
{
    private const string Message =
        "From: =?utf-8?Q?TARGO_Qu=C3=A9bec?= <noreply@targo.ca>\r\nTo: Marie <marie@example.ca>\r\nSubject: =?utf-8?B?8J+OgSBVbg==?=\r\n =?utf-8?B?IGNhZGVhdQ==?=\r\n"
        + "X-MJ-CustomID: ete:1\r\nX-MJ-EventPayload: attempt-1\r\nX-Mailjet-Campaign: ete\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/alternative; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVoici\r\n"
        + "--b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Voil=C3=A0 un=\r\n cadeau</p>\r\n--b1--\r\n";

    [Fact]
    public async Task A_mail_over_STARTTLS_lands_in_the_same_inbox_as_one_over_the_API()
    {
        await using var client = await ConnectAsync();
        Assert.Contains("STARTTLS", await client.SayAsync("EHLO test"));
        await client.SayAsync("STARTTLS");
        await client.SecureAsync(Sim.Smtp.Certificate.Thumbprint);
        Assert.DoesNotContain("STARTTLS", await client.SayAsync("EHLO test"));
        Assert.StartsWith("235", await client.SayAsync("AUTH PLAIN " + Plain()));
        var replies = await client.SendMailAsync(Message);
        Assert.Matches("^250 OK queued as [0-9a-f-]{36}$", replies[^1]);

        var message = Assert.Single(Sim.Inbox.ByCustomId("ete:1"));
        Assert.Equal(("smtp", "marie@example.ca", "attempt-1", "ete"), (message.Transport, message.Recipient, message.EventPayload, message.Campaign));
        Assert.Equal(("🎁 Un cadeau", "TARGO Québec"), (message.Subject, message.SenderName));
        Assert.Equal(("Voici", "<p>Voilà un cadeau</p>"), (message.Content!.Text, message.Content.Html));
    }

    [Fact]
    public async Task The_second_port_speaks_TLS_from_the_first_byte_and_knows_AUTH_LOGIN()
    {
        await using var client = new SmtpTestClient(Sim.Smtp.TlsPort);
        await client.SecureAsync(Sim.Smtp.Certificate.Thumbprint);
        Assert.StartsWith("220", await client.ReadReplyAsync());
        await client.SayAsync("EHLO test");
        Assert.Equal("334 VXNlcm5hbWU6", await client.SayAsync("AUTH LOGIN"));
        await client.SayAsync(Base64(Sim.Options.MailjetPublicKey));
        Assert.StartsWith("235", await client.SayAsync(Base64(Sim.Options.MailjetPrivateKey)));
    }

    [Fact]
    public async Task Wrong_keys_no_keys_and_no_TLS_are_refused_each_in_its_way()
    {
        await using var client = await ConnectAsync();
        await client.SayAsync("EHLO test");
        Assert.StartsWith("530", await client.SayAsync("MAIL FROM:<noreply@targo.ca>"));
        Assert.StartsWith("535", await client.SayAsync("AUTH PLAIN " + Base64("\0user\0wrong")));
        Sim.Options.Smtp.RequireTls = true;
        Assert.DoesNotContain("AUTH", await client.SayAsync("EHLO test"));
        Assert.StartsWith("538", await client.SayAsync("AUTH PLAIN " + Plain()));
    }

    [Fact]
    public async Task Pipelined_commands_get_their_replies_in_order_and_dots_are_unstuffed()
    {
        await using var client = await LogInAsync();
        var replies = await client.SendMailAsync("Subject: points\r\nX-MJ-CustomID: a:1\r\n\r\n..\r\n...deux\r\nfin.\r\n");
        Assert.Equal(["250", "250", "354", "250"], replies.Select(reply => reply[..3]));
        Assert.Equal(".\r\n..deux\r\nfin.\r\n", Sim.Inbox.Messages[0].Content!.Text);
        var second = await client.SendMailAsync("Subject: deux\r\nX-MJ-CustomID: a:2\r\n\r\n\r\n");
        Assert.StartsWith("250 OK", second[^1]);
        Assert.Equal(2, Sim.Inbox.Count);
        Assert.Equal(1, Sim.Smtp.Connections);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_connection_dropped_at_the_final_dot_leaves_the_mail_or_not(bool afterEffect, int accepted)
    {
        await using var client = await LogInAsync();
        Sim.Faults.Next("smtp.message", Fault.Reset(afterEffect));
        await Assert.ThrowsAnyAsync<IOException>(() => client.SendMailAsync(Message));
        Assert.Equal(accepted, Sim.Inbox.Count);
    }

    [Theory]
    [InlineData("smtp.mail", 451, 0)]
    [InlineData("smtp.rcpt", 550, 1)]
    [InlineData("smtp.data", 554, 2)]
    [InlineData("smtp.message", 452, 3)]
    public async Task Every_phase_can_refuse(string phase, int code, int place)
    {
        await using var client = await LogInAsync();
        Sim.Faults.Next(phase, Fault.Smtp(code, "4.0.0 simulated"));
        var replies = new List<string>();
        foreach (var line in (string[])["MAIL FROM:<noreply@targo.ca>", "RCPT TO:<marie@example.ca>", "DATA", Message + "."])
        {
            replies.Add(await client.SayAsync(line));
            if (replies[^1][0] is '4' or '5')
                break;
        }

        Assert.Equal(place, replies.Count - 1);
        Assert.StartsWith($"{code} ", replies[^1]);
        Assert.Empty(Sim.Inbox.Messages);
        await client.SayAsync("RSET");
        Assert.StartsWith("250 OK", (await client.SendMailAsync(Message))[^1]);
    }

    [Fact]
    public async Task A_421_ends_the_session()
    {
        await using var client = await LogInAsync();
        Sim.Faults.Next("smtp.mail", Fault.Smtp(421, "4.3.2 closing"));
        Assert.StartsWith("421", await client.SayAsync("MAIL FROM:<noreply@targo.ca>"));
        await Assert.ThrowsAnyAsync<IOException>(() => client.SayAsync("NOOP"));
    }

    private async Task<SmtpTestClient> ConnectAsync()
    {
        var client = new SmtpTestClient(Sim.Smtp.Port);
        Assert.StartsWith("220", await client.ReadReplyAsync());
        return client;
    }

    private async Task<SmtpTestClient> LogInAsync()
    {
        var client = await ConnectAsync();
        await client.SayAsync("EHLO test");
        await client.SayAsync("AUTH PLAIN " + Plain());
        return client;
    }

    private string Plain() => Base64($"\0{Sim.Options.MailjetPublicKey}\0{Sim.Options.MailjetPrivateKey}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class SmtpTestClient : IAsyncDisposable
    {
        private readonly TcpClient _tcp;
        private Stream _stream;
        private StreamReader _reader;

        public SmtpTestClient(int port)
        {
            _tcp = new TcpClient("127.0.0.1", port) { NoDelay = true };
            _stream = _tcp.GetStream();
            _reader = new StreamReader(_stream);
        }

        public async Task SecureAsync(string thumbprint)
        {
            // The test trusts this simulator's own certificate and no other.
            var tls = new SslStream(_stream, false, (_, certificate, _, _) => certificate?.GetCertHashString() == thumbprint);
            await tls.AuthenticateAsClientAsync("localhost");
            _stream = tls;
            _reader = new StreamReader(_stream);
        }

        public async Task<string> SayAsync(string line)
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
            return await ReadReplyAsync();
        }

        /// <summary>MAIL, RCPT and DATA in one write, then the message: four replies.</summary>
        public async Task<string[]> SendMailAsync(string message)
        {
            await _stream.WriteAsync("MAIL FROM:<noreply@targo.ca>\r\nRCPT TO:<marie@example.ca>\r\nDATA\r\n"u8.ToArray());
            string[] first = [await ReadReplyAsync(), await ReadReplyAsync(), await ReadReplyAsync()];
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(message + ".\r\n"));
            return [.. first, await ReadReplyAsync()];
        }

        public async Task<string> ReadReplyAsync()
        {
            var reply = new StringBuilder();
            while (true)
            {
                var line = await _reader.ReadLineAsync() ?? throw new IOException("closed");
                reply.Append(reply.Length > 0 ? "\n" : "").Append(line);
                if (line.Length < 4 || line[3] != '-')
                    return reply.ToString();
            }
        }

        public ValueTask DisposeAsync()
        {
            _tcp.Dispose();
            return _stream.DisposeAsync();
        }
    }
}
