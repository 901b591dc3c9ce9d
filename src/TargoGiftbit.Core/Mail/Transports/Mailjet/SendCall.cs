using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>How one call ended.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Body">The whole body; null when it was cut off or too large.</param>
/// <param name="RetryAfter">Wait asked for.</param>
/// <param name="MayHaveWorked">The request was on its way when the call failed.</param>
/// <param name="Reason">Why there was no answer.</param>
/// <param name="Code">Stable code of that reason.</param>
internal readonly record struct SendAnswer(
    int Status, ReadOnlyMemory<byte>? Body = null, TimeSpan? RetryAfter = null, bool MayHaveWorked = true, string Reason = "", string Code = "");

/// <summary>Makes a call exactly once: what has left the machine is never repeated (spec D8).</summary>
/// <param name="client">Plain client without any retrying handler.</param>
/// <param name="settings">Where and as whom.</param>
/// <param name="options">Time-out.</param>
/// <param name="clock">Measures it.</param>
internal sealed class SendCall(HttpClient client, MailjetSettings settings, MailjetOptions options, TimeProvider clock)
{
    private const int LargestAnswer = 4 * 1024 * 1024;

    private readonly Uri address = settings.At("v3.1/send");

    /// <summary>Posts a body.</summary>
    /// <exception cref="MailTransportException">The server's certificate is not trusted (<c>MailjetTlsRefused</c>).</exception>
    public async Task<SendAnswer> PostAsync(OneTimeContent content, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        settings.Authorize(request.Headers);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return new SendAnswer(
                (int)response.StatusCode,
                await ReadAsync(response.Content, either.Token).ConfigureAwait(false),
                WaitAsked(response.Headers));
        }
        catch (HttpRequestException error) when (!content.Started && error.InnerException is AuthenticationException)
        {
            throw new MailTransportException("MailjetTlsRefused", TransportText.MailjetTlsRefused(settings, error.InnerException.Message), error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            if (error is OperationCanceledException)
                return new SendAnswer(0, MayHaveWorked: content.Started, Reason: TransportText.MailjetTimedOut, Code: limit.IsCancellationRequested ? "MailjetTimedOut" : "MailjetStopped");
            return content.Started
                ? new SendAnswer(0, Reason: TransportText.MailjetLost, Code: "MailjetConnectionLost")
                : new SendAnswer(0, MayHaveWorked: false, Reason: TransportText.MailjetUnreachable(settings, error.Message), Code: "MailjetUnreachable");
        }
    }

    private TimeSpan? WaitAsked(HttpResponseHeaders headers) =>
        HttpAnswer.WaitAsked(headers.RetryAfter, headers.Date, clock.GetUtcNow());

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var buffer = new byte[Math.Clamp(content.Headers.ContentLength ?? 0, 16 * 1024, LargestAnswer) + 1];
                var length = 0;
                while (true)
                {
                    var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                    if (read == 0) return buffer.AsMemory(0, length);
                    length += read;
                    if (length > LargestAnswer) return null;
                    if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            // The status is known all the same: a 429 or 401 says enough without its body.
            return null;
        }
    }
}

/// <summary>A body that goes out once and remembers whether it began to.</summary>
/// <param name="body">The bytes; must stay as they are until the call has ended.</param>
internal sealed class OneTimeContent(ReadOnlyMemory<byte> body) : HttpContent
{
    /// <summary>The connection stood and the body began to go out: from here on the request may have its effect.</summary>
    public bool Started { get; private set; }

    /// <summary>All of it went out; nobody reads the bytes any more.</summary>
    public bool Completed { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // A redirect or a handler's own retry would send every message again.
        if (Started) throw new HttpRequestException(TransportText.MailjetLost);
        Started = true;
        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        Completed = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
