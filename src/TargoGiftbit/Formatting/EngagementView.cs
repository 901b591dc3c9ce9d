using System.Globalization;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Reports;

namespace TargoGiftbit.Formatting;

/// <summary>What the views of events and figures show.</summary>
public static class EngagementView
{
    /// <summary>What became of an event, coloured.</summary>
    public static string Outcome(MailEventOutcome outcome) => outcome switch
    {
        MailEventOutcome.Stored => Palette.Good(outcome.ToString()),
        MailEventOutcome.Duplicate => Palette.Over(outcome.ToString()),
        _ => Palette.Doubtful(outcome.ToString()),
    };

    /// <summary>What else there is to know of an event.</summary>
    public static string Detail(MailEventReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (receipt.Reason is { } reason) return reason;
        if (receipt.Error is { } error) return error;
        if (receipt.Kind == MailEventKind.Click)
            return receipt.IsLikelyAutomated ? FormatText.ClickAutomated : receipt.IsGiftLink ? FormatText.ClickOnGift : FormatText.ClickElsewhere;
        return receipt.IsWeakOpen ? FormatText.OpenIsWeak : "";
    }

    /// <summary>A share in per cent; empty when there is none.</summary>
    public static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0} %") : "";

    /// <summary>The beginning of a template's hash, which tells one from another.</summary>
    public static string Template(CreativeFigures creative)
    {
        ArgumentNullException.ThrowIfNull(creative);
        return creative.TemplateHash[..Math.Min(8, creative.TemplateHash.Length)];
    }
}
