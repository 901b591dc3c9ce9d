using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>Ifeelgoods' books: redemptions, stock, balance. One lock; every method leaves a whole state behind.</summary>
public sealed class IfeelgoodsStore(IfeelgoodsSwitches switches, SimulatorClock clock, int seed)
{
    public const string ClientId = "CLI-TARGO";

    private readonly Lock _gate = new();
    private readonly List<Redemption> _redemptions = [];
    private readonly Dictionary<string, Redemption> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Promotion, string Order), Redemption> _byOrder = [];
    private readonly CodeMaker _codes = new(seed);
    private decimal? _balance;

    public RewardCatalogue Rewards { get; } = new();

    /// <summary>Promotions by what a test may want of them; ids come from the account manager (§1).</summary>
    public IReadOnlyList<Promotion> Promotions { get; } =
    [
        new("PRM-TARGO", ClientId, "Fidélité"),
        new("PRM-PAUSED", ClientId, "En pause") { Status = "paused" },
        new("PRM-ENDED", ClientId, "Terminée") { State = "ended" },
        new("PRM-FEW", ClientId, "Choix") { Rewards = ["IGA-GC-60CAD-CA"] },
    ];

    public IReadOnlyList<Redemption> Redemptions => Read(() => _redemptions.ToArray());

    /// <summary>What is left of the balance, in dollars.</summary>
    public decimal Balance => Read(() => BalanceNow);

    private decimal BalanceNow
    {
        get => _balance ?? switches.BalanceCad / 100m;
        set => _balance = value;
    }

    public Promotion? FindPromotion(string id) => Promotions.FirstOrDefault(promotion => promotion.Id == id);

    public Redemption? Find(string id) => Read(() => _byId.GetValueOrDefault(id));

    public Redemption? FindOrder(string promotionId, string orderId) => Read(() => _byOrder.GetValueOrDefault((promotionId, orderId)));

    internal T Read<T>(Func<T> step)
    {
        lock (_gate)
        {
            Settle();
            return step();
        }
    }

    /// <summary>Creates a redemption, or finds the one of this order: at most one per promotion and order id (§4).</summary>
    internal (Redemption Redemption, bool IsNew) Create(Promotion promotion, RedemptionRequest request, bool book, bool redeem) => Read(() =>
    {
        if (_byOrder.TryGetValue((promotion.Id, request.OrderId), out var first))
        {
            Match(first, request);
            if (switches.Repeat == RepeatAnswer.Conflict)
                throw new IfeelgoodsRefusedException(409, "conflict_uniqueness", "The order_id is taken.");
            if (redeem)
                RedeemNow(first);
            return (first, false);
        }

        Open(promotion);
        var redemption = new Redemption(_codes.NextId(), promotion, request.OrderId, clock.Now)
        {
            Reward = request.Reward,
            Amount = request.Amount ?? request.Reward?.FaceValue,
            User = request.User,
            State = book ? RedemptionState.Booked : RedemptionState.Pending,
            Activated = !book,
            ExpiresAt = clock.Now + (book ? switches.BookTime : switches.ClaimTime),
        };
        if (book)
            Require(redemption);
        // A refusal leaves nothing behind.
        if (redeem)
            RedeemNow(redemption);
        _redemptions.Add(redemption);
        _byId.Add(redemption.Id, redemption);
        _byOrder.Add((promotion.Id, request.OrderId), redemption);
        return (redemption, true);
    });

    /// <summary>Redeems an existing redemption for a user.</summary>
    internal Redemption Redeem(Redemption redemption, RedemptionRequest request) => Read(() =>
    {
        Match(redemption, request);
        redemption.User ??= request.User;
        redemption.Reward ??= request.Reward;
        redemption.Amount ??= request.Amount ?? redemption.Reward?.FaceValue;
        RedeemNow(redemption);
        return redemption;
    });

    /// <summary>Opens a booked redemption to its user: the code is made when the link is followed (§4, flow 2).</summary>
    internal Redemption Activate(Redemption redemption, RedemptionRequest request) => Read(() =>
    {
        Match(redemption, request);
        if (redemption.State is not (RedemptionState.Booked or RedemptionState.Pending))
            throw Refused($"A {Word(redemption)} redemption cannot be activated.");
        redemption.User ??= request.User;
        redemption.Activated = true;
        redemption.ExpiresAt = redemption.CreatedAt + switches.ClaimTime;
        Change(redemption, RedemptionState.Pending);
        return redemption;
    });

    internal Redemption Cancel(Redemption redemption) => Read(() =>
    {
        if (!IsCancelable(redemption))
            throw Refused($"A {Word(redemption)} redemption cannot be canceled.");
        Change(redemption, RedemptionState.Canceled);
        return redemption;
    });

    internal bool IsCancelable(Redemption redemption) => redemption.State switch
    {
        RedemptionState.Pending or RedemptionState.Failed => true,
        RedemptionState.Booked or RedemptionState.Denied => switches.Cancel == CancelRule.AllButRedeemed,
        _ => false,
    };

    /// <summary>The customer follows the link of a redemption and takes the reward; false when it cannot be taken.</summary>
    public bool Follow(string idOrLink) => Read(() =>
    {
        var redemption = _byId.GetValueOrDefault(idOrLink[(idOrLink.LastIndexOf('/') + 1)..]);
        if (redemption is not { State: RedemptionState.Pending, Activated: true, Reward: not null })
            return false;
        RedeemNow(redemption);
        return redemption.State == RedemptionState.Redeemed;
    });

    /// <summary>Forces a state, for tests.</summary>
    public void SetState(Redemption redemption, RedemptionState state) => Read(() =>
    {
        Change(redemption, state);
        return 0;
    });

    private void Match(Redemption first, RedemptionRequest request)
    {
        if (first.User is { } user && request.User is { } other && !user.Email.Equals(other.Email, StringComparison.OrdinalIgnoreCase))
            throw new IfeelgoodsRefusedException(switches.UserMismatchStatus, "user_mismatch", "The redemption belongs to another user.");
        if (first.Reward is { } reward && request.Reward is { } asked && reward != asked)
            throw new IfeelgoodsRefusedException(409, "conflict", "The redemption is for another reward.");
    }

    private void RedeemNow(Redemption redemption)
    {
        if (redemption.State is RedemptionState.Redeemed or RedemptionState.Denied || redemption.CodeAt is not null)
            return;
        if (redemption.State == RedemptionState.Canceled)
            throw Refused("A canceled redemption cannot be redeemed.");
        if (redemption.User is null || redemption.Reward is null)
            throw IfeelgoodsRefusedException.Invalid("user and reward are required to redeem.");
        if (IsDenied(redemption.User))
        {
            Change(redemption, RedemptionState.Denied);
            return;
        }

        Require(redemption);
        if (++redemption.Attempts <= switches.FailuresFirst)
        {
            Change(redemption, RedemptionState.Failed);
            return;
        }

        Bill(redemption);
        redemption.CodeAt = clock.Now + switches.CodeDelay;
        Change(redemption, RedemptionState.Pending);
        Settle(redemption);
    }

    private void Require(Redemption redemption)
    {
        if (redemption.Reward is { Stock: 0 })
            throw Refused("The reward is out of stock.");
        if (BalanceNow < CostOf(redemption))
            throw Refused("The budget is exhausted.");
    }

    private void Bill(Redemption redemption)
    {
        redemption.Billings++;
        BalanceNow -= CostOf(redemption);
        if (redemption.Reward!.Stock is { } stock)
            redemption.Reward.Stock = stock - 1;
    }

    private static decimal CostOf(Redemption redemption) =>
        decimal.Round((redemption.Amount ?? 0) * (redemption.Reward?.CostShare ?? 1), 2);

    private bool IsDenied(RedemptionUser user) =>
        switches.DeniedDomains.Any(domain => user.Email.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase))
        || (user.Country is { } country && switches.DeniedCountries.Contains(country, StringComparer.OrdinalIgnoreCase));

    private void Open(Promotion promotion)
    {
        if (promotion is not { Status: "enabled", State: "ready" })
            throw Refused($"The promotion is {(promotion.Status == "enabled" ? promotion.State : promotion.Status)}.");
    }

    private void Settle()
    {
        foreach (var redemption in _redemptions)
            Settle(redemption);
    }

    private void Settle(Redemption redemption)
    {
        var now = clock.Now;
        if (redemption is { State: RedemptionState.Pending, CodeAt: { } due } && due <= now)
        {
            redemption.Codes = _codes.Make(redemption);
            redemption.RedeemedAt = due;
            Change(redemption, RedemptionState.Redeemed, due);
        }
        else if (redemption is { State: RedemptionState.Booked or RedemptionState.Pending, CodeAt: null, ExpiresAt: { } end } && end <= now)
        {
            Change(redemption, RedemptionState.Canceled, end);
        }
    }

    private void Change(Redemption redemption, RedemptionState state, DateTimeOffset? at = null)
    {
        redemption.State = state;
        redemption.UpdatedAt = at ?? clock.Now;
    }

    private static string Word(Redemption redemption) => redemption.State.ToString().ToLowerInvariant();

    private IfeelgoodsRefusedException Refused(string message) => new(switches.RefusedStatus, "operation_refused", message);
}
