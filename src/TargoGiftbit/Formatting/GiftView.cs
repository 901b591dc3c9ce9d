using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Formatting;

/// <summary>What the views of <c>TargoGiftbit.Format.ps1xml</c> show; the file holds the layout alone. Links only ever come masked.</summary>
public static class GiftView
{
    /// <summary>Heading of a group of gifts: campaign, environment, face value, expiry.</summary>
    public static string Heading(Gift gift)
    {
        ArgumentNullException.ThrowIfNull(gift);
        var heading = $"{gift.CampaignId} · {Environment(gift.Environment)} · {gift.Price} · {FormatText.Until} {Date(gift.Expiry)}";
        return gift.IsRehearsal ? $"{heading} · {FormatText.Rehearsal}" : heading;
    }

    /// <summary>First and last name.</summary>
    public static string Name(Gift gift)
    {
        ArgumentNullException.ThrowIfNull(gift);
        return $"{gift.FirstName} {gift.LastName}".Trim();
    }

    /// <summary>First and last name.</summary>
    public static string Name(GiftContact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return $"{contact.FirstName} {contact.LastName}".Trim();
    }

    /// <summary>The link, masked; of a gift of the code kind, how many codes it has.</summary>
    public static string Ready(Gift gift)
    {
        ArgumentNullException.ThrowIfNull(gift);
        return gift.Link?.ToString() ?? (gift.CodeCount > 0 ? FormatText.CodeCount(gift.CodeCount) : "");
    }

    /// <summary>The gift's status, coloured.</summary>
    public static string Status(GiftStatus status) => status switch
    {
        GiftStatus.Redeemed => Palette.Good(status.ToString()),
        GiftStatus.LinkCreated => Palette.Waiting(status.ToString()),
        GiftStatus.Refunded or GiftStatus.Expired => Palette.Over(status.ToString()),
        GiftStatus.Failed => Palette.Bad(status.ToString()),
        _ => status.ToString(),
    };

    /// <summary>How far the mail has come, coloured.</summary>
    public static string Mail(MailState state) => state switch
    {
        MailState.Sent => Palette.Good(state.ToString()),
        MailState.HandingOver => Palette.Waiting(state.ToString()),
        MailState.NotSent => Palette.Over(state.ToString()),
        MailState.Uncertain or MailState.Deferred => Palette.Doubtful(state.ToString()),
        MailState.Refused => Palette.Bad(state.ToString()),
        _ => state.ToString(),
    };

    /// <summary>How an order stands, coloured.</summary>
    public static string Order(OrderState state) => state switch
    {
        OrderState.Created => Palette.Good(state.ToString()),
        OrderState.FundsRequired or OrderState.FundsPending => Palette.Doubtful(state.ToString()),
        OrderState.Refused => Palette.Bad(state.ToString()),
        _ => state.ToString(),
    };

    /// <summary>What is wrong with a contact, coloured; empty when nothing is.</summary>
    public static string Problem(GiftContact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return contact.Problem is null ? "" : Palette.Bad(contact.Problem);
    }

    /// <summary>Production stands out; the sandbox does not.</summary>
    public static string Environment(GiftEnvironment environment) => environment == GiftEnvironment.Production
        ? Palette.Doubtful(FormatText.Production)
        : FormatText.Sandbox;

    /// <summary>A count out of all, for example <c>12/295</c>.</summary>
    public static string Share(int count, int all) => string.Create(CultureInfo.InvariantCulture, $"{count}/{all}");

    /// <summary>Month, day and time of an instant in UTC, where the year goes without saying; empty when there is none.</summary>
    public static string Soon(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>An instant in UTC to the minute; empty when there is none.</summary>
    public static string Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A date.</summary>
    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
