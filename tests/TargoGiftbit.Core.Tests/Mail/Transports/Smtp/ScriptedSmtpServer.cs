using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Smtp;

/// <summary>A mail server that plays one script per connection (the last one again and again), for what no well-behaved server does.</summary>
internal sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> talks = [];
    private readonly Func<Talk, Task>[] scripts;
    private readonly Task accepting;
    private int connections;

    public ScriptedSmtpServer(params Func<Talk, Task>[] scripts)
    {
        this.scripts = scripts;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    /// <summary>Every line any client said.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    public SmtpTransport Transport(SmtpOptions? options = null, TimeProvider? clock = null, string query = "?tls=none") =>
        new(SmtpSettings.Parse($"smtp://127.0.0.1:{Port}{query}", null), options, clock);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        await Task.WhenAll(talks);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            socket.NoDelay = true;
            var script = scripts[Math.Min(connections++, scripts.Length - 1)];
            talks.Add(Task.Run(async () =>
            {
                using var talk = new Talk(socket, Heard);
                try
                {
                    await script(talk);
                }
                catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
                {
                    // The client left.
                }
            }));
        }
    }

    /// <summary>One connection, seen from the server.</summary>
    internal sealed class Talk(Socket socket, ConcurrentQueue<string> heard) : IDisposable
    {
        private readonly NetworkStream stream = new(socket, ownsSocket: true);
        private readonly List<byte> buffer = [];

        public async Task SayAsync(params string[] lines) => await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));

        /// <summary>Greeting and EHLO with the given abilities.</summary>
        public async Task GreetAsync(params string[] abilities)
        {
            await SayAsync("220 scripted ESMTP");
            await HearAsync("EHLO");
            await SayAsync([.. abilities.Select(a => $"250-{a}").Prepend("250-scripted"), "250 HELP"]);
        }

        /// <summary>One line, which must begin so.</summary>
        public async Task<string> HearAsync(string verb)
        {
            int end;
            while ((end = buffer.IndexOf((byte)'\n')) < 0) await FillAsync();
            var line = Encoding.UTF8.GetString([.. buffer[..end]]).TrimEnd('\r');
            buffer.RemoveRange(0, end + 1);
            heard.Enqueue(line);
            Assert.StartsWith(verb, line, StringComparison.Ordinal);
            return line;
        }

        /// <summary>MAIL, RCPT and DATA, all before any answer.</summary>
        public async Task<IReadOnlyList<string>> HearEnvelopeAsync() => [await HearAsync("MAIL"), await HearAsync("RCPT"), await HearAsync("DATA")];

        /// <summary>The content up to the final dot, as it came over the wire.</summary>
        public async Task<string> HearContentAsync()
        {
            var lines = new StringBuilder();
            while (await HearAsync("") is var line && line != ".") lines.Append(line).Append("\r\n");
            return lines.ToString();
        }

        /// <summary>One message up to the final dot, whose answer is left to the script.</summary>
        public async Task TakeMessageAsync()
        {
            await HearEnvelopeAsync();
            await SayAsync("250 ok", "250 ok", "354 go on");
            await HearContentAsync();
        }

        /// <summary>Takes messages until the client leaves.</summary>
        public async Task ServeAsync(bool pipelining = true)
        {
            await GreetAsync(pipelining ? ["PIPELINING"] : []);
            while (true)
            {
                var line = await HearAsync("");
                if (line == "DATA")
                {
                    await SayAsync("354 go on");
                    await HearContentAsync();
                    await SayAsync("250 2.0.0 Ok: queued as 4C0FFEE");
                }
                else await SayAsync(line == "QUIT" ? "221 bye" : "250 ok");
            }
        }

        /// <summary>Waits until the client closes the connection.</summary>
        public async Task UntilClosedAsync()
        {
            while (true) await FillAsync();
        }

        public void Reset() => socket.Close(0);

        public void Dispose() => stream.Dispose();

        private async Task FillAsync()
        {
            var bytes = new byte[8192];
            var read = await stream.ReadAsync(bytes);
            if (read == 0) throw new IOException("closed");
            buffer.AddRange(bytes.AsSpan(0, read));
        }
    }
}
