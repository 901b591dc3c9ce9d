using System.Globalization;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;

namespace TargoGiftbit.Core.Engagement.Polling;

/// <summary>Asks Mailjet what became of messages (reference/mailjet.md §4): in bulk where it can, message by message where it must.</summary>
/// <param name="rest">Asks the service.</param>
internal sealed class MailjetStatistics(MailjetRest rest)
{
    /// <summary>The messages that arrived within a span of time, whoever sent them.</summary>
    public Task<List<PolledMessage>> MessagesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => ReadAsync(rest.ListAsync(
        "message", [new("FromTS", Seconds(from)), new("ToTS", Seconds(to.AddMilliseconds(999))), new("ShowCustomID", "true"), new("ShowContactAlt", "true")],
        StatisticsJson.Default.MailjetPagePolledMessage, m => m.Id ?? "", cancellationToken));

    /// <summary>One message by its id; empty where the service does not know it.</summary>
    public async Task<List<PolledMessage>> MessageAsync(string messageId, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(rest.ListAsync($"message/{messageId}", [new("ShowCustomID", "true"), new("ShowContactAlt", "true")], StatisticsJson.Default.MailjetPagePolledMessage, m => m.Id ?? "", cancellationToken)).ConfigureAwait(false);
        }
        catch (MailTransportException e) when (e.Code == "MailjetQueryFailed")
        {
            return [];
        }
    }

    /// <summary>What happened to one message; empty where the service does not know.</summary>
    public async Task<List<PolledHistory>> HistoryAsync(string messageId, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(rest.ListAsync($"messagehistory/{messageId}", [], StatisticsJson.Default.MailjetPagePolledHistory, h => (h.EventType, h.EventAt, h.State, h.Useragent), cancellationToken)).ConfigureAwait(false);
        }
        catch (MailTransportException e) when (e.Code == "MailjetQueryFailed")
        {
            // A message that is too old for its history is no reason to give up on the others.
            return [];
        }
    }

    /// <summary>Clicks of a campaign, or of one message.</summary>
    public Task<List<PolledClick>> ClicksAsync(string filter, string id, DateTimeOffset from, CancellationToken cancellationToken) => ReadAsync(rest.ListAsync(
        "clickstatistics", [new(filter, id), new("FromTS", Seconds(from))], StatisticsJson.Default.MailjetPagePolledClick, c => (c.MessageId, c.ClickedAt, c.Url), cancellationToken));

    /// <summary>Opens of a campaign. Without a time the service shows the current day alone.</summary>
    public Task<List<PolledOpen>> OpensAsync(string campaignId, DateTimeOffset from, CancellationToken cancellationToken) => ReadAsync(rest.ListAsync(
        "openinformation", [new("CampaignID", campaignId), new("FromTS", Seconds(from))], StatisticsJson.Default.MailjetPagePolledOpen, o => (o.MessageId, o.OpenedAt, o.UserAgentFull), cancellationToken));

    /// <summary>Bounces and blocks of a campaign.</summary>
    public Task<List<PolledBounce>> BouncesAsync(string campaignId, DateTimeOffset from, CancellationToken cancellationToken) => ReadAsync(rest.ListAsync(
        "bouncestatistics", [new("CampaignID", campaignId), new("FromTS", Seconds(from))], StatisticsJson.Default.MailjetPagePolledBounce, b => (b.Id, b.BouncedAt, b.StateId), cancellationToken));

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items.ConfigureAwait(false)) all.Add(item);
        return all;
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
