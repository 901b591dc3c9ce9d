using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Tests.Ledger;

/// <summary>Writes that wait together share a transaction, and know nothing of it.</summary>
public sealed class LedgerWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LedgerConnection connection;
    private readonly LedgerConnection other;
    private readonly LedgerWriter writer;

    public LedgerWriterTests()
    {
        var path = Path.Combine(folder.Path, "writer.db");
        File.WriteAllBytes(path, []);
        connection = new LedgerConnection(path);
        connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        other = new LedgerConnection(path);
        writer = new LedgerWriter(connection);
    }

    public void Dispose()
    {
        writer.Dispose();
        other.Dispose();
        connection.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_waits_is_stored_in_one_transaction_and_in_order()
    {
        List<int> before = [];
        var tasks = WaitingTogether(
            c => Insert(c, 1),
            c => Insert(c, 2),
            c => { before = c.Query("SELECT id FROM t ORDER BY id", r => r.Int(0)); Assert.Empty(Stored()); return Insert(c, 3); });

        var inserted = await Task.WhenAll(tasks);
        Assert.Equal([1, 2, 3], inserted);
        Assert.Equal([1, 2], before);
        Assert.Equal([1, 2, 3], Stored());
    }

    [Fact]
    public async Task A_write_that_fails_among_others_fails_alone_and_leaves_nothing()
    {
        var tasks = WaitingTogether(
            c => Insert(c, 1),
            c => { Insert(c, 2); throw new InvalidOperationException("mine"); },
            c => { Insert(c, 3); return Insert(c, 1); },
            c => Insert(c, 4));

        Assert.Equal((1, 4), (await tasks[0], await tasks[3]));
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => tasks[1])).Message);
        Assert.Equal("LedgerUnusable", (await Assert.ThrowsAsync<LedgerException>(() => tasks[2])).Code);
        Assert.Equal([1, 4], Stored());
    }

    [Fact]
    public async Task A_write_is_stored_when_its_task_ends()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var id = w; id < 400; id += 8)
            {
                await writer.WriteAsync(c => Insert(c, id));
                Assert.Contains(id, Stored());
            }
        })));

        Assert.Equal(Enumerable.Range(0, 400), Stored());
    }

    [Fact]
    public void Closing_waits_for_what_was_handed_over()
    {
        var closed = new LedgerWriter(connection);
        var tasks = Enumerable.Range(0, 20).Select(id => closed.WriteAsync(c => Insert(c, id))).ToList();

        closed.Dispose();

        Assert.All(tasks, t => Assert.True(t.IsCompletedSuccessfully));
        Assert.Equal(20, Stored().Count);
    }

    // The first keeps the writer busy until the others wait behind it.
    private List<Task<int>> WaitingTogether(params Func<LedgerConnection, int>[] works)
    {
        using var begun = new ManualResetEventSlim();
        using var enough = new ManualResetEventSlim();
        var first = writer.WriteAsync(_ => { begun.Set(); enough.Wait(); return 0; });
        begun.Wait();
        var tasks = works.Select(writer.WriteAsync).ToList();
        enough.Set();
        first.Wait();
        return tasks;
    }

    private static int Insert(LedgerConnection c, int id)
    {
        c.Execute("INSERT INTO t VALUES ($id)", ("id", id));
        return id;
    }

    private List<int> Stored() => other.Read(c => c.Query("SELECT id FROM t ORDER BY id", r => r.Int(0)));
}
