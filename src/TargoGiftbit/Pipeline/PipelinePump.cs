using System.Globalization;
using System.Management.Automation;
using System.Threading.Channels;

namespace TargoGiftbit.Pipeline;

/// <summary>
/// Runs asynchronous work in the background for a cmdlet and does on the pipeline thread what the work wants written or asked.
/// </summary>
/// <remarks>
/// Writing can end the pipeline at any moment: <c>Select-Object -First</c>, an error downstream, <c>-ErrorAction Stop</c>, Ctrl+C
/// all surface as an exception out of <c>WriteObject</c>. Then the work is cancelled, whatever waits on the pipeline is released,
/// the work is waited for, and only then does the exception go on. Were it not, mails would go out after the user cut the
/// pipeline.
/// </remarks>
internal sealed class PipelinePump : IDisposable
{
    private readonly Cmdlet cmdlet;
    private readonly CancellationTokenSource cancellation;
    private readonly Channel<PipelineCall> calls;
    private readonly ProgressBox progress = new(TimeProvider.System);
    private readonly Task work;
    private Task<bool>? more;

    /// <summary>Starts the work.</summary>
    /// <param name="cmdlet">The cmdlet whose thread this is.</param>
    /// <param name="start">The work. Its token is cancelled by <paramref name="stopping"/> and when the pipeline is cut.</param>
    /// <param name="ahead">How many records may wait for the pipeline before the work has to.</param>
    /// <param name="inStep">Whether the work waits for each record until the pipeline has taken it: for work that acts on the world.</param>
    /// <param name="stopping">Ctrl+C.</param>
    internal PipelinePump(Cmdlet cmdlet, Func<PipelineWriter, CancellationToken, Task> start, int ahead, bool inStep, CancellationToken stopping)
    {
        this.cmdlet = cmdlet;
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        calls = Channel.CreateBounded<PipelineCall>(new BoundedChannelOptions(ahead) { SingleReader = true });
        var writer = new PipelineWriter(calls.Writer, inStep, progress);
        work = Task.Run(() => WorkAsync(start, writer), CancellationToken.None);
    }

    /// <summary>True when the work has ended and everything it wrote has been performed.</summary>
    internal bool Ended => calls.Reader.Completion.IsCompleted;

    /// <summary>Performs what waits at the moment.</summary>
    internal void Drain()
    {
        PipelineCall? inHand = null;
        try
        {
            while (calls.Reader.TryRead(out inHand)) inHand.Perform(cmdlet);
        }
        catch
        {
            Abandon(inHand);
            throw;
        }
    }

    /// <summary>Performs what comes until <paramref name="until"/> is complete or the work has ended.</summary>
    internal void DrainUntil(Task until)
    {
        Drain();
        while (!until.IsCompleted && WaitForMore(until)) Drain();
    }

    /// <summary>Performs everything to the end of the work. Throws only what the pipeline throws.</summary>
    /// <returns>What the work threw, or null when it ended well or was cancelled as asked.</returns>
    internal Exception? Finish()
    {
        Drain();
        while (WaitForMore(null)) Drain();
        var failure = Outcome();
        if (cancellation.IsCancellationRequested && failure is null or OperationCanceledException) return null;
        progress.Close(cmdlet);
        return failure;
    }

    /// <summary>Stops the work if it still runs, and waits for it. Nothing is written any more.</summary>
    public void Dispose()
    {
        if (!work.IsCompleted) Abandon(null);
        cancellation.Dispose();
    }

    // Cancel first, release after: work that is released must find its token cancelled, or it would begin the next record.
    private void Abandon(PipelineCall? inHand)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException)
        {
            // A callback on the token failed; waiting for the work matters more.
        }
        calls.Writer.TryComplete();
        inHand?.Done?.TrySetResult();
        while (calls.Reader.TryRead(out var waiting)) waiting.Done?.TrySetResult();
        _ = Outcome();
    }

    private bool WaitForMore(Task? or)
    {
        // One pending wait at a time: each further WaitToReadAsync would leave another waiter behind.
        more ??= calls.Reader.WaitToReadAsync().AsTask();
        if (or is null) more.Wait();
        else Task.WaitAny(more, or);
        if (!more.IsCompleted) return true;
        var any = more.Result;
        more = null;
        return any;
    }

    private Exception? Outcome()
    {
        try
        {
            work.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private async Task WorkAsync(Func<PipelineWriter, CancellationToken, Task> start, PipelineWriter writer)
    {
        // Data is written the same way on every machine; the language of messages is CurrentUICulture's and stays.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            await start(writer, cancellation.Token).ConfigureAwait(false);
        }
        finally
        {
            calls.Writer.TryComplete();
        }
    }
}
