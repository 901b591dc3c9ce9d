using System.Net.Http.Headers;
using System.Text;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>Where Mailjet's API is and with which key pair (spec A9, reference/mailjet.md §2).</summary>
public sealed class MailjetSettings
{
    private readonly string root;
    private readonly AuthenticationHeaderValue authorization;

    /// <summary>Sets the address and the keys.</summary>
    /// <param name="endpoint">API root: https, or http on loopback.</param>
    /// <param name="publicKey">API key.</param>
    /// <param name="privateKey">Secret key.</param>
    /// <exception cref="MailTransportException"><c>MailjetPlainRefused</c>.</exception>
    public MailjetSettings(Uri endpoint, Secret publicKey, Secret privateKey)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(publicKey);
        ArgumentNullException.ThrowIfNull(privateKey);
        if (endpoint.Scheme != Uri.UriSchemeHttps && !(endpoint.Scheme == Uri.UriSchemeHttp && EndpointRules.IsLoopback(endpoint)))
            throw new MailTransportException("MailjetPlainRefused", TransportText.MailjetPlainRefused(endpoint.IdnHost));
        Endpoint = endpoint;
        root = endpoint.AbsoluteUri.TrimEnd('/');
        authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{publicKey.Reveal()}:{privateKey.Reveal()}")));
        Secrets = [publicKey, privateKey];
    }

    /// <summary>API root.</summary>
    public Uri Endpoint { get; }

    /// <summary>The keys, to take them out of anything that is shown.</summary>
    internal Secret[] Secrets { get; }

    /// <summary>Address of a resource.</summary>
    /// <param name="path">Path and query below the root, without a leading slash.</param>
    public Uri At(string path) => new($"{root}/{path}");

    /// <summary>Adds the credentials to a request.</summary>
    public void Authorize(HttpRequestHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        headers.Authorization = authorization;
    }

    /// <summary>The root, without the keys.</summary>
    public override string ToString() => root;
}
