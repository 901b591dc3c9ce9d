using System.Text;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Giftbit's books: orders, gifts, funds. One lock; every method leaves a whole state behind.</summary>
public sealed class GiftbitStore(GiftbitSwitches switches, SimulatorClock clock, int seed)
{
    private const string CodeLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, GiftbitOrder> _orders = new(StringComparer.Ordinal);
    private readonly List<GiftbitOrder> _orderList = [];
    private readonly List<SimulatedGift> _gifts = [];
    private readonly Dictionary<string, SimulatedGift> _giftsByKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fundIds = [];
    private readonly FundsBook _funds = new(switches.FundsCad, switches.FundsUsd);
    private SeededRandom _random = new(seed, "giftbit");
    private DateTimeOffset _nextChange = DateTimeOffset.MaxValue;

    /// <summary>Grows with every change; a list made at one version is right as long as it stands.</summary>
    public long Version { get; private set; }

    public IReadOnlyList<GiftbitOrder> Orders => Read(() => _orderList.ToArray());

    public IReadOnlyList<SimulatedGift> Gifts => Read(() => _gifts.ToArray());

    public IReadOnlyDictionary<string, FundsLine> Funds => Read(() => _funds.Lines.ToDictionary());

    /// <summary>The gifts without a copy: inside <see cref="Read"/> only.</summary>
    internal IReadOnlyList<SimulatedGift> AllGifts => _gifts;

    /// <summary>Runs a reading or writing step over a state that is up to date.</summary>
    internal T Read<T>(Func<T> step, DateTimeOffset? at = null)
    {
        lock (_gate)
        {
            Settle(at ?? clock.Now);
            return step();
        }
    }

    /// <summary>An order by client id or uuid (§3).</summary>
    public GiftbitOrder? FindOrder(string idOrUuid) => Read(() => _orders.GetValueOrDefault(idOrUuid));

    /// <summary>A gift by uuid, by the code of its short link, or by the whole link.</summary>
    public SimulatedGift? FindGift(string uuidOrLink) =>
        Read(() => _giftsByKey.GetValueOrDefault(uuidOrLink[(uuidOrLink.LastIndexOf('/') + 1)..]));

    /// <summary>Books an order, unless its id is taken: at most one order per id (§2.3).</summary>
    internal (GiftbitOrder Order, bool IsNew) Place(OrderRequest request) => Read(() =>
    {
        if (_orders.TryGetValue(request.Id, out var first))
            return (first, false);
        var order = new GiftbitOrder(request, NewUuid(), clock.Now);
        order.FeesInCents = switches.FeePerGift * order.GiftCount;
        _orders.Add(order.Id, order);
        _orders.Add(order.Uuid, order);
        _orderList.Add(order);
        Fund(order);
        Touch();
        return (order, true);
    });

    /// <summary>Adds money; orders that waited for it go on (§2.2). An id is counted once.</summary>
    public void AddFunds(string currency, long cents, string? id = null) => Read(() =>
    {
        if (id is not null && !_fundIds.Add(id))
            return 0;
        _funds.Add(currency, cents);
        foreach (var order in _orderList.Where(order => order.Status == OrderStatus.AwaitingFunds && order.Request.Currency == currency))
            Release(order);
        Touch();
        return 0;
    });

    /// <summary>Claims a gift, as its recipient does; false when it can no longer be claimed.</summary>
    public bool Redeem(string uuidOrLink, string? brandCode = null, DateTimeOffset? at = null) => Read(() =>
    {
        var gift = _giftsByKey.GetValueOrDefault(uuidOrLink[(uuidOrLink.LastIndexOf('/') + 1)..]);
        if (gift is not { State: GiftState.SentAndRedeemable })
            return false;
        gift.BrandCode = brandCode ?? gift.BrandCode ?? (gift.Order.Request.BrandCodes.Count > 0 ? gift.Order.Request.BrandCodes[0] : "amazonca");
        gift.State = GiftState.Redeemed;
        gift.RedeemedAt = at ?? clock.Now;
        _funds.Release(gift.Order.Request.Currency, gift.Order.Request.PriceInCents, 0);
        Touch();
        return true;
    }, at);

    /// <summary>Cancels an unclaimed gift and gives the money back; false when it is no longer unclaimed.</summary>
    public bool Cancel(SimulatedGift gift) => Read(() =>
    {
        if (gift.State != GiftState.SentAndRedeemable)
            return false;
        Close(gift, GiftState.GiverCancelled, switches.CancelRefundPercent);
        Touch();
        return true;
    });

    internal void CountRepeat(GiftbitOrder order) => Read(() => ++order.Posts);

    internal void Resend(SimulatedGift gift) => Read(() =>
    {
        Touch();
        return ++gift.RedeliveryCount;
    });

    public void SetState(SimulatedGift gift, GiftState state) => Read(() =>
    {
        gift.State = state;
        gift.RedeemedAt = state is GiftState.Redeemed or GiftState.ToCharity ? gift.RedeemedAt ?? clock.Now : gift.RedeemedAt;
        Touch();
        return 0;
    });

    internal string ShortlinkOf(SimulatedGift gift) => switches.ShortlinkBase + gift.Code;

    private void Fund(GiftbitOrder order)
    {
        if (switches.Funds == FundsOutcome.Pending)
        {
            order.InfoCode = "INFO_CAMPAIGN_CREATED_FUNDS_PENDING";
            order.Status = OrderStatus.AwaitingFunds;
            order.FundsClearAt = clock.Now + switches.PendingFundsDelay;
            ExpectChange(order.FundsClearAt.Value);
        }
        else if (switches.Funds == FundsOutcome.Required || !_funds.Reserve(order.Request.Currency, order.TotalInCents))
        {
            order.InfoCode = "INFO_CAMPAIGN_CREATED_FUNDS_REQUIRED";
            order.Status = OrderStatus.AwaitingFunds;
        }
        else
        {
            Start(order);
        }
    }

    private void Release(GiftbitOrder order)
    {
        if (_funds.Reserve(order.Request.Currency, order.TotalInCents))
            Start(order);
    }

    private void Start(GiftbitOrder order)
    {
        order.Status = OrderStatus.ApiCreating;
        order.GiftsAt = clock.Now + switches.CampaignDelay;
        order.LinksAt = clock.Now + (switches.LinkDelay > switches.CampaignDelay ? switches.LinkDelay : switches.CampaignDelay);
        ExpectChange(order.GiftsAt.Value);
        ExpectChange(order.LinksAt.Value);
    }

    /// <summary>Lets happen what the clock has brought since the last look.</summary>
    private void Settle(DateTimeOffset now)
    {
        if (now < _nextChange)
            return;
        _nextChange = DateTimeOffset.MaxValue;
        foreach (var order in _orderList)
        {
            if (order.Status == OrderStatus.AwaitingFunds && order.FundsClearAt <= now)
                Release(order);
            if (order.Status == OrderStatus.ApiCreating && order.GiftsAt <= now)
                MakeGifts(order);
            Expire(order, now);
            ExpectChange(order.FundsClearAt, now);
            ExpectChange(order.GiftsAt, now);
            ExpectChange(order.LinksAt, now);
        }

        Version++;
    }

    private void MakeGifts(GiftbitOrder order)
    {
        order.Status = OrderStatus.CampaignCreated;
        var created = order.GiftsAt!.Value;
        var contacts = order.Request.Contacts.Where(contact => contact.Added).ToArray();
        var expires = PacificTime.EndOfDay(order.Request.Expiry ?? PacificTime.Today(order.CreatedAt).AddYears(1));
        for (var at = 0; at < order.GiftCount; at++)
        {
            var gift = new SimulatedGift(order, at + 1, NewUuid(), NewCode(), at < contacts.Length ? contacts[at] : null)
            {
                CreatedAt = created,
                ExpiresAt = expires,
            };
            order.Gifts.Add(gift);
            _gifts.Add(gift);
            _giftsByKey[gift.Uuid] = gift;
            _giftsByKey[gift.Code] = gift;
        }
    }

    private void Expire(GiftbitOrder order, DateTimeOffset now)
    {
        if (order.Gifts.Count == 0)
            return;
        var expires = order.Gifts[0].ExpiresAt;
        if (expires > now)
        {
            ExpectChange(expires);
            return;
        }

        foreach (var gift in order.Gifts.Where(gift => gift.State == GiftState.SentAndRedeemable))
            Close(gift, GiftState.Expired, switches.ExpiryRefundPercent);
    }

    private void Close(SimulatedGift gift, GiftState state, int percentBack)
    {
        var price = gift.Order.Request.PriceInCents;
        gift.State = state;
        _funds.Release(gift.Order.Request.Currency, price, (long)price * percentBack / 100);
    }

    private void ExpectChange(DateTimeOffset? at, DateTimeOffset after = default)
    {
        if (at > after && at < _nextChange)
            _nextChange = at.Value;
    }

    private void Touch() => Version++;

    private string NewUuid() => string.Create(null, stackalloc char[32], $"{_random.NextLong():x16}{_random.NextLong():x16}");

    private string NewCode()
    {
        var code = new StringBuilder(11);
        for (var at = 0; at < 11; at++)
            code.Append(CodeLetters[_random.Next(CodeLetters.Length)]);
        return code.ToString();
    }
}
