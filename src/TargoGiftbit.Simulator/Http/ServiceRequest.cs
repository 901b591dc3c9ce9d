using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Simulator.Http;

/// <summary>One request as it came over the wire; also what the recorder keeps.</summary>
public sealed class ServiceRequest
{
    private Dictionary<string, StringValues>? _query;

    public required string Service { get; init; }

    /// <summary>Name of the route, as the fault plan knows it.</summary>
    public required string Route { get; init; }

    public required string Method { get; init; }

    /// <summary>Path without query, decoded.</summary>
    public required string Path { get; init; }

    /// <summary>Path and query exactly as they stood in the request line.</summary>
    public string Target { get; init; } = "";

    /// <summary>Query with its question mark, as sent; empty if there is none.</summary>
    public required string QueryString { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body's bytes; empty in the record when bodies are not kept.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Simulated instant of arrival.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the fault plan did to it.</summary>
    public Fault? Fault { get; set; }

    /// <summary>Status that was answered; 0 when there was no answer.</summary>
    public int Status { get; set; }

    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Value of a query parameter; null when absent or empty.</summary>
    public string? Query(string name)
    {
        _query ??= QueryHelpers.ParseQuery(QueryString);
        return _query.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
    }

    public int? QueryNumber(string name) =>
        int.TryParse(Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
