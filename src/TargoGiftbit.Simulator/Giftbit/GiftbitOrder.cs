namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>A contact of an order, and whether Giftbit took it.</summary>
public sealed record OrderContact(string Id, string FirstName, string LastName, string Email)
{
    public bool Added { get; init; } = true;

    public string Message { get; init; } = "New contact";

    public string Name => $"{FirstName} {LastName}".Trim();
}

/// <summary>The request of an order after its checks.</summary>
public sealed record OrderRequest
{
    public required string Id { get; init; }

    public required int PriceInCents { get; init; }

    public required IReadOnlyList<string> BrandCodes { get; init; }

    public string? Region { get; init; }

    public string Message { get; init; } = "";

    public string? Subject { get; init; }

    public bool IsLinkOrder { get; init; }

    public int? LinkCount { get; init; }

    public DateOnly? Expiry { get; init; }

    public required string Currency { get; init; }

    public IReadOnlyList<OrderContact> Contacts { get; init; } = [];
}

public enum OrderStatus
{
    ApiCreating,
    AwaitingFunds,
    CampaignCreated,
}

/// <summary>An order in Giftbit's books.</summary>
public sealed class GiftbitOrder(OrderRequest request, string uuid, DateTimeOffset createdAt)
{
    public OrderRequest Request { get; } = request;

    public string Id => Request.Id;

    /// <summary>32 hex digits.</summary>
    public string Uuid { get; } = uuid;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public OrderStatus Status { get; internal set; }

    /// <summary><c>INFO_CAMPAIGN_CREATED</c> or one of the two outcomes without funds (§2.2).</summary>
    public string InfoCode { get; internal set; } = "INFO_CAMPAIGN_CREATED";

    /// <summary>When the gifts come (or came) to be; none while the order waits for funds.</summary>
    public DateTimeOffset? GiftsAt { get; internal set; }

    public DateTimeOffset? LinksAt { get; internal set; }

    /// <summary>When pending funds clear by themselves.</summary>
    public DateTimeOffset? FundsClearAt { get; internal set; }

    /// <summary>How often the id was posted.</summary>
    public int Posts { get; internal set; } = 1;

    public List<SimulatedGift> Gifts { get; } = [];

    public int GiftCount => Request.IsLinkOrder && Request.LinkCount is { } count ? count : Request.Contacts.Count(c => c.Added);

    public int FeesInCents { get; internal set; }

    public long TotalInCents => ((long)GiftCount * Request.PriceInCents) + FeesInCents;

    public bool HasLinks(DateTimeOffset now) => Status == OrderStatus.CampaignCreated && LinksAt <= now;
}

public enum GiftState
{
    SentAndRedeemable,
    Redeemed,
    GiverCancelled,
    Expired,
    ToCharity,
}

/// <summary>A gift in Giftbit's books.</summary>
public sealed class SimulatedGift(GiftbitOrder order, int number, string uuid, string code, OrderContact? contact)
{
    public GiftbitOrder Order { get; } = order;

    /// <summary>Place in the order, from 1.</summary>
    public int Number { get; } = number;

    public string Uuid { get; } = uuid;

    /// <summary>Eleven letters and digits: the short link's path.</summary>
    public string Code { get; } = code;

    public OrderContact? Contact { get; } = contact;

    public GiftState State { get; internal set; }

    public string? BrandCode { get; internal set; } = order.Request.BrandCodes.Count == 1 ? order.Request.BrandCodes[0] : null;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RedeemedAt { get; internal set; }

    public int RedeliveryCount { get; internal set; }

    /// <summary>How often the claim page was opened.</summary>
    public int Visits { get; internal set; }
}
