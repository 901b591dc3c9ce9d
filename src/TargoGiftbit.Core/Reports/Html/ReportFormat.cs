using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>Numbers, dates and durations in French or English, without the machine's culture data (shared/design.md, traps).</summary>
internal sealed class ReportFormat(GiftLanguage language)
{
    private static readonly string[] FrenchMonths = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];
    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private bool IsFrench => language == GiftLanguage.Fr;

    public string Number(int number)
    {
        var digits = number.ToString("N0", CultureInfo.InvariantCulture);
        return IsFrench ? digits.Replace(',', Typography.NoBreakSpace) : digits;
    }

    /// <summary>A share of 0 to 1, to one decimal; a dash when there is none.</summary>
    public string Percent(double? share)
    {
        if (share is not { } value) return "–";
        var text = Math.Round(value * 100, 1).ToString("0.#", CultureInfo.InvariantCulture);
        return IsFrench ? text.Replace('.', ',') + Typography.NoBreakSpace + "%" : text + "%";
    }

    public string Percent(int part, int whole) => Percent(whole == 0 ? null : (double)part / whole);

    public string Money(Money money) => Typography.Amount(money, language);

    public string Date(DateOnly date) => Typography.Date(date, language);

    /// <summary>Day and month, for axes.</summary>
    public string ShortDate(DateOnly date) => IsFrench
        ? string.Create(CultureInfo.InvariantCulture, $"{date.Day} {FrenchMonths[date.Month - 1]}")
        : string.Create(CultureInfo.InvariantCulture, $"{EnglishMonths[date.Month - 1]} {date.Day}");

    /// <summary>Date and time of day on the office's clock.</summary>
    public string Instant(DateTimeOffset instant)
    {
        var local = CampaignMeasure.InEastern(instant);
        var date = Date(DateOnly.FromDateTime(local.DateTime));
        return IsFrench
            ? string.Create(CultureInfo.InvariantCulture, $"{date}, {local.Hour}\u00A0h\u00A0{local.Minute:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{date}, {local.Hour}:{local.Minute:00}");
    }

    /// <summary>A duration in its fitting unit.</summary>
    public string Duration(TimeSpan time)
    {
        var (count, one, many) = time switch
        {
            { TotalMinutes: < 90 } => (Math.Max(1, (int)Math.Ceiling(time.TotalMinutes)), "minute", "minutes"),
            { TotalHours: < 48 } => ((int)Math.Ceiling(time.TotalHours), IsFrench ? "heure" : "hour", IsFrench ? "heures" : "hours"),
            _ => ((int)Math.Ceiling(time.TotalDays), IsFrench ? "jour" : "day", IsFrench ? "jours" : "days"),
        };
        return $"{Number(count)}\u00A0{(count == 1 ? one : many)}";
    }
}
