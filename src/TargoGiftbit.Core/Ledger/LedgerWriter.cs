using System.Collections.Concurrent;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// A thread that writes what others hand it, and everything that waits in one transaction: the batches of a send run share a wait for the disk, and
/// hold no thread of their own meanwhile. A write is on the disk when its task ends.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly LedgerConnection connection;
    private readonly BlockingCollection<Entry> waiting = [];
    private readonly Thread thread;

    public LedgerWriter(LedgerConnection connection)
    {
        this.connection = connection;
        thread = new Thread(Run) { IsBackground = true, Name = "Ledger writer" };
        thread.Start();
    }

    /// <summary>Stores a write, perhaps with others.</summary>
    /// <param name="work">The write. It is done again when another one in its transaction fails, so it must change nothing but the ledger.</param>
    public Task<T> WriteAsync<T>(Func<LedgerConnection, T> work)
    {
        var entry = new Entry<T>(work);
        waiting.Add(entry);
        return entry.Task;
    }

    /// <summary>Ends when everything handed over before is written.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
    }

    private void Run()
    {
        var group = new List<Entry>();
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            group.Add(first);
            while (waiting.TryTake(out var next)) group.Add(next);
            // Nothing of a group that failed is stored. Each of them alone then shows whose fault it was.
            if (group.Count == 1 || Try(c => group.ForEach(entry => entry.Work(c))) is not null) group.ForEach(entry => entry.End(Try(entry.Work)));
            else group.ForEach(entry => entry.End(null));
            group.Clear();
        }
    }

    private Exception? Try(Action<LedgerConnection> work)
    {
        try
        {
            connection.Write(work);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private abstract class Entry
    {
        public abstract void Work(LedgerConnection connection);

        public abstract void End(Exception? error);
    }

    private sealed class Entry<T>(Func<LedgerConnection, T> work) : Entry
    {
        private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Task => source.Task;

        public override void Work(LedgerConnection connection) => result = work(connection);

        public override void End(Exception? error)
        {
            if (error is null) source.SetResult(result!);
            else source.SetException(error);
        }
    }
}
