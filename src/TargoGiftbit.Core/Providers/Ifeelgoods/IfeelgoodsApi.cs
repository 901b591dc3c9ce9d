using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>
/// The calls of Ifeelgoods' Fulfilment API v2, typed. Reads are repeated after passing faults. Safe for use from several threads.
/// Facts: reference/ifeelgoods.md.
/// </summary>
public sealed partial class IfeelgoodsApi : IDisposable
{
    /// <summary>The list has more rows than Ifeelgoods sorts.</summary>
    internal const string ListTooLong = "IfeelgoodsListTooLong";

    /// <summary>The list could not be read to its end.</summary>
    internal const string ListIncomplete = "IfeelgoodsListIncomplete";

    private readonly IfeelgoodsConnection connection;
    private readonly HttpSender http;
    private readonly IfeelgoodsOptions options;
    private readonly IfeelgoodsAuthorization authorization;
    private readonly string root;

    /// <summary>Prepares calls to one environment.</summary>
    /// <param name="connection">Where, with which key pair.</param>
    /// <param name="http">The connections; the caller's to dispose.</param>
    /// <param name="options">The switches for what is not documented; null for the defaults.</param>
    /// <param name="clock">The clock, for tokens; null for the system's.</param>
    /// <exception cref="GiftSettingsException"><c>EndpointNotSecure</c>: plain http beyond this machine.</exception>
    public IfeelgoodsApi(IfeelgoodsConnection connection, HttpSender http, IfeelgoodsOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(http);
        this.connection = connection;
        this.http = http;
        this.options = options ?? new IfeelgoodsOptions();
        root = EndpointRules.Parse(SettingName.IfeelgoodsEndpoint, connection.Endpoint.AbsoluteUri).AbsoluteUri.TrimEnd('/');
        authorization = new IfeelgoodsAuthorization(connection, http, this.options, clock ?? TimeProvider.System);
    }

    /// <summary>The environment that is talked to.</summary>
    public GiftEnvironment Environment => connection.Environment;

    /// <summary>Who the credentials belong to.</summary>
    /// <exception cref="GiftProviderException"><c>IfeelgoodsKeyRefused</c>, or one of the codes every call may give:
    /// <c>IfeelgoodsForbidden</c>, <c>IfeelgoodsRateLimited</c>, <c>IfeelgoodsUnavailable</c>, <c>IfeelgoodsTimedOut</c>,
    /// <c>IfeelgoodsUnreachable</c>, <c>IfeelgoodsTlsRefused</c>, <c>IfeelgoodsAnswerUnreadable</c>, <c>IfeelgoodsUnexpectedAnswer</c>.</exception>
    public async Task<ProviderAccount> CheckAsync(CancellationToken cancellationToken)
    {
        var account = await GetAsync("/accounts/me", cancellationToken).ConfigureAwait(false);
        return new ProviderAccount(account["login"].Text ?? account["email"].Text ?? "", account["name"].Text ?? "", Environment);
    }

    /// <summary>Lists rewards, without instructions.</summary>
    /// <param name="clientId">Adds what each costs this client; null for none.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="GiftProviderException"><c>IfeelgoodsListIncomplete</c>: after what could be read.</exception>
    public IAsyncEnumerable<IReadOnlyList<IfeelgoodsReward>> ListRewardsAsync(string? clientId, CancellationToken cancellationToken) =>
        PagesAsync("/rewards", [("client_id", clientId)], IfeelgoodsReading.Reward, reward => reward.RewardSku, cancellationToken);

    /// <summary>One reward with its instructions; null when there is none of this sku.</summary>
    public async Task<IfeelgoodsReward?> FindRewardAsync(string sku, string? clientId, CancellationToken cancellationToken) =>
        await FindAsync(Query($"/rewards/{Segment(sku)}", ("client_id", clientId)), null, cancellationToken).ConfigureAwait(false) is { } node ? IfeelgoodsReading.Reward(node) : null;

    /// <summary>Lists the accounts.</summary>
    public IAsyncEnumerable<IReadOnlyList<IfeelgoodsClient>> ListClientsAsync(CancellationToken cancellationToken) =>
        PagesAsync("/clients", [], IfeelgoodsReading.Client, client => client.ClientId, cancellationToken);

    /// <summary>One account; null when there is none of this id.</summary>
    public async Task<IfeelgoodsClient?> FindClientAsync(string clientId, CancellationToken cancellationToken) =>
        await FindAsync($"/clients/{Segment(clientId)}", null, cancellationToken).ConfigureAwait(false) is { } node ? IfeelgoodsReading.Client(node) : null;

    /// <summary>One promotion; null when there is none of this id.</summary>
    public async Task<IfeelgoodsPromotion?> FindPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        await FindAsync($"/promotions/{Segment(promotionId)}", null, cancellationToken).ConfigureAwait(false) is { } node ? IfeelgoodsReading.Promotion(node) : null;

    /// <summary>Frees the token's lock; the connections are the caller's.</summary>
    public void Dispose() => authorization.Dispose();

    private async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        string path, (string Name, string? Value)[] filter, Func<IfeelgoodsNode, T?> read, Func<T, string> key,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        decimal? total = null;
        var lastPage = 0;
        // A row that goes away while the list is read shifts the later ones: the second pass finds what was skipped.
        for (var pass = 1; pass <= 2; pass++)
        {
            for (var page = 1; ; page++)
            {
                var query = Query(path, [.. filter, (options.PageParameter, IfeelgoodsText.Number(page)), (options.PageSizeParameter, IfeelgoodsText.Number(options.PageSize))]);
                var answer = await SendAsync(HttpMethod.Get, query, null, null, cancellationToken).ConfigureAwait(false);
                if (!answer.Answer.IsSuccess) throw Refusal(answer.Answer, HttpMethod.Get, path, isDefinitive: true);
                total = answer.Value["paging"]["total"].Number ?? total;
                var rows = answer.Value["data"].Items;
                var fresh = rows.Select(read).OfType<T>().Where(row => given.Add(key(row))).ToList();
                if (fresh.Count > 0) yield return fresh;
                if (given.Count >= total) yield break;
                // §2: a page that brings nothing new is the end, or a server that does not heed the parameter.
                if (rows.Count == 0 || (pass == 1 ? fresh.Count == 0 : page >= lastPage))
                {
                    lastPage = page;
                    break;
                }
            }
            if (total is null) yield break;
        }
        throw new GiftProviderException(ListIncomplete, IfeelgoodsText.Incomplete((long)total!, given.Count), isDefinitive: true, remedy: IfeelgoodsText.PagingRemedy);
    }

    private async Task<IfeelgoodsNode> GetAsync(string path, CancellationToken cancellationToken)
    {
        var result = await SendAsync(HttpMethod.Get, path, null, null, cancellationToken).ConfigureAwait(false);
        return result.Answer.IsSuccess ? result.Value["data"] : throw Refusal(result.Answer, HttpMethod.Get, path, isDefinitive: true);
    }

    private async Task<IfeelgoodsNode?> FindAsync(string path, string? shownPath, CancellationToken cancellationToken)
    {
        var result = await SendAsync(HttpMethod.Get, path, null, shownPath, cancellationToken).ConfigureAwait(false);
        if (result.Answer.Status is 404 or 410) return null;
        return result.Answer.IsSuccess ? result.Value["data"] : throw Refusal(result.Answer, HttpMethod.Get, shownPath ?? path, isDefinitive: true);
    }

    /// <summary>Posts; a repeat gives the same redemption, so that it may be repeated (§4).</summary>
    internal Task<HttpResult<IfeelgoodsNode>> PostAsync(string path, ReadOnlyMemory<byte> body, string? shownPath, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, shownPath, cancellationToken);

    /// <summary>The error for a refused call.</summary>
    internal GiftProviderException Refusal(HttpAnswer answer, HttpMethod method, string shownPath, bool isDefinitive) =>
        IfeelgoodsErrors.From(answer, $"{method} {shownPath.Split('?')[0]}", connection, isDefinitive);

    private async Task<HttpResult<IfeelgoodsNode>> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? shownPath, CancellationToken cancellationToken)
    {
        for (var renewed = false; ; renewed = true)
        {
            var ask = new HttpAsk(method, new Uri(root + path))
            {
                Body = body,
                MayRepeat = true,
                Headers = await authorization.HeadersAsync(cancellationToken).ConfigureAwait(false),
                Credential = connection.KeySecret,
                ShownPath = shownPath ?? path.Split('?')[0],
            };
            try
            {
                var result = await http.SendAsync(ask, Read, cancellationToken).ConfigureAwait(false);
                if (result.Answer.Status != 401 || !authorization.CanRenew || renewed) return result;
                authorization.Forget();
            }
            catch (HttpFaultException e)
            {
                throw IfeelgoodsErrors.From(e, isDefinitive: method == HttpMethod.Get);
            }
        }
    }

    private static IfeelgoodsNode Read(HttpAnswer answer)
    {
        if (answer.Status == 204) return default;
        var node = IfeelgoodsNode.Parse(answer.Body);
        // JSON, but not Ifeelgoods': a gateway's page, or an answer whose beginning was lost.
        return node["data"] is { IsObject: true } or { IsList: true } ? node : throw new JsonException();
    }

    private static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        // Dots are not escaped, and two of them would climb to another resource.
        if (id.Trim('.').Length == 0) throw new GiftProviderException("IfeelgoodsNotFound", IfeelgoodsText.Unknown("id", id), isDefinitive: true, remedy: IfeelgoodsText.NotFoundRemedy);
        return Uri.EscapeDataString(id);
    }

    private static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new System.Text.StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null) continue;
            query.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return query.ToString();
    }
}
