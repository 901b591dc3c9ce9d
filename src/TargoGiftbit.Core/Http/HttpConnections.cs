using System.Net;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Http;

/// <summary>The one way in which this product makes HTTP connections.</summary>
public static class HttpConnections
{
    /// <summary><c>TargoGiftbit/x.y.z</c>, sent as User-Agent.</summary>
    public static string UserAgent { get; } = $"TargoGiftbit/{typeof(HttpConnections).Assembly.GetName().Version?.ToString(3) ?? "0"}";

    /// <summary>
    /// Connections that are decompressed, renewed (so that a changed DNS entry is noticed), validated by the system's own rules,
    /// and that follow no redirect and keep no cookie.
    /// </summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        // A redirect would carry the token to a host that nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = true,
        Proxy = new NoProxyForLoopback(),
    };

    /// <summary>A client over <see cref="CreateHandler"/> or another handler, which it owns; time-outs are the caller's.</summary>
    /// <param name="handler">The connections; null makes them.</param>
    public static HttpClient CreateClient(HttpMessageHandler? handler = null)
    {
        var client = new HttpClient(handler ?? CreateHandler(), disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version11,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        return client;
    }

    /// <summary>Plain http is accepted for this machine because nothing leaves it: a proxy must not carry it away (spec A4).</summary>
    private sealed class NoProxyForLoopback : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => HttpClient.DefaultProxy.Credentials;
            set => HttpClient.DefaultProxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => EndpointRules.IsLoopback(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => EndpointRules.IsLoopback(host) || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
