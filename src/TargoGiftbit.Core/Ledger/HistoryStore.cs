using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>What happened to campaigns and gifts, in order (spec F6). Details never hold a link or a secret.</summary>
public sealed class HistoryStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal HistoryStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>What this product did with one gift and its campaign, oldest first. <see cref="GiftTimeline"/> has the whole story.</summary>
    public IReadOnlyList<HistoryEntry> Of(GiftId id) => connection.Read(c => c.Query(
        "SELECT campaign_id, row_no, at, kind, detail FROM history WHERE environment = $env AND campaign_id = $id AND (row_no = $row OR row_no IS NULL) ORDER BY at, id",
        r => new HistoryEntry(id.Environment, r.Text(0), r.IsNull(1) ? null : r.Int(1), r.Instant(2), r.Text(3), r.TextOrNull(4)),
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row)));

    /// <summary>Adds an entry.</summary>
    public void Add(GiftEnvironment environment, string campaignId, int? row, string kind, string? detail) =>
        connection.Write(c => Insert(c, clock, environment, campaignId, row, kind, detail));

    internal static void Add(LedgerConnection c, TimeProvider clock, GiftId id, string kind, string? detail) =>
        Insert(c, clock, id.Environment, id.CampaignId, id.Row, kind, detail);

    internal static void Insert(LedgerConnection c, TimeProvider clock, GiftEnvironment environment, string campaignId, int? row, string kind, string? detail) => c.Execute(
        "INSERT INTO history (environment, campaign_id, row_no, at, kind, detail) VALUES ($env, $id, $row, $at, $kind, $detail)",
        ("env", environment.ToString()), ("id", campaignId), ("row", row), ("at", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("kind", kind), ("detail", detail));
}

/// <summary>One thing that happened.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Row">The gift's row, or null for the campaign as a whole.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What, in one word.</param>
/// <param name="Detail">More about it, or null.</param>
public sealed record HistoryEntry(GiftEnvironment Environment, string CampaignId, int? Row, DateTimeOffset At, string Kind, string? Detail);
