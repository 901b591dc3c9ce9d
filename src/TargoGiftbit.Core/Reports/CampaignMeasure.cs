using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Reports;

/// <summary>Takes the figures of a campaign from the ledger (spec F6).</summary>
public static class CampaignMeasure
{
    private const int LongestSpan = 730;

    // Half of three people is no news.
    private const int FewestForMedian = 5;

    // Quebec's day is what its office compares with; the ledger itself holds instants.
    private static readonly TimeZoneInfo Eastern = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");

    /// <summary>The figures of now.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="environment">The campaign's environment.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="LedgerException"><c>CampaignUnknown</c>.</exception>
    public static CampaignFigures Take(GiftLedger ledger, GiftEnvironment environment, string campaignId, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(clock);
        var campaign = ledger.Campaigns.Get(environment, campaignId);
        var counted = ledger.Figures.Count(environment, campaignId);
        var names = ledger.Brands.List(environment, campaign.Provider).ToDictionary(b => b.Code, b => b.Name, StringComparer.OrdinalIgnoreCase);
        return new CampaignFigures
        {
            Campaign = campaign,
            At = clock.GetUtcNow(),
            Total = Sum(counted.Groups),
            Money = MoneyOf(counted.Groups, campaign.Price.Currency),
            ByLanguage = [.. counted.Groups.GroupBy(g => g.Language).OrderBy(g => g.Key).Select(g => new LanguageFigures(g.Key, Sum(g)))],
            ByCreative =
            [
                .. counted.Groups.Where(g => g is { TemplateHash: not null, Sent: > 0 }).GroupBy(g => (g.TemplateHash, g.Subject, g.Language))
                    .Select(g => new CreativeFigures(g.Key.TemplateHash!, g.Key.Subject ?? "", g.Key.Language, Sum(g)))
                    .OrderByDescending(c => c.Funnel.Sent).ThenBy(c => c.Subject, StringComparer.Ordinal).ThenBy(c => c.TemplateHash, StringComparer.Ordinal),
            ],
            ByBrand = [.. counted.Brands.Select(b => new BrandFigures(b.Code, b.Code is null ? null : names.GetValueOrDefault(b.Code), b.Gifts, new Money(b.Cents, campaign.Price.Currency)))],
            ByDay = DaysOf(counted.Moments),
            Problems = ProblemsOf(counted),
            MedianTimeToClick = Median(counted.Moments.Select(m => m.ClickedAt - m.SentAt)),
            MedianTimeToRedemption = Median(counted.Moments.Select(m => m.RedeemedAt - m.SentAt)),
        };
    }

    /// <summary>An instant as the office's clock shows it.</summary>
    internal static DateTimeOffset InEastern(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Eastern);

    private static FunnelFigures Sum(IEnumerable<CountedGroup> groups) => groups.Aggregate(new FunnelFigures(), (sum, g) => new FunnelFigures
    {
        Gifts = sum.Gifts + g.Gifts,
        Ordered = sum.Ordered + g.Ordered,
        Linked = sum.Linked + g.Linked,
        Sent = sum.Sent + g.Sent,
        Delivered = sum.Delivered + g.Delivered,
        Bounced = sum.Bounced + g.Bounced,
        Blocked = sum.Blocked + g.Blocked,
        Complained = sum.Complained + g.Complained,
        Opened = sum.Opened + g.Opened,
        OpenedWeakly = sum.OpenedWeakly + g.OpenedWeakly,
        Clicked = sum.Clicked + g.Clicked,
        ScannedOnly = sum.ScannedOnly + g.ScannedOnly,
        ClickedNotRedeemed = sum.ClickedNotRedeemed + g.ClickedOpen,
        SentNotClicked = sum.SentNotClicked + g.WaitingOpen,
        SentWithProblem = sum.SentWithProblem + g.ProblemOpen,
        Redeemed = sum.Redeemed + Of(g, GiftStatus.Redeemed),
        Refunded = sum.Refunded + Of(g, GiftStatus.Refunded),
        Expired = sum.Expired + Of(g, GiftStatus.Expired),
        Failed = sum.Failed + Of(g, GiftStatus.Failed),
    });

    private static int Of(CountedGroup group, GiftStatus status) => group.Status == status ? group.Gifts : 0;

    private static MoneyFigures MoneyOf(IReadOnlyList<CountedGroup> groups, string currency)
    {
        Money Of(params ReadOnlySpan<GiftStatus> statuses)
        {
            var cents = 0L;
            foreach (var group in groups)
                if (statuses.Contains(group.Status)) cents += group.Cents;
            return new Money(cents, currency);
        }

        return new MoneyFigures(
            Of(GiftStatus.New, GiftStatus.LinkCreated, GiftStatus.Redeemed, GiftStatus.Refunded, GiftStatus.Expired),
            Of(GiftStatus.Redeemed), Of(GiftStatus.Refunded), Of(GiftStatus.Expired), Of(GiftStatus.New, GiftStatus.LinkCreated));
    }

    private static List<DayFigures> DaysOf(IReadOnlyList<GiftMoments> moments)
    {
        var days = new SortedDictionary<DateOnly, (int Clicked, int Redeemed)>();
        foreach (var moment in moments)
        {
            if (moment.ClickedAt is { } clicked) days[Day(clicked)] = (At(clicked).Clicked + 1, At(clicked).Redeemed);
            if (moment.RedeemedAt is { } redeemed) days[Day(redeemed)] = (At(redeemed).Clicked, At(redeemed).Redeemed + 1);
        }
        if (days.Count == 0) return [];
        var all = new List<DayFigures>();
        // A wild time in an event must not make a report of ten thousand days.
        var last = days.Keys.Last();
        var first = last.AddDays(-LongestSpan) is var limit && days.Keys.First() < limit ? limit : days.Keys.First();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var (clicked, redeemed) = days.GetValueOrDefault(day);
            all.Add(new DayFigures(day, clicked, redeemed));
        }
        return all;

        static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(InEastern(at).DateTime);
        (int Clicked, int Redeemed) At(DateTimeOffset at) => days.GetValueOrDefault(Day(at));
    }

    private static List<ProblemFigures> ProblemsOf(CountedCampaign counted)
    {
        var delivery = counted.Problems.Select(p => (p.Row, DeliveryProblem.Parse(p.Problem)!))
            .Select(p => (Trouble: Enum.Parse<DeliveryTrouble>(p.Item2.Kind.ToString()), Cause: p.Item2.Error, p.Row));
        var unsent = counted.Unsent.Select(u => (Trouble: Enum.Parse<DeliveryTrouble>(u.State.ToString()), Cause: u.Error, u.Row));
        var suppressed = counted.Suppressed.Select(s => (Trouble: DeliveryTrouble.Suppressed, Cause: (string?)null, s.Row));
        return
        [
            .. delivery.Concat(unsent).Concat(suppressed).GroupBy(p => (p.Trouble, p.Cause))
                .Select(g => new ProblemFigures(g.Key.Trouble, g.Key.Cause, g.Count(), [.. g.Select(p => p.Row)]))
                .OrderByDescending(p => p.Count).ThenBy(p => p.Trouble).ThenBy(p => p.Cause, StringComparer.Ordinal),
        ];
    }

    private static TimeSpan? Median(IEnumerable<TimeSpan?> spans)
    {
        var sorted = spans.Where(s => s >= TimeSpan.Zero).Select(s => s!.Value).Order().ToList();
        return sorted.Count < FewestForMedian ? null : sorted[sorted.Count / 2];
    }
}
