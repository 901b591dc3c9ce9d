using System.Net;

namespace TargoGiftbit.Core.Engagement;

/// <summary>Reads a request's body within a limit of size and time; <see cref="HttpListener"/> has neither on Linux (shared/design.md, traps).</summary>
internal static class RequestBody
{
    /// <summary>The body, or null when it is too large.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    /// <exception cref="IOException">The connection broke off.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpListenerRequest request, int maxBytes, TimeSpan timeout)
    {
        if (request.ContentLength64 > maxBytes) return null;
        if (!request.HasEntityBody) return ReadOnlyMemory<byte>.Empty;
        using var deadline = new CancellationTokenSource(timeout);
        var declared = (int)request.ContentLength64;
        // One byte more than allowed shows that a body of unknown length is too large.
        var buffer = new byte[declared >= 0 ? declared : 16 * 1024];
        var length = 0;
        while (declared < 0 || length < declared)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxBytes + 1));
            int read;
            try
            {
                // The stream itself does not heed a token: the read is left behind, and its buffer with it.
                read = await request.InputStream.ReadAsync(buffer.AsMemory(length), deadline.Token).AsTask().WaitAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException();
            }
            if (read == 0) break;
            length += read;
            if (length > maxBytes) return null;
        }
        // Half a body must not pass for a whole one: the sender comes again.
        if (declared >= 0 && length < declared) throw new IOException("The body ended early.");
        return buffer.AsMemory(0, length);
    }
}
