using System.Text.Json;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Giftbit's REST API <c>papi/v1</c> (giftbit.md).</summary>
public sealed class GiftbitService : SimulatedService
{
    private const string Root = "/papi/v1";
    private readonly GiftbitSwitches _switches;
    private readonly SimulatorClock _clock;
    private readonly string _authorization;
    private readonly GiftbitJson _json;
    private readonly OrderReader _reader;
    private readonly GiftQuery _query;
    private readonly CatalogueEndpoints _catalogueEndpoints;

    internal GiftbitService(SimulatorOptions options, SimulatorClock clock)
    {
        _switches = options.Giftbit;
        _clock = clock;
        _authorization = "Bearer " + options.GiftbitToken;
        Catalogue = new BrandCatalogue();
        Store = new GiftbitStore(_switches, clock, options.Seed);
        _json = new GiftbitJson(_switches, Store, clock);
        _reader = new OrderReader(_switches, Catalogue);
        _query = new GiftQuery(Store, _switches);
        _catalogueEndpoints = new CatalogueEndpoints(Catalogue, Store, _switches, _json);
    }

    public override string Name => "giftbit";

    public BrandCatalogue Catalogue { get; }

    public GiftbitStore Store { get; }

    /// <summary>Where logos are served; known once the port is.</summary>
    internal string LogoBase
    {
        set => _catalogueEndpoints.LogoBase = value;
    }

    public string LogoOf(Brand brand) => $"{_catalogueEndpoints.LogoBase}{brand.Code}.png";

    public override string RouteOf(string method, string path)
    {
        if (path.StartsWith("/logos/", StringComparison.Ordinal))
            return "giftbit.logo";
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            return "giftbit.unknown";
        var parts = path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (method, parts) switch
        {
            ("GET", ["ping"]) => "giftbit.ping",
            ("POST", ["campaign"]) => "giftbit.campaign.create",
            ("GET", ["campaign", _]) => "giftbit.campaign.get",
            ("GET", ["links", _]) => "giftbit.links",
            ("GET", ["gifts"]) => "giftbit.gifts",
            ("GET", ["gifts", _]) => "giftbit.gift.get",
            ("PUT", ["gifts", _]) => "giftbit.gift.resend",
            ("DELETE", ["gifts", _]) => "giftbit.gift.cancel",
            ("GET", ["brands"]) => "giftbit.brands",
            ("GET", ["brands", _]) => "giftbit.brand",
            ("GET", ["regions"]) => "giftbit.regions",
            ("GET", ["funds"]) => "giftbit.funds.get",
            ("POST", ["funds"]) => "giftbit.funds.add",
            _ => "giftbit.unknown",
        };
    }

    public override ValueTask<Reply> AnswerAsync(ServiceRequest request, CancellationToken cancel) => ValueTask.FromResult(Answer(request));

    public override Reply Failure(int status) => status >= 500
        ? base.Failure(status)
        : new GiftbitRefusal(status, "SIMULATED_FAULT", "Simulated", "A simulated failure.").ToReply();

    private Reply Answer(ServiceRequest request)
    {
        var last = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        if (request.Route == "giftbit.logo")
            return _catalogueEndpoints.Logo(last);
        // Case-sensitive, one space (§1).
        if (request.Header("Authorization") != _authorization)
            return Unauthorized();
        return request.Route switch
        {
            "giftbit.ping" => Ping(),
            "giftbit.campaign.create" => CreateCampaign(request),
            "giftbit.campaign.get" => GetCampaign(last),
            "giftbit.links" => GetLinks(request, last),
            "giftbit.gifts" => ListGifts(request),
            "giftbit.gift.get" => WithGift(last, gift => GiftReply(gift, "INFO_GIFTS")),
            "giftbit.gift.resend" => WithGift(last, gift => ResendGift(gift, request)),
            "giftbit.gift.cancel" => WithGift(last, CancelGift),
            _ => _catalogueEndpoints.Answer(request, last),
        };
    }

    private Reply Unauthorized() => _switches.LegacyUnauthorized
        ? Reply.Html(401, """{"status":401,"text":"Unauthorized"}""")
        : new GiftbitRefusal(401, "ERROR_UNAUTHORIZED", "Unauthorized", "Access Token missing or invalid").ToReply();

    private Reply Ping() => Reply.Json(200, json =>
    {
        json.WriteString("username", "simulator@targo.ca");
        json.WriteString("displayname", "TARGO (simulated)");
        json.WriteStartObject("info");
        json.WriteString("code", _switches.Spelling == SpellingSet.Recorded ? "INFO_CREDNTIALS" : "INFO_CREDENTIALS");
        json.WriteString("name", "Credentials are valid");
        json.WriteString("message", "Credentials are valid");
        json.WriteEndObject();
    });

    private Reply CreateCampaign(ServiceRequest request)
    {
        using var document = TryParse(request.Body);
        if (document is null)
            return GiftbitRefusal.Malformed("The body is not JSON.").ToReply();
        var root = document.RootElement;
        // A repeated id is recognised before anything else of the body is looked at (§2.3).
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var id) && Store.FindOrder(id.ToString()) is { } taken)
            return Repeated(taken);
        var (order, refusal) = _reader.Read(root, _clock.Now);
        if (order is null)
            return refusal!.ToReply();
        var (placed, isNew) = Store.Place(order);
        return isNew ? CampaignReply(placed, placed.InfoCode, withStatus: true) : Repeated(placed);
    }

    private Reply Repeated(GiftbitOrder order)
    {
        Store.CountRepeat(order);
        return _switches.DuplicateId == DuplicateIdAnswer.Replay
            ? CampaignReply(order, order.InfoCode, withStatus: true)
            : GiftbitRefusal.InvalidId($"Property [id] of class [Campaign] with value [{order.Id}] must be unique").ToReply();
    }

    private Reply GetCampaign(string id) => Store.FindOrder(id) is { } order
        ? CampaignReply(order, "INFO_CAMPAIGN_RETRIEVED", withStatus: false)
        : Unknown("campaign");

    private Reply CampaignReply(GiftbitOrder order, string info, bool withStatus) => Store.Read(() => Reply.Json(200, json =>
    {
        GiftbitJson.Info(json, info);
        if (withStatus)
            json.WriteNumber("status", 200);
        _json.Campaign(json, order, fresh: withStatus);
    }));

    private Reply GetLinks(ServiceRequest request, string id)
    {
        if (Store.FindOrder(id) is not { Request.IsLinkOrder: true } order)
            return Unknown("link campaign");
        return Store.Read(() => Reply.Json(200, json =>
        {
            // Not ready: information alone, with status 200 (§4).
            if (!order.HasLinks(_clock.Now))
            {
                GiftbitJson.Info(json, "INFO_LINKS_GENERATION_IN_PROGRESS");
                return;
            }

            GiftbitJson.Info(json, "INFO_LINKS");
            _json.Links(json, order, request);
        }));
    }

    private Reply ListGifts(ServiceRequest request)
    {
        var gifts = _query.Find(request);
        return Reply.Json(200, json =>
        {
            GiftbitJson.Info(json, "INFO_GIFTS");
            json.WriteNumber("status", 200);
            var (from, count) = _json.Page(json, request, gifts.Count, 20, _switches.MaxGiftsPage);
            json.WriteStartArray("gifts");
            for (var at = from; at < from + count; at++)
            {
                json.WriteStartObject();
                _json.Gift(json, gifts[at]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private Reply WithGift(string uuid, Func<SimulatedGift, Reply> answer) => Store.FindGift(uuid) is { } gift
        ? answer(gift)
        : _switches.UnknownId == UnknownIdAnswer.NullObject
            ? Reply.Json(200, json =>
            {
                GiftbitJson.Info(json, "INFO_GIFTS");
                json.WriteNumber("status", 200);
                json.WriteNull("gift");
            })
            : Unknown("gift");

    private Reply GiftReply(SimulatedGift gift, string info) => Reply.Json(200, json =>
    {
        GiftbitJson.Info(json, info);
        json.WriteNumber("status", 200);
        json.WriteStartObject("gift");
        _json.Gift(json, gift);
        json.WriteEndObject();
    });

    private Reply ResendGift(SimulatedGift gift, ServiceRequest request)
    {
        using var document = TryParse(request.Body);
        if (document is null || !document.RootElement.TryGetProperty("resend", out var resend) || resend.ValueKind != JsonValueKind.True)
            return GiftbitRefusal.Malformed("The body must be {\"resend\":true}.").ToReply();
        // What happens for a link gift or a claimed one is not known (§5.3): refused here.
        if (gift.Order.Request.IsLinkOrder || gift.State != GiftState.SentAndRedeemable)
            return new GiftbitRefusal(422, "SIMULATED_CANNOT_RESEND", "Cannot resend", "This gift cannot be sent again.").ToReply();
        Store.Resend(gift);
        return GiftReply(gift, "INFO_GIFTS_RESENT");
    }

    private Reply CancelGift(SimulatedGift gift)
    {
        if (Store.Cancel(gift))
            return GiftReply(gift, "INFO_GIFTS_CANCELED");
        var answer = gift.State == GiftState.GiverCancelled ? _switches.SecondCancel : _switches.CancelAfterClaim;
        return answer == RefusalAnswer.Accept
            ? GiftReply(gift, "INFO_GIFTS_CANCELED")
            : new GiftbitRefusal(422, "SIMULATED_CANNOT_CANCEL", "Cannot cancel", "Only an unclaimed gift can be cancelled.").ToReply();
    }

    private Reply Unknown(string what) => GiftbitRefusal.Unknown(what, _switches.UnknownId == UnknownIdAnswer.NotFound).ToReply();
}
