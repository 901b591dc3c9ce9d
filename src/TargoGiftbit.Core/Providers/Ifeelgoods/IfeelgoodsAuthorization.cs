using System.Net.Http.Headers;
using System.Text.Json;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>Puts the credentials on calls: the header pair, or a token that is fetched when needed and kept until it ends (reference/ifeelgoods.md §1).</summary>
internal sealed class IfeelgoodsAuthorization(IfeelgoodsConnection connection, HttpSender http, IfeelgoodsOptions options, TimeProvider clock) : IDisposable
{
    // A call that leaves with a token about to end would be refused on arrival.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim fetching = new(1);
    private (string Value, DateTimeOffset Until)? token;

    /// <summary>Whether a refused call may succeed with a new token.</summary>
    public bool CanRenew => options.Auth == IfeelgoodsAuth.OAuth;

    /// <summary>What sets the credentials on a call.</summary>
    public async Task<Action<HttpRequestHeaders>> HeadersAsync(CancellationToken cancellationToken)
    {
        if (options.Auth == IfeelgoodsAuth.Keys)
        {
            return headers =>
            {
                headers.TryAddWithoutValidation("Api-Key", connection.Key.Reveal());
                headers.TryAddWithoutValidation("Api-Secret", connection.KeySecret.Reveal());
            };
        }
        var value = await TokenAsync(cancellationToken).ConfigureAwait(false);
        return headers => headers.TryAddWithoutValidation("Authorization", $"Bearer {value}");
    }

    /// <summary>Drops the token: it was refused before its time.</summary>
    public void Forget() => token = null;

    /// <inheritdoc/>
    public void Dispose() => fetching.Dispose();

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (token is { } kept && kept.Until > clock.GetUtcNow()) return kept.Value;
            var address = new Uri(connection.OAuthRoot, "oauth/token");
            var result = await http.SendAsync(
                new HttpAsk(HttpMethod.Post, address) { Body = Body(), MayRepeat = true, Credential = connection.KeySecret },
                answer => IfeelgoodsNode.Parse(answer.Body), cancellationToken).ConfigureAwait(false);
            if (result.Value["access_token"].Text is not { } value)
            {
                throw new GiftProviderException(
                    "IfeelgoodsTokenNotGiven", IfeelgoodsText.TokenNotGiven(result.Answer.Status, ErrorOf(result.Answer)), isDefinitive: true, result.Answer.Status,
                    remedy: IfeelgoodsText.TokenRemedy);
            }
            var life = TimeSpan.FromSeconds((double)(result.Value["expires_in"].Number ?? 900));
            token = (value, clock.GetUtcNow() + life - Margin);
            return value;
        }
        catch (HttpFaultException e)
        {
            throw IfeelgoodsErrors.From(e, isDefinitive: true);
        }
        finally
        {
            fetching.Release();
        }
    }

    private byte[] Body()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("client_id", connection.Key.Reveal());
            json.WriteString("client_secret", connection.KeySecret.Reveal());
            json.WriteString("grant_type", options.GrantType);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    // The OAuth host has errors of its own form; only the name is told, the description might repeat what was sent.
    private string ErrorOf(HttpAnswer answer)
    {
        try
        {
            return Redaction.Clean(IfeelgoodsNode.Parse(answer.Body)["error"].Text, 80, connection.Key, connection.KeySecret);
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
