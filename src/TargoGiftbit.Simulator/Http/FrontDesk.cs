using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Http;

/// <summary>Takes a request off the wire, records it, lets the fault plan have its way, and writes the answer.</summary>
internal sealed class FrontDesk(
    SimulatorOptions options, SimulatorClock clock, Schedule schedule, FaultPlan faults, RequestRecorder recorder)
{
    public async Task ServeAsync(HttpContext context, SimulatedService service)
    {
        var length = (int)(context.Request.ContentLength ?? 0);
        var keep = options.RecordBodies;
        var rented = keep || length == 0 ? null : ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var body = await ReadBodyAsync(context, rented, length);
            var request = Describe(context, service, body);
            await AnswerAsync(context, service, request);
            if (rented is not null)
                request.Body = default;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private ServiceRequest Describe(HttpContext context, SimulatedService service, ReadOnlyMemory<byte> body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in context.Request.Headers)
            headers[name] = values.ToString();
        var path = context.Request.Path.Value ?? "/";
        var request = new ServiceRequest
        {
            Service = service.Name,
            Route = service.RouteOf(context.Request.Method, path),
            Method = context.Request.Method,
            Path = path,
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            QueryString = context.Request.QueryString.Value ?? "",
            Headers = headers,
            Body = body,
            At = clock.Now,
        };
        // The page's own traffic would only hide what the services got.
        if (service.Name != "web")
            recorder.Add(request);
        return request;
    }

    private async Task AnswerAsync(HttpContext context, SimulatedService service, ServiceRequest request)
    {
        // The web page and its controls steer the faults; they do not suffer them.
        var fault = service.Name == "web" ? null : faults.Take(request.Route);
        // The testbed's own switch (giftbit.md §8).
        if (fault is null && service.Name == "giftbit" && request.Header("SIMULATE-RATELIMIT") == "true")
            fault = Fault.RateLimit(options.Giftbit.RateLimitRetryAfter);
        request.Fault = fault;

        if (fault is { AfterEffect: false } && await BreakAsync(context, service, request, fault))
            return;
        schedule.RunDue();
        var reply = await service.AnswerAsync(request, context.RequestAborted);
        if (fault is { AfterEffect: true } && await BreakAsync(context, service, request, fault))
            return;
        await WriteAsync(context, request, reply, fault);
    }

    /// <summary>Applies a fault that stands in place of the answer; false when the answer goes out in some way.</summary>
    private async Task<bool> BreakAsync(HttpContext context, SimulatedService service, ServiceRequest request, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Reply:
                var reply = fault.Text is null
                    ? service.Failure(fault.Status)
                    : new Reply(fault.Status, fault.ContentType, System.Text.Encoding.UTF8.GetBytes(fault.Text));
                if (fault.RetryAfter is { } seconds)
                    reply = reply with { Headers = [.. reply.Headers, ("Retry-After", $"{seconds}")] };
                await WriteAsync(context, request, reply, null);
                return true;
            case FaultKind.Hang:
                await WaitAsync(fault.Duration ?? options.HangTime, context.RequestAborted);
                context.Abort();
                return true;
            case FaultKind.Reset:
                context.Abort();
                return true;
            case FaultKind.Slow:
                await WaitAsync(fault.Duration ?? TimeSpan.FromSeconds(1), context.RequestAborted);
                return false;
            case FaultKind.Hold:
                return !await faults.WaitForReleaseAsync(context.RequestAborted);
            default:
                return false;
        }
    }

    private static async Task WriteAsync(HttpContext context, ServiceRequest request, Reply reply, Fault? fault)
    {
        var response = context.Response;
        var body = fault?.Kind switch
        {
            FaultKind.Truncate => reply.Body[..(reply.Body.Length / 2)],
            FaultKind.Garbage => "\u0001\u0002<<<not json>>>"u8.ToArray(),
            _ => reply.Body,
        };
        request.Status = response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        foreach (var (name, value) in reply.Headers)
            response.Headers[name] = value;
        if (fault is null && body.Length > 1400 && (request.Header("Accept-Encoding") ?? "").Contains("gzip", StringComparison.Ordinal))
        {
            body = Zip(body);
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentLength = body.Length;
        if (request.Method == "HEAD" || body.Length == 0)
            return;
        switch (fault?.Kind)
        {
            case FaultKind.Cut:
                await response.Body.WriteAsync(body[..(body.Length / 2)]);
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case FaultKind.Trickle:
                await TrickleAsync(response, body, fault.Duration ?? TimeSpan.FromSeconds(1), context.RequestAborted);
                break;
            default:
                await response.Body.WriteAsync(body);
                break;
        }
    }

    private static async Task TrickleAsync(HttpResponse response, ReadOnlyMemory<byte> body, TimeSpan perByte, CancellationToken cancel)
    {
        for (var at = 0; at < body.Length && !cancel.IsCancellationRequested; at++)
        {
            await response.Body.WriteAsync(body.Slice(at, 1), CancellationToken.None);
            await response.Body.FlushAsync(CancellationToken.None);
            await WaitAsync(perByte, cancel);
        }
    }

    // Real time: a fault is about the wire, and a client's patience is real even when the simulated days fly.
    private static async Task WaitAsync(TimeSpan duration, CancellationToken cancel) =>
        await Task.Delay(duration, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static ReadOnlyMemory<byte> Zip(ReadOnlyMemory<byte> body)
    {
        using var buffer = new MemoryStream(body.Length / 4);
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(body.Span);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context, byte[]? rented, int length)
    {
        if (context.Request.ContentLength is null)
        {
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
            return buffer.ToArray();
        }

        var bytes = rented ?? (length == 0 ? [] : GC.AllocateUninitializedArray<byte>(length));
        await context.Request.Body.ReadExactlyAsync(bytes.AsMemory(0, length), context.RequestAborted);
        return bytes.AsMemory(0, length);
    }
}
