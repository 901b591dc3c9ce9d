using System.Text.Json;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>Ifeelgoods' token host (ifeelgoods.md §1).</summary>
internal sealed class OAuthDesk(SimulatorOptions options, SimulatorClock clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    public bool Knows(string authorization)
    {
        lock (_gate)
            return authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.TryGetValue(authorization[7..], out var until) && until > clock.Now;
    }

    public Reply Answer(ServiceRequest request) => (request.Method, request.Path) switch
    {
        ("POST", "/oauth/token") => Token(request),
        ("POST", "/oauth/revoke") => Revoke(request),
        ("GET", "/oauth/token/info") => Knows(request.Header("Authorization") ?? "") ? Reply.Json(200, json => json.WriteString("token_type", "bearer")) : Error("invalid_token"),
        _ => Reply.Text(404, "not found"),
    };

    private Reply Token(ServiceRequest request)
    {
        string? Field(string name)
        {
            try
            {
                using var document = JsonDocument.Parse(request.Body);
                return document.RootElement.GetProperty(name).GetString();
            }
            catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return null;
            }
        }

        if (Field("client_id") != options.IfeelgoodsKey || Field("client_secret") != options.IfeelgoodsSecret)
            return Error("invalid_client");
        if (Field("grant_type") != options.Ifeelgoods.GrantType)
            return Error("unsupported_grant_type");
        var token = Guid.NewGuid().ToString("N");
        var life = options.Ifeelgoods.TokenLife;
        lock (_gate)
            _tokens[token] = clock.Now + life;
        return Reply.Json(200, json =>
        {
            json.WriteString("access_token", token);
            json.WriteString("token_type", "bearer");
            json.WriteNumber("expires_in", (long)life.TotalSeconds);
        });
    }

    private Reply Revoke(ServiceRequest request)
    {
        lock (_gate)
            _tokens.Remove((request.Header("Authorization") ?? "").Replace("Bearer ", "", StringComparison.Ordinal));
        return Reply.Json(200, _ => { });
    }

    private static Reply Error(string name) => Reply.Json(401, json =>
    {
        json.WriteString("error", name);
        json.WriteString("error_description", "Simulated.");
    });
}
