using System.Net.Http.Headers;
using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Giftbit.Wire;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>
/// The calls of Giftbit's REST API <c>papi/v1</c>, typed. Reads are repeated after passing faults; what an error means is in its
/// code. Safe for use from several threads. Facts: reference/giftbit.md.
/// </summary>
public sealed partial class GiftbitApi
{
    private readonly HttpSender http;
    private readonly Secret token;
    private readonly string root;

    /// <summary>Prepares calls to one environment.</summary>
    /// <param name="connection">Where, with which token.</param>
    /// <param name="http">The connections; the caller's to dispose.</param>
    /// <exception cref="GiftSettingsException"><c>EndpointNotSecure</c>: plain http beyond this machine.</exception>
    public GiftbitApi(ServiceConnection connection, HttpSender http)
    {
        ArgumentNullException.ThrowIfNull(connection);
        root = EndpointRules.Parse(SettingName.GiftbitEndpoint, connection.Endpoint.AbsoluteUri).AbsoluteUri.TrimEnd('/');
        token = connection.Token;
        this.http = http;
        Environment = connection.Environment;
    }

    /// <summary>The environment that is talked to.</summary>
    public GiftEnvironment Environment { get; }

    /// <summary>Who the token belongs to.</summary>
    /// <exception cref="GiftProviderException"><c>GiftbitTokenRefused</c>, or one of the codes every call may give:
    /// <c>GiftbitForbidden</c>, <c>GiftbitRateLimited</c>, <c>GiftbitUnavailable</c>, <c>GiftbitTimedOut</c>, <c>GiftbitUnreachable</c>,
    /// <c>GiftbitTlsRefused</c>, <c>GiftbitAnswerUnreadable</c>, <c>GiftbitUnexpectedAnswer</c>.</exception>
    public async Task<ProviderAccount> PingAsync(CancellationToken cancellationToken)
    {
        // The code is misspelt in some versions: HTTP 200 decides (§1).
        var answer = await GetAsync("/ping", e => e.UserName is not null || e.Info is not null, cancellationToken).ConfigureAwait(false);
        return new ProviderAccount(answer.UserName ?? "", answer.DisplayName ?? "", Environment);
    }

    /// <summary>The balance per currency; Giftbit may add currencies at any time.</summary>
    public async Task<IReadOnlyList<ProviderFund>> GetFundsAsync(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/funds", e => e.Funds is not null, cancellationToken).ConfigureAwait(false);
        return [.. answer.Funds!.Select(f => GiftbitReading.Fund(f.Key, f.Value)).OrderBy(f => f.Currency, StringComparer.Ordinal)];
    }

    /// <summary>One order by its client id or its uuid; null when Giftbit knows none.</summary>
    public async Task<GiftbitOrder?> FindOrderAsync(string idOrUuid, CancellationToken cancellationToken)
    {
        var answer = await FindAsync($"/campaign/{Segment(idOrUuid)}", e => e.Campaign is not null || e.Info is not null, cancellationToken).ConfigureAwait(false);
        return answer?.Campaign is { } campaign ? GiftbitReading.Order(campaign) : null;
    }

    /// <summary>Posts the stored bytes of an order. Repeated with the same bytes: one id gives one order (§2.3).</summary>
    internal Task<HttpResult<GiftbitEnvelope>> PostOrderAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/campaign", body, mayRepeat: true, e => e.Campaign is not null || e.Info?.Code is not null, cancellationToken);

    /// <summary>The error for a refused call.</summary>
    internal GiftProviderException Refusal(HttpAnswer answer, HttpMethod method, string path, bool isDefinitive) =>
        GiftbitErrors.From(answer, $"{method} {path}", token, isDefinitive);

    /// <summary>Giftbit's words in a refusal, fit to be shown.</summary>
    internal string WordsOf(HttpAnswer answer) => GiftbitErrors.WordsOf(answer, token);

    private static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        // Dots are not escaped, and two of them would climb to another resource.
        if (id.Trim('.').Length == 0) throw new GiftProviderException("GiftbitNotFound", GiftbitText.Unknown("id", id), isDefinitive: true, remedy: GiftbitText.NotFoundRemedy);
        return Uri.EscapeDataString(id);
    }

    private static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new System.Text.StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null) continue;
            query.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return query.ToString();
    }

    private static string? Number(long? number) => number is { } n ? GiftbitText.Number(n) : null;

    private async Task<GiftbitEnvelope> GetAsync(string path, Func<GiftbitEnvelope, bool> isComplete, CancellationToken cancellationToken)
    {
        var result = await SendAsync(HttpMethod.Get, path, null, mayRepeat: true, isComplete, cancellationToken).ConfigureAwait(false);
        return result.Value ?? throw Refusal(result.Answer, HttpMethod.Get, Bare(path), isDefinitive: true);
    }

    /// <summary>Null when the id is not known, in any of the ways Giftbit may say so (§2.4: not documented).</summary>
    private async Task<GiftbitEnvelope?> FindAsync(string path, Func<GiftbitEnvelope, bool> isComplete, CancellationToken cancellationToken)
    {
        var result = await SendAsync(HttpMethod.Get, path, null, mayRepeat: true, isComplete, cancellationToken).ConfigureAwait(false);
        if (result.Answer.Status is 400 or 404 or 410 or 422) return null;
        return result.Value ?? throw Refusal(result.Answer, HttpMethod.Get, Bare(path), isDefinitive: true);
    }

    private async Task<HttpResult<GiftbitEnvelope>> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte>? body, bool mayRepeat, Func<GiftbitEnvelope, bool> isComplete, CancellationToken cancellationToken)
    {
        var ask = new HttpAsk(method, new Uri(root + path)) { Body = body, MayRepeat = mayRepeat, Headers = Authorize, Credential = token };
        try
        {
            return await http.SendAsync(ask, answer =>
            {
                var envelope = GiftbitJson.Read(answer.Body.Span);
                // JSON, but not Giftbit's: a gateway's page, or an answer whose beginning was lost.
                return isComplete(envelope) ? envelope : throw new JsonException();
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpFaultException e)
        {
            throw GiftbitErrors.From(e);
        }
    }

    // One space, capital B (§1). Not through AuthenticationHeaderValue: its error would show a malformed token.
    private void Authorize(HttpRequestHeaders headers) => headers.TryAddWithoutValidation("Authorization", $"Bearer {token.Reveal()}");

    private static string Bare(string path) => path.Split('?')[0];
}
