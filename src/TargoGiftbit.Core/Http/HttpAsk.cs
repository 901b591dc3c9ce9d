using System.Net.Http.Headers;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Http;

/// <summary>One call to a service, which can be put on the wire several times.</summary>
/// <param name="method">The method.</param>
/// <param name="address">The absolute address.</param>
public sealed class HttpAsk(HttpMethod method, Uri address)
{
    /// <summary>The method.</summary>
    public HttpMethod Method { get; } = method;

    /// <summary>The absolute address.</summary>
    public Uri Address { get; } = address;

    /// <summary>Body, or null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Media type of <see cref="Body"/>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Sets further headers on each attempt: the only place where a credential is revealed.</summary>
    public Action<HttpRequestHeaders>? Headers { get; init; }

    /// <summary>The credential that <see cref="Headers"/> reveals, so that a service which echoes it cannot bring it into a text.</summary>
    public Secret? Credential { get; init; }

    /// <summary>
    /// True when the call may be sent again although an earlier attempt may have had its effect. Reads are; a write is only when the
    /// service promises one effect for all repeats.
    /// </summary>
    public bool MayRepeat { get; init; } = method == HttpMethod.Get;

    /// <summary>Path as messages show it: the address's own, unless that names something that is worth money.</summary>
    public string ShownPath { get; init; } = address.AbsolutePath;

    /// <summary>What is asked for.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Method and path, for messages; the query may hold an address.</summary>
    public override string ToString() => $"{Method} {ShownPath}";
}
