namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Addresses that must not be written to (spec D5), and an append-only log of every request and its effect, which the law asks to
/// keep (reference/email-compliance.md A5). Survives every purge.
/// </summary>
public sealed class SuppressionStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal SuppressionStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>Adds an address. Adding it again keeps the first entry and logs the request.</summary>
    /// <returns>True when the address was not suppressed before.</returns>
    public bool Add(string email, string source, string? reason) => connection.Write(c =>
    {
        var key = KeyOf(email);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var added = c.Execute(
            "INSERT INTO suppressions (email_key, email, source, reason, added_at) VALUES ($key, $email, $source, $reason, $now) ON CONFLICT (email_key) DO NOTHING",
            ("key", key), ("email", email.Trim()), ("source", source), ("reason", reason), ("now", now)) > 0;
        Log(c, key, added ? "added" : "repeated", source, reason, now);
        return added;
    });

    /// <summary>Removes an address, on the customer's express wish.</summary>
    /// <returns>True when it was suppressed.</returns>
    public bool Remove(string email, string source, string? reason) => connection.Write(c =>
    {
        var key = KeyOf(email);
        var removed = c.Execute("DELETE FROM suppressions WHERE email_key = $key", ("key", key)) > 0;
        if (removed) Log(c, key, "removed", source, reason, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return removed;
    });

    /// <summary>Whether an address must not be written to.</summary>
    public bool Contains(string email) => connection.Read(c => c.Scalar<long>("SELECT count(*) FROM suppressions WHERE email_key = $key", ("key", KeyOf(email))) > 0);

    /// <summary>The entry of an address, or null.</summary>
    public Suppression? Find(string email) => connection.Read(c => c.Query(
        "SELECT email, source, reason, added_at FROM suppressions WHERE email_key = $key",
        r => new Suppression(r.Text(0), r.Text(1), r.TextOrNull(2), r.Instant(3)), ("key", KeyOf(email))).FirstOrDefault());

    /// <summary>All suppressed addresses, newest first.</summary>
    public IReadOnlyList<Suppression> List() => connection.Read(c => c.Query(
        "SELECT email, source, reason, added_at FROM suppressions ORDER BY added_at DESC, email_key",
        r => new Suppression(r.Text(0), r.Text(1), r.TextOrNull(2), r.Instant(3))));

    /// <summary>The form in which addresses are compared: without case and surrounding space.</summary>
    public static string KeyOf(string email) => email.Trim().ToLowerInvariant();

    private static void Log(LedgerConnection c, string key, string action, string source, string? reason, long at) => c.Execute(
        "INSERT INTO suppression_log (email_key, action, source, reason, at) VALUES ($key, $action, $source, $reason, $at)",
        ("key", key), ("action", action), ("source", source), ("reason", reason), ("at", at));
}

/// <summary>A suppressed address.</summary>
/// <param name="Email">The address.</param>
/// <param name="Source">Where the request came from: operator, link, one-click, spam event, unsub event.</param>
/// <param name="Reason">Words of the operator or the event, or null.</param>
/// <param name="AddedAt">Since when.</param>
public sealed record Suppression(string Email, string Source, string? Reason, DateTimeOffset AddedAt);
