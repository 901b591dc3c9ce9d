using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>Ifeelgoods' Fulfilment API v2 with its OAuth host and its customers' page (ifeelgoods.md).</summary>
public sealed class IfeelgoodsService : SimulatedService
{
    private const string Root = "/fulfillment/v2";
    private readonly SimulatorOptions _options;
    private readonly IfeelgoodsSwitches _switches;
    private readonly IfeelgoodsJson _json;
    private readonly OAuthDesk _oauth;
    private readonly RedemptionEndpoints _redemptions;

    internal IfeelgoodsService(SimulatorOptions options, SimulatorClock clock)
    {
        _options = options;
        _switches = options.Ifeelgoods;
        Store = new IfeelgoodsStore(_switches, clock, options.Seed);
        _json = new IfeelgoodsJson(_switches, Store);
        _oauth = new OAuthDesk(options, clock);
        _redemptions = new RedemptionEndpoints(_switches, Store, _json);
    }

    public override string Name => "ifeelgoods";

    public IfeelgoodsStore Store { get; }

    /// <summary>Where the customers' page is; known once the port is.</summary>
    internal string LinkBase
    {
        set => _json.LinkBase = value;
    }

    public string LinkOf(Redemption redemption) => _json.LinkOf(redemption);

    public override string RouteOf(string method, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["oauth", ..])
            return "ifeelgoods.oauth";
        if (parts is ["r", _])
            return "ifeelgoods.page";
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            return "ifeelgoods.unknown";
        return (method, parts[2..]) switch
        {
            ("GET", ["accounts", "me"]) => "ifeelgoods.account",
            ("GET", ["rewards"]) => "ifeelgoods.rewards",
            ("GET", ["rewards", _]) => "ifeelgoods.reward",
            ("GET", ["clients"]) => "ifeelgoods.clients",
            ("GET", ["clients", _]) => "ifeelgoods.client",
            ("GET", ["clients", _, "promotions"]) => "ifeelgoods.promotions",
            ("GET", ["clients", _, "stats"]) => "ifeelgoods.stats",
            ("GET", ["promotions", _]) => "ifeelgoods.promotion",
            ("GET", ["promotions", _, "redemptions"]) => "ifeelgoods.redemptions",
            ("POST", ["promotions", _, "redemptions"]) => "ifeelgoods.create",
            ("POST", ["promotions", _, "rewards", _, "redemptions"]) => "ifeelgoods.create",
            ("POST", ["promotions", _, "rewards", _, "redemptions", "book"]) => "ifeelgoods.book",
            ("POST", ["promotions", _, "rewards", _, "redemptions", "actions", "redeem"]) => "ifeelgoods.createandredeem",
            ("GET", ["redemptions", _]) => "ifeelgoods.redemption",
            ("POST", ["redemptions", _, "actions", "redeem"]) => "ifeelgoods.redeem",
            ("POST", ["redemptions", _, "actions", "cancel"]) => "ifeelgoods.cancel",
            ("POST", ["redemptions", _, .. var rest]) when string.Join('/', rest) == _switches.ActivatePath => "ifeelgoods.activate",
            _ => "ifeelgoods.unknown",
        };
    }

    public override ValueTask<Reply> AnswerAsync(ServiceRequest request, CancellationToken cancel) => ValueTask.FromResult(Answer(request));

    public override Reply Failure(int status) => status == 429
        ? new IfeelgoodsRefusedException(429, "too_many_requests", "A simulated failure.").ToReply()
        : base.Failure(status);

    private Reply Answer(ServiceRequest request)
    {
        try
        {
            if (request.Route == "ifeelgoods.oauth")
                return _oauth.Answer(request);
            if (request.Route == "ifeelgoods.page")
                return Page(request);
            if (!IsKnown(request))
                return IfeelgoodsRefusedException.Unauthorized().ToReply();
            // The list of media types is the service's whole negotiation (§2).
            if (request.Header("Accept") is { } accept && !accept.Contains('*', StringComparison.Ordinal)
                && !accept.Contains("application/json", StringComparison.Ordinal) && !accept.Contains("application/pdf", StringComparison.Ordinal))
                return new IfeelgoodsRefusedException(406, "not_acceptable", "application/json or application/pdf.").ToReply();
            var parts = request.Path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            return Catalogue(request, parts) ?? _redemptions.Answer(request, parts);
        }
        catch (IfeelgoodsRefusedException refusal)
        {
            return refusal.ToReply();
        }
    }

    private bool IsKnown(ServiceRequest request)
    {
        if (request.Header("Authorization") is { } authorization)
            return _switches.OAuth && _oauth.Knows(authorization);
        if (!_switches.HeaderKeys)
            throw new IfeelgoodsRefusedException(401, "authentication_system_not_supported", "Use OAuth.");
        return request.Header("Api-Key") == _options.IfeelgoodsKey && request.Header("Api-Secret") == _options.IfeelgoodsSecret;
    }

    private Reply? Catalogue(ServiceRequest request, string[] parts) => request.Route switch
    {
        "ifeelgoods.account" => IfeelgoodsJson.One(200, json =>
        {
            json.WriteString("id", "ACC-1");
            json.WriteString("login", "targo-simulator");
            json.WriteString("name", "TARGO (simulated)");
            json.WriteString("email", "simulator@targo.ca");
            json.WriteString("timezone", "America/Toronto");
            json.WriteString("locale", "fr");
        }),
        "ifeelgoods.rewards" => _json.List(request, Store.Read(() => Store.Rewards.All.ToArray()),
            (json, reward) => _json.Reward(json, reward, HasCost(request), withInstructions: false)),
        "ifeelgoods.reward" when Store.Rewards.Find(parts[1]) is { } reward =>
            IfeelgoodsJson.One(200, json => _json.Reward(json, reward, HasCost(request), withInstructions: true)),
        "ifeelgoods.clients" => _json.List(request, [IfeelgoodsStore.ClientId], (json, _) => _json.Client(json)),
        "ifeelgoods.client" when parts[1] == IfeelgoodsStore.ClientId => IfeelgoodsJson.One(200, _json.Client),
        "ifeelgoods.promotions" when parts[1] == IfeelgoodsStore.ClientId => _json.List(request, Store.Promotions, IfeelgoodsJson.Promotion),
        "ifeelgoods.promotion" when Store.FindPromotion(parts[1]) is { } promotion => IfeelgoodsJson.One(200, json => IfeelgoodsJson.Promotion(json, promotion)),
        "ifeelgoods.stats" => IfeelgoodsJson.One(200, json => json.WriteNumber("redemptions", Store.Redemptions.Count)),
        "ifeelgoods.reward" or "ifeelgoods.client" or "ifeelgoods.promotions" or "ifeelgoods.promotion" => throw IfeelgoodsRefusedException.NotFound(parts[0].TrimEnd('s')),
        _ => null,
    };

    private static bool HasCost(ServiceRequest request) => request.Query("client_id") == IfeelgoodsStore.ClientId;

    /// <summary>What the customer's browser shows behind the link: GET shows it, POST takes the reward.</summary>
    private Reply Page(ServiceRequest request)
    {
        var id = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        if (Store.Find(id) is not { } redemption)
            return Reply.Html(404, "<!doctype html><title>404</title><p>No such gift.</p>");
        if (request.Method == "POST")
            Store.Follow(id);
        var body = redemption.State == RedemptionState.Redeemed
            ? string.Join("", redemption.Codes.Select(code => $"<p>{code.Name}: <b>{code.Value}</b></p>"))
            : $"<form method=\"post\"><button>Take the {redemption.Reward?.Name} card</button></form>";
        return Reply.Html(200, $"<!doctype html><html lang=\"en\"><title>Your gift</title><h1>{redemption.Reward?.Name}</h1>{body}</html>");
    }
}
