namespace TargoGiftbit.Core.Ledger;

/// <summary>Named leases: of a job that holds one, only one instance runs at a time on this ledger.</summary>
public sealed class LeaseStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal LeaseStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>Takes or renews a lease.</summary>
    /// <returns>False when another holder has it and it has not run out.</returns>
    public bool TryTake(string name, string holder, TimeSpan length) => connection.Write(c =>
    {
        var now = clock.GetUtcNow();
        return c.Execute(
            """
            INSERT INTO leases (name, holder, until) VALUES ($name, $holder, $until)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
                WHERE leases.holder = excluded.holder OR leases.until <= $now
            """,
            ("name", name), ("holder", holder), ("until", now.Add(length).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds())) > 0;
    });

    /// <summary>Gives a lease back.</summary>
    public void Release(string name, string holder) =>
        connection.Write(c => c.Execute("DELETE FROM leases WHERE name = $name AND holder = $holder", ("name", name), ("holder", holder)));
}
