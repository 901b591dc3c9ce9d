using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Reports;

/// <summary>How far gifts have come: each number counts gifts, not events.</summary>
public sealed record FunnelFigures
{
    /// <summary>Gifts entered.</summary>
    public int Gifts { get; init; }

    /// <summary>Ordered at the provider, or entered with a link of their own.</summary>
    public int Ordered { get; init; }

    /// <summary>With a link.</summary>
    public int Linked { get; init; }

    /// <summary>Mail accepted by the mail service.</summary>
    public int Sent { get; init; }

    /// <summary>Taken by the recipient's mail server.</summary>
    public int Delivered { get; init; }

    /// <summary>Refused by the recipient's mail server.</summary>
    public int Bounced { get; init; }

    /// <summary>Not even tried by the mail service.</summary>
    public int Blocked { get; init; }

    /// <summary>Marked as spam by the recipient.</summary>
    public int Complained { get; init; }

    /// <summary>Opened, as far as that can be known.</summary>
    public int Opened { get; init; }

    /// <summary>Only opened by proxies or software that loads pictures in advance: says nothing.</summary>
    public int OpenedWeakly { get; init; }

    /// <summary>Own link clicked, likely by a person.</summary>
    public int Clicked { get; init; }

    /// <summary>Own link clicked by what was likely a security scanner, and by nobody else so far.</summary>
    public int ScannedOnly { get; init; }

    /// <summary>Clicked, and still to be redeemed.</summary>
    public int ClickedNotRedeemed { get; init; }

    /// <summary>Sent without a known problem, still redeemable, and not clicked.</summary>
    public int SentNotClicked { get; init; }

    /// <summary>Sent, still redeemable, not clicked, and with a delivery problem.</summary>
    public int SentWithProblem { get; init; }

    /// <summary>Redeemed.</summary>
    public int Redeemed { get; init; }

    /// <summary>Cancelled, money back.</summary>
    public int Refunded { get; init; }

    /// <summary>Expired unredeemed.</summary>
    public int Expired { get; init; }

    /// <summary>Refused by the provider.</summary>
    public int Failed { get; init; }

    /// <summary>Still redeemable, or on their way to be.</summary>
    public int Open => Gifts - Redeemed - Refunded - Expired - Failed;

    /// <summary>Clicked among the delivered, 0 to 1; null when none is known to be delivered.</summary>
    public double? ClickRate => Share(Clicked, Math.Max(Delivered, Clicked));

    /// <summary>Redeemed among the sent, 0 to 1; null when none was sent.</summary>
    public double? RedemptionRate => Share(Redeemed, Math.Max(Sent, Redeemed));

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>Money of a campaign, by what became of it.</summary>
/// <param name="Ordered">Face value of all gifts that the provider took.</param>
/// <param name="Redeemed">Spent by customers.</param>
/// <param name="Returned">Cancelled: back in the balance, in full or in part as the provider's terms say.</param>
/// <param name="Expired">Expired: what comes back, the provider's balance shows.</param>
/// <param name="Outstanding">May still be redeemed.</param>
public sealed record MoneyFigures(Money Ordered, Money Redeemed, Money Returned, Money Expired, Money Outstanding);

/// <summary>The figures of one language.</summary>
/// <param name="Language">The language.</param>
/// <param name="Funnel">The figures.</param>
public sealed record LanguageFigures(GiftLanguage Language, FunnelFigures Funnel);

/// <summary>The figures of one creative: a template with a subject.</summary>
/// <param name="TemplateHash">Hash of the template.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Language">Its language.</param>
/// <param name="Funnel">The figures.</param>
public sealed record CreativeFigures(string TemplateHash, string Subject, GiftLanguage Language, FunnelFigures Funnel);

/// <summary>What was redeemed at one brand.</summary>
/// <param name="Code">Brand code; null where the provider does not say.</param>
/// <param name="Name">Name, as far as known.</param>
/// <param name="Redeemed">Gifts redeemed there.</param>
/// <param name="Amount">Their face value.</param>
public sealed record BrandFigures(string? Code, string? Name, int Redeemed, Money Amount);

/// <summary>What happened on one day, Eastern time.</summary>
/// <param name="Day">The day.</param>
/// <param name="Clicked">Gifts first clicked on it.</param>
/// <param name="Redeemed">Gifts redeemed on it.</param>
public sealed record DayFigures(DateOnly Day, int Clicked, int Redeemed);

/// <summary>Why a customer has not got the mail.</summary>
public enum DeliveryTrouble
{
    /// <summary>Refused for good by the recipient's mail server.</summary>
    HardBounce,

    /// <summary>Refused by the recipient's mail server, perhaps not for ever.</summary>
    SoftBounce,

    /// <summary>Not tried by the mail service.</summary>
    Blocked,

    /// <summary>Marked as spam.</summary>
    Spam,

    /// <summary>Refused by the mail service.</summary>
    Refused,

    /// <summary>Refused for now; the next run tries again.</summary>
    Deferred,

    /// <summary>Not known whether it went out.</summary>
    Uncertain,

    /// <summary>Being sent at this moment, or its run has died.</summary>
    HandingOver,

    /// <summary>The customer has opted out.</summary>
    Suppressed,
}

/// <summary>A delivery problem and whom it concerns.</summary>
/// <param name="Trouble">What kind.</param>
/// <param name="Cause">The mail service's word, or null.</param>
/// <param name="Count">How many gifts.</param>
/// <param name="Rows">Their rows.</param>
public sealed record ProblemFigures(DeliveryTrouble Trouble, string? Cause, int Count, IReadOnlyList<int> Rows);

/// <summary>The figures of a campaign at one moment.</summary>
public sealed record CampaignFigures
{
    /// <summary>The campaign.</summary>
    public required GiftCampaign Campaign { get; init; }

    /// <summary>Its id.</summary>
    public string CampaignId => Campaign.CampaignId;

    /// <summary>Sandbox or production.</summary>
    public GiftEnvironment Environment => Campaign.Environment;

    /// <summary>When the figures were taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>All gifts.</summary>
    public required FunnelFigures Total { get; init; }

    /// <summary>Money.</summary>
    public required MoneyFigures Money { get; init; }

    /// <summary>By language, French first.</summary>
    public required IReadOnlyList<LanguageFigures> ByLanguage { get; init; }

    /// <summary>By creative, most sent first.</summary>
    public required IReadOnlyList<CreativeFigures> ByCreative { get; init; }

    /// <summary>By brand redeemed, most chosen first.</summary>
    public required IReadOnlyList<BrandFigures> ByBrand { get; init; }

    /// <summary>Day by day from the first click or redemption to the last, without gaps.</summary>
    public required IReadOnlyList<DayFigures> ByDay { get; init; }

    /// <summary>Delivery problems, most frequent first.</summary>
    public required IReadOnlyList<ProblemFigures> Problems { get; init; }

    /// <summary>Half of those who redeemed did so within this time of the sending; null below five of them.</summary>
    public TimeSpan? MedianTimeToRedemption { get; init; }

    /// <summary>Half of those who clicked did so within this time of the sending; null below five of them.</summary>
    public TimeSpan? MedianTimeToClick { get; init; }

    /// <summary>The campaign's id.</summary>
    public override string ToString() => CampaignId;
}
