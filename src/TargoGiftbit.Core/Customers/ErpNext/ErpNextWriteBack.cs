using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>What became of writing a gift's click back.</summary>
public enum ErpNextWriteOutcome
{
    /// <summary>The gift's link was not clicked: there is nothing to write.</summary>
    NotClicked,

    /// <summary>Written, and the site's answer shows it.</summary>
    Updated,

    /// <summary>The customer has this click already, or a later one.</summary>
    Unchanged,
}

/// <summary>Writes clicks to customers: flag, time and, if wanted, the campaign. A gift link is never written (spec I1).</summary>
/// <param name="api">The site.</param>
/// <param name="fields">The fields as the site calls them: from <see cref="ErpNextFields.ProbeAsync"/>.</param>
/// <param name="zone">The site's time zone: it writes times without one (reference/erpnext.md §3).</param>
public sealed class ErpNextWriteBack(ErpNextApi api, ErpNextFields fields, TimeZoneInfo zone)
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Writes a gift's click. May be repeated: what is written already is left alone.</summary>
    /// <param name="gift">The gift as the ledger has it.</param>
    /// <param name="cancellationToken">Ends the wait; a save under way may still have its effect.</param>
    /// <exception cref="ErpNextException">
    /// <c>ErpNextCustomerIdMissing</c>, <c>ErpNextCustomerUnknown</c>, <c>ErpNextStale</c> (changed by somebody else, twice),
    /// <c>ErpNextNotWritten</c> (the site said yes and did not do it), or what any call may give.
    /// </exception>
    public async Task<ErpNextWriteOutcome> WriteAsync(Gift gift, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gift);
        if (gift.ClickedAt is not { } clickedAt) return ErpNextWriteOutcome.NotClicked;
        var name = gift.CustomerId ?? throw new ErpNextException("ErpNextCustomerIdMissing", ErpNextText.CustomerIdMissing(gift.Identity), ErpNextText.CustomerIdRemedy);
        var time = LocalTime(clickedAt);
        for (var isRetry = false; ; isRetry = true)
        {
            var customer = await api.FindAsync(ErpNextApi.Customer, name, cancellationToken).ConfigureAwait(false)
                ?? throw new ErpNextException("ErpNextCustomerUnknown", ErpNextText.NoSuch(ErpNextApi.Customer, name), ErpNextText.CustomerIdRemedy, 404);
            if (IsWritten(customer, time, gift.CampaignId) || IsLater(customer, time)) return ErpNextWriteOutcome.Unchanged;
            try
            {
                var echo = await api.SaveAsync(ErpNextApi.Customer, name, Body(customer, time, gift.CampaignId), cancellationToken).ConfigureAwait(false);
                // A field that the site does not know, or that this user may not write, is left out with a 200 (§3).
                return IsWritten(echo, time, gift.CampaignId)
                    ? ErpNextWriteOutcome.Updated
                    : throw new ErpNextException("ErpNextNotWritten", ErpNextText.NotWritten(name, fields), ErpNextText.NotWrittenRemedy, 200);
            }
            catch (ErpNextException e) when (e.Code == ErpNextErrors.Stale && !isRetry)
            {
                // Somebody saved the customer meanwhile, or an answer to our own save was lost: look again.
            }
        }
    }

    /// <summary>What would be written, in words.</summary>
    /// <param name="gift">A gift whose link was clicked.</param>
    public string Describe(Gift gift)
    {
        ArgumentNullException.ThrowIfNull(gift);
        return ErpNextText.Write(fields, gift.ClickedAt is { } at ? Text(LocalTime(at)) : "");
    }

    private DateTime LocalTime(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        // Whole seconds: the echo may come with any number of decimals.
        return new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);
    }

    private bool IsWritten(ErpNextDocument customer, DateTime time, string campaign) =>
        customer.Flag(fields.Clicked) && customer.LocalTime(fields.ClickedAt) is { } known && Math.Abs((known - time).Ticks) < TimeSpan.TicksPerSecond
        && (fields.Campaign is null || customer.Text(fields.Campaign) == campaign);

    // Of a customer's several gifts the latest click stands, in whatever order they come.
    private bool IsLater(ErpNextDocument customer, DateTime time) =>
        customer.Flag(fields.Clicked) && customer.LocalTime(fields.ClickedAt) is { } known && known - time >= TimeSpan.FromSeconds(1);

    private byte[] Body(ErpNextDocument customer, DateTime time, string campaign)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber(fields.Clicked, 1);
            json.WriteString(fields.ClickedAt, Text(time));
            if (fields.Campaign is { } field) json.WriteString(field, campaign);
            if (customer.Text("modified") is { } modified) json.WriteString("modified", modified);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static string Text(DateTime time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
