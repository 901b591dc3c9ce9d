using System.Text.Json;
using System.Text.Json.Serialization;
using TargoGiftbit.Core.Engagement;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Events that came in rightfully and could not be used (spec E1): unreadable ones by their shape alone, those of no known gift without
/// their address, so that they can be taken up once the gift is known. Bounded: the oldest make room.
/// </summary>
public sealed class QuarantineStore
{
    /// <summary>Most entries kept.</summary>
    public const int Capacity = 20_000;

    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal QuarantineStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>How many entries there are.</summary>
    public long Count() => connection.Read(c => c.Scalar<long>("SELECT count(*) FROM event_quarantine"));

    /// <summary>The newest entries.</summary>
    /// <param name="count">At most this many.</param>
    public IReadOnlyList<QuarantinedEvent> Newest(int count = 100) => connection.Read(c => c.Query(
        "SELECT reason, body, times, first_at, last_at FROM event_quarantine ORDER BY id DESC LIMIT $count",
        r => new QuarantinedEvent(r.Text(0), r.Text(1), r.Long(2), r.Instant(3), r.Instant(4)), ("count", count)));

    internal void Add(UnusableEvent unusable) => Insert(unusable.Fingerprint, unusable.Reason, unusable.Shape, isEvent: false);

    internal void Add(MailjetEvent e, string reason) => Insert(
        e.Fingerprint(), reason, JsonSerializer.Serialize(e with { Email = null }, QuarantineJson.Default.MailjetEvent), isEvent: true);

    /// <summary>Events that were readable when they came, oldest first.</summary>
    internal IReadOnlyList<(long Id, MailjetEvent Event)> Readable() => connection.Read(c => c
        .Query("SELECT id, body FROM event_quarantine WHERE is_event = 1 ORDER BY id", r => (Id: r.Long(0), Body: r.Text(1)))
        .ConvertAll(row => (row.Id, JsonSerializer.Deserialize(row.Body, QuarantineJson.Default.MailjetEvent)!)));

    internal void Remove(long id) => connection.Write(c => c.Execute("DELETE FROM event_quarantine WHERE id = $id", ("id", id)));

    private void Insert(byte[] fingerprint, string reason, string body, bool isEvent) => connection.Write(c =>
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        c.Execute(
            """
            INSERT INTO event_quarantine (fingerprint, reason, body, is_event, times, first_at, last_at) VALUES ($print, $reason, $body, $event, 1, $now, $now)
            ON CONFLICT (fingerprint) DO UPDATE SET times = event_quarantine.times + 1, last_at = excluded.last_at
            """,
            ("print", fingerprint), ("reason", reason), ("body", body), ("event", isEvent ? 1 : 0), ("now", now));
        c.Execute("DELETE FROM event_quarantine WHERE id <= (SELECT max(id) FROM event_quarantine) - $keep", ("keep", Capacity));
    });
}

/// <summary>Something in quarantine.</summary>
/// <param name="Reason">Stable code of the reason.</param>
/// <param name="Body">Its shape, or the event without address and link, as JSON.</param>
/// <param name="Times">How often it came.</param>
/// <param name="FirstAt">When it first came.</param>
/// <param name="LastAt">When it last came.</param>
public sealed record QuarantinedEvent(string Reason, string Body, long Times, DateTimeOffset FirstAt, DateTimeOffset LastAt);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MailjetEvent))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
