using System.Text.Json;

namespace TargoGiftbit.Simulator.Http;

/// <summary>One outside service. It answers requests; listening, recording and faults are the front desk's.</summary>
public abstract class SimulatedService
{
    /// <summary>Short name: prefix of its routes, key of its address.</summary>
    public abstract string Name { get; }

    /// <summary>Name of the route that a request takes, e.g. <c>giftbit.gifts</c>.</summary>
    public abstract string RouteOf(string method, string path);

    public abstract ValueTask<Reply> AnswerAsync(ServiceRequest request, CancellationToken cancel);

    /// <summary>How this service words a failure that a fault asked for.</summary>
    public virtual Reply Failure(int status) => status >= 500
        ? Reply.Html(status, $"<html><head><title>{status}</title></head><body><h1>{status} Service Unavailable</h1></body></html>")
        : Reply.Json(status, json => json.WriteNumber("status", status));

    /// <summary>Parses a JSON body; null when it is none.</summary>
    protected static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
