using System.Threading.Channels;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// Stores bodies that arrive at the same time in one transaction: a durable commit costs the same for one event as for a
/// thousand, so that the rate rises with the load.
/// </summary>
public sealed class EventIntake : IAsyncDisposable
{
    private const int BodiesPerCommit = 256;
    private const int EventsPerCommit = 4000;

    private readonly GiftLedger ledger;
    private readonly Action<MailEventReceipt> report;
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(1024) { SingleReader = true });
    private readonly Task work;

    /// <summary>Starts the intake.</summary>
    /// <param name="ledger">The ledger; belongs to the caller.</param>
    /// <param name="report">Told of each event after it is durable; must return soon and not throw.</param>
    public EventIntake(GiftLedger ledger, Action<MailEventReceipt> report)
    {
        this.ledger = ledger;
        this.report = report;
        work = Task.Run(WorkAsync);
    }

    /// <summary>Stores a body; when the task completes, its events are durable.</summary>
    /// <param name="body">What came in.</param>
    /// <param name="cancellationToken">Stops the wait; the events may be stored all the same, which does no harm.</param>
    /// <exception cref="LedgerException">The ledger cannot be written; nothing of the body is stored.</exception>
    public async Task<IReadOnlyList<MailEventReceipt>> StoreAsync(MailjetEventBody body, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(body);
        await queue.Writer.WriteAsync(waiting, cancellationToken).ConfigureAwait(false);
        return await waiting.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores what has arrived, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await work.ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        var group = new List<Waiting>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            for (var events = 0; group.Count < BodiesPerCommit && events < EventsPerCommit && queue.Reader.TryRead(out var waiting);)
            {
                group.Add(waiting);
                events += waiting.Body.Events.Count;
            }
            Store(group);
        }
    }

    private void Store(List<Waiting> group)
    {
        IReadOnlyList<IReadOnlyList<MailEventReceipt>> receipts;
        try
        {
            receipts = ledger.Events.Store(group.ConvertAll(w => w.Body));
        }
        catch (Exception e) when (e is LedgerException || group.Count == 1)
        {
            foreach (var waiting in group) waiting.Done.TrySetException(e);
            return;
        }
        catch (Exception)
        {
            // One body at fault must not keep the others out: each for itself.
            foreach (var waiting in group) Store([waiting]);
            return;
        }
        for (var i = 0; i < group.Count; i++)
        {
            group[i].Done.TrySetResult(receipts[i]);
            foreach (var receipt in receipts[i]) report(receipt);
        }
    }

    private sealed record Waiting(MailjetEventBody Body)
    {
        // The storing thread must not run the waiters' continuations.
        public TaskCompletionSource<IReadOnlyList<MailEventReceipt>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
