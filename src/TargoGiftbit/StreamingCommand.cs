using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>
/// A cmdlet that takes records from the pipeline while its work runs: the work reads them as an asynchronous sequence, and what it
/// writes flows on before the last record has come in.
/// </summary>
/// <remarks>
/// Not generic: the engine loads every cmdlet's base before Core can be found (<see cref="Loading.ModuleInitializer"/>), and a base of
/// <c>GiftContact</c>s would need it.
/// </remarks>
public abstract class StreamingCommand : GiftCommand
{
    private readonly Channel<object> input = Channel.CreateBounded<object>(new BoundedChannelOptions(512) { SingleReader = true, SingleWriter = true });
    private bool ended;

    /// <summary>The work on all records. It sees the end of <paramref name="records"/> when the pipeline has no more.</summary>
    private protected abstract Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken);

    /// <summary>Hands a record to the work, and writes what the work has ready.</summary>
    private protected void Feed(object record)
    {
        if (ended) return;
        var running = Begin();
        while (!running.Ended && !input.Writer.TryWrite(record))
            running.DrainUntil(input.Writer.WaitToWriteAsync().AsTask());
        running.Drain();
        // Work that ended before the input did has failed, or has all it wants.
        if (running.Ended) End();
    }

    /// <summary>Tells the work that all records are in, and waits for it.</summary>
    protected override void EndProcessing()
    {
        if (ended) return;
        Begin();
        input.Writer.TryComplete();
        End();
    }

    private void End()
    {
        ended = true;
        Finish();
    }

    private PipelinePump Begin() =>
        Pump ?? Start((pipeline, token) => WorkAsync(RecordsAsync(token), pipeline, token));

    // ReadAllAsync hands out what is queued even after cancellation: hundreds of records would still be acted upon.
    private async IAsyncEnumerable<object> RecordsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await input.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (input.Reader.TryRead(out var record))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return record;
            }
        }
    }
}
