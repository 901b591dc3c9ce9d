using System.Text.Json;
using Microsoft.Data.Sqlite;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Whole campaigns as JSON with one object per recipient (spec G1), and their erasure (spec G2).</summary>
public sealed class ArchiveStore
{
    /// <summary>What the file says it is.</summary>
    public const string Format = "TargoGiftbit campaign";

    private const int Version = 1;

    // Worked out anew when read in, so that a file that was edited cannot contradict itself.
    private static readonly HashSet<string> Derived = ["link_hash", "email_key"];
    private static readonly HashSet<string> Identity = ["environment", "campaign_id"];
    private static readonly HashSet<string> GiftIdentity = ["environment", "campaign_id", "row_no", "id"];

    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal ArchiveStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>Writes a campaign, links included, as of one instant.</summary>
    /// <param name="environment">Its environment.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="at">What the file says of its time; null for now.</param>
    /// <param name="json">Where to.</param>
    /// <exception cref="LedgerException"><c>CampaignUnknown</c>.</exception>
    public void Write(GiftEnvironment environment, string campaignId, DateTimeOffset? at, Utf8JsonWriter json) => connection.Read(c =>
    {
        (string, object?)[] key = [("env", environment.ToString()), ("id", campaignId)];
        var campaign = c.Rows("SELECT * FROM campaigns WHERE environment = $env AND campaign_id = $id", key);
        if (campaign.Count == 0) throw new LedgerException("CampaignUnknown", LedgerText.CampaignUnknown(campaignId, environment.ToString().ToLowerInvariant()));
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("exportedAt", (at ?? clock.GetUtcNow()).UtcDateTime);
        json.WritePropertyName("campaign");
        WriteRow(json, campaign[0], [], close: true);
        WriteRows(json, "orders", c.Rows("SELECT * FROM orders WHERE environment = $env AND campaign_id = $id ORDER BY created_at, order_id", key), Identity);
        WriteRows(json, "history", c.Rows("SELECT * FROM history WHERE environment = $env AND campaign_id = $id AND row_no IS NULL ORDER BY at, id", key), GiftIdentity);
        json.WriteStartArray("recipients");
        foreach (var gift in c.Rows("SELECT * FROM gifts WHERE environment = $env AND campaign_id = $id ORDER BY row_no", key))
        {
            WriteRow(json, gift, [.. Identity, .. Derived], close: false);
            var row = gift.First(column => column.Key == "row_no").Value;
            foreach (var (table, name, order) in LedgerSchema.GiftTables)
                WriteRows(json, name, c.Rows($"SELECT * FROM {table} WHERE environment = $env AND campaign_id = $id AND row_no = $row ORDER BY {order}", [.. key, ("row", row)]), GiftIdentity);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    });

    /// <summary>Enters a campaign from a file, all of it or nothing. Fields this version does not know are ignored.</summary>
    /// <param name="file">What <see cref="Write"/> wrote.</param>
    /// <param name="name">Where it comes from, for errors.</param>
    /// <returns>The campaign.</returns>
    /// <exception cref="LedgerException"><c>ArchiveInvalid</c>, <c>CampaignExists</c>.</exception>
    public GiftCampaign Read(JsonElement file, string name)
    {
        try
        {
            if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("format", out var format) || format.GetString() != Format) throw new FormatException("it says nothing of this format");
            if (file.GetProperty("version").GetInt32() > Version) throw new FormatException("a later version of this module wrote it");
            return connection.Write(c =>
            {
                var campaign = Enter(c, file);
                // The file may be old: what it calls unsent may have gone out since, so it is asked about before it is sent.
                MailTraceStore.DoubtUnsent(c, campaign);
                return campaign;
            });
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException or GiftDataException)
        {
            throw new LedgerException("ArchiveInvalid", LedgerText.ArchiveInvalid(name, Shown(e)));
        }
        catch (LedgerException e) when (e.InnerException is SqliteException { SqliteErrorCode: 19 } constraint)
        {
            throw new LedgerException("ArchiveInvalid", LedgerText.ArchiveInvalid(name, constraint.Message), e);
        }
    }

    /// <summary>
    /// Erases a finished campaign from the file for good. What proves consent is kept, as are suppressions (spec D5).
    /// </summary>
    /// <param name="environment">Its environment.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="isUnchanged">Whether it still is what was archived.</param>
    /// <returns>False when it is not, and nothing was erased.</returns>
    /// <exception cref="LedgerException"><c>CampaignUnknown</c>; <c>CampaignOpen</c>: gifts or mails of it are not settled.</exception>
    public bool Erase(GiftEnvironment environment, string campaignId, Func<bool> isUnchanged)
    {
        connection.EraseDeleted();
        // Asked inside the transaction: an event that comes between the archive and its erasure must not be lost.
        var erased = connection.Write(c =>
        {
            if (!isUnchanged()) return false;
            Erase(c, environment.ToString(), campaignId);
            return true;
        });
        if (erased) connection.Shrink();
        return erased;
    }

    // Exceptions about a value repeat it, and among the values are links: what could be one is not shown, nor kept inside the error.
    private static string Shown(Exception e) => e.Message is { Length: <= 120 } text && !text.AsSpan().ContainsAny("/@\r\n") ? text : "a value in it cannot be read";

    private static void WriteRows(Utf8JsonWriter json, string name, List<IReadOnlyList<KeyValuePair<string, object?>>> rows, HashSet<string> without)
    {
        json.WriteStartArray(name);
        foreach (var row in rows) WriteRow(json, row, without, close: true);
        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> row, HashSet<string> without, bool close)
    {
        json.WriteStartObject();
        foreach (var (column, value) in row)
            if (!without.Contains(column)) ArchiveColumn.Write(json, column, value);
        if (close) json.WriteEndObject();
    }

    private GiftCampaign Enter(LedgerConnection c, JsonElement file)
    {
        var campaign = file.GetProperty("campaign");
        var environment = Enum.Parse<GiftEnvironment>(campaign.GetProperty("environment").GetString() ?? "");
        var id = campaign.GetProperty("campaignId").GetString() ?? throw new FormatException("campaignId");
        var campaigns = new CampaignStore(c, clock);
        if (campaigns.Find(environment, id) is not null)
            throw new LedgerException("CampaignExists", LedgerText.CampaignExists(id, environment.ToString().ToLowerInvariant()) + " " + LedgerText.CampaignExistsRemedy);
        (string, object?)[] key = [("environment", environment.ToString()), ("campaign_id", id)];
        Insert(c, "campaigns", campaign, []);
        foreach (var order in Items(file, "orders")) Insert(c, "orders", order, key);
        foreach (var entry in Items(file, "history")) Insert(c, "history", entry, key);
        foreach (var gift in Items(file, "recipients"))
        {
            var link = gift.TryGetProperty("link", out var text) && text.ValueKind == JsonValueKind.String ? new GiftLink(text.GetString()!) : null;
            Insert(c, "gifts", gift, [.. key, ("link_hash", link?.Hash()), ("email_key", SuppressionStore.KeyOf(gift.GetProperty("email").GetString() ?? ""))]);
            var row = gift.GetProperty("rowNo").GetInt64();
            foreach (var (table, name, _) in LedgerSchema.GiftTables)
                foreach (var item in Items(gift, name)) Insert(c, table, item, [.. key, ("row_no", row)]);
        }
        // Reads every row: a word that is no status or state must not stay in the ledger.
        _ = new GiftStore(c, clock).OfCampaign(environment, id);
        HistoryStore.Insert(c, clock, environment, id, null, "Imported", null);
        return campaigns.Get(environment, id);
    }

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static void Insert(LedgerConnection c, string table, JsonElement item, (string Column, object? Value)[] given)
    {
        var values = new List<(string Column, object? Value)>(given);
        foreach (var column in c.ColumnsOf(table))
            if (!values.Exists(v => v.Column == column) && !(table == "history" && column == "id") && item.TryGetProperty(ArchiveColumn.NameOf(column), out var value))
                values.Add((column, ArchiveColumn.Read(value, column)));
        c.ExecuteOnce($"INSERT INTO {table} ({string.Join(", ", values.Select(v => v.Column))}) VALUES ({string.Join(", ", values.Select(v => "$" + v.Column))})", values);
    }

    private void Erase(LedgerConnection c, string environment, string campaignId)
    {
        var campaign = new CampaignStore(c, clock).Get(Enum.Parse<GiftEnvironment>(environment), campaignId);
        var uncertain = c.Scalar<int>("SELECT count(*) FROM mails WHERE environment = $env AND campaign_id = $id AND state IN ('HandingOver', 'Uncertain')", ("env", environment), ("id", campaignId));
        if (campaign.ClosedCount < campaign.GiftCount || uncertain > 0)
            throw new LedgerException("CampaignOpen", LedgerText.CampaignOpen(campaignId, campaign.GiftCount - campaign.ClosedCount, uncertain));
        c.Execute(
            """
            INSERT INTO consent_proofs (of_environment, of_campaign, customer_id, email, consent_basis, consent_checked_at, mailed_at, kept_at)
            SELECT g.environment, g.campaign_id, g.customer_id, g.email, g.consent_basis, g.consent_checked_at, m.sent_at, $now FROM gifts g
            LEFT JOIN mails m ON m.environment = g.environment AND m.campaign_id = g.campaign_id AND m.row_no = g.row_no AND m.purpose = 'gift'
            WHERE g.environment = $env AND g.campaign_id = $id
            """,
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("env", environment), ("id", campaignId));
        // Quarantined events name the gift by its CustomID.
        c.Execute("DELETE FROM event_quarantine WHERE body LIKE $custom ESCAPE '!'", ("custom", $"%{campaignId.Replace("_", "!_", StringComparison.Ordinal)}:%"));
        foreach (var table in LedgerSchema.GiftTables.Select(t => t.Table).Append("gifts").Append("orders").Append("campaigns"))
            c.ExecuteOnce($"DELETE FROM {table} WHERE environment = $env AND campaign_id = $id", [("env", environment), ("id", campaignId)]);
    }
}
