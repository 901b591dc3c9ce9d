using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TargoGiftbit.Core.Engagement.Web;

/// <summary>One connection: its bytes, read within limits of time and size, and its answers.</summary>
internal sealed class WebConnection(Socket socket, WebLimits limits) : IDisposable
{
    private readonly byte[] buffer = new byte[limits.MaxHeadBytes];
    private int start;
    private int end;

    /// <summary>The next request's head, or why there is none; both null when the other side has gone or has nothing more to ask.</summary>
    /// <param name="idle">Stops the wait for a first byte.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public async Task<(WebHead? Head, WebAnswer? Refusal)> ReadHeadAsync(CancellationToken idle, CancellationToken cancellationToken)
    {
        if (start == end)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(idle, cancellationToken);
            patience.CancelAfter(limits.IdleTimeout);
            try
            {
                if (!await FillAsync(patience.Token).ConfigureAwait(false)) return default;
            }
            catch (OperationCanceledException)
            {
                return default;
            }
        }
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.HeadTimeout);
        try
        {
            for (var searched = 0; ;)
            {
                var at = buffer.AsSpan(start + searched, end - start - searched).IndexOf("\r\n\r\n"u8);
                if (at >= 0)
                {
                    var head = WebHead.Parse(buffer.AsSpan(start, searched + at));
                    start += searched + at + 4;
                    return head is null ? (null, WebAnswer.BadRequest) : (head, null);
                }
                searched = Math.Max(0, end - start - 3);
                if (end - start == buffer.Length) return (null, WebAnswer.HeadersTooLarge);
                if (!await FillAsync(deadline.Token).ConfigureAwait(false)) return default;
            }
        }
        catch (OperationCanceledException)
        {
            return (null, WebAnswer.RequestTimeout);
        }
    }

    /// <summary>The body of the request whose head was just read.</summary>
    /// <returns>The body, or why it was not taken.</returns>
    /// <exception cref="IOException">The other side hung up in the middle of it.</exception>
    public async Task<(ReadOnlyMemory<byte> Body, WebAnswer? Refusal)> ReadBodyAsync(WebHead head, int maxBytes, CancellationToken cancellationToken)
    {
        if (head.ContentLength > maxBytes) return (default, WebAnswer.TooLarge);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.BodyTimeout);
        try
        {
            if (head.ContentLength != 0 && "100-continue".Equals(head.Header("Expect"), StringComparison.OrdinalIgnoreCase))
                await SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), deadline.Token).ConfigureAwait(false);
            if (head.ContentLength is { } length) return (await ReadExactlyAsync((int)length, deadline.Token).ConfigureAwait(false), null);
            return await ReadChunksAsync(maxBytes, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, WebAnswer.RequestTimeout);
        }
    }

    public async Task AnswerAsync(WebAnswer answer, bool close, bool headOnly, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.BodyTimeout);
        await SendAsync(answer.ToBytes(close, headOnly), deadline.Token).ConfigureAwait(false);
        if (close) await LingerAsync(deadline.Token).ConfigureAwait(false);
    }

    public void Dispose() => socket.Dispose();

    // A socket closed over unread bytes resets, and the other side may lose the answer it has not read yet.
    private async Task LingerAsync(CancellationToken cancellationToken)
    {
        socket.Shutdown(SocketShutdown.Send);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.LingerTimeout);
        try
        {
            for (var left = limits.LingerBytes; left > 0;)
            {
                var read = await socket.ReceiveAsync(buffer, patience.Token).ConfigureAwait(false);
                if (read == 0) return;
                left -= read;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        var body = new byte[length];
        var had = Math.Min(length, end - start);
        buffer.AsSpan(start, had).CopyTo(body);
        start += had;
        while (had < length)
        {
            var read = await socket.ReceiveAsync(body.AsMemory(had), cancellationToken).ConfigureAwait(false);
            if (read == 0) throw new IOException("The body ended early.");
            had += read;
        }
        return body;
    }

    private async Task<(ReadOnlyMemory<byte> Body, WebAnswer? Refusal)> ReadChunksAsync(int maxBytes, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            var size = line?.Split(';')[0].Trim(' ', '\t');
            if (size is not { Length: > 0 and <= 8 } || !int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
                return (default, WebAnswer.BadRequest);
            if (body.Length + length > maxBytes) return (default, WebAnswer.TooLarge);
            if (length == 0) break;
            await body.WriteAsync(await ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (await ReadLineAsync(cancellationToken).ConfigureAwait(false) is not "") return (default, WebAnswer.BadRequest);
        }
        // Trailers, which say nothing to us, and the blank line.
        for (var lines = 0; await ReadLineAsync(cancellationToken).ConfigureAwait(false) is not ""; lines++)
            if (lines == 20) return (default, WebAnswer.BadRequest);
        return (body.ToArray(), null);
    }

    // Null for a line that is longer than any of these may be.
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8);
            if (at >= 0)
            {
                var line = Encoding.Latin1.GetString(buffer, start, at);
                start += at + 2;
                return line;
            }
            if (end - start > 1024) return null;
            if (!await FillAsync(cancellationToken).ConfigureAwait(false)) throw new IOException("The body ended early.");
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        var read = await socket.ReceiveAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
        end += read;
        return read > 0;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false)..];
    }
}
