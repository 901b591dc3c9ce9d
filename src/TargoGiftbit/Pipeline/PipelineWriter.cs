using System.Management.Automation;
using System.Threading.Channels;

namespace TargoGiftbit.Pipeline;

/// <summary>
/// The end of a <see cref="PipelinePump"/> that background work holds: what it writes here is written on the pipeline thread.
/// Once the pipeline was cut nothing is written any more and nothing waits; the work learns of it through its token, so that
/// an outcome under way can still be recorded.
/// </summary>
internal sealed class PipelineWriter
{
    private const int PagesAhead = 4;
    private readonly ChannelWriter<PipelineCall> calls;
    private readonly bool inStep;
    private readonly ProgressBox progress;
    private readonly Queue<Task> waiting = new(PagesAhead);

    internal PipelineWriter(ChannelWriter<PipelineCall> calls, bool inStep, ProgressBox progress)
    {
        this.calls = calls;
        this.inStep = inStep;
        this.progress = progress;
    }

    /// <summary>Writes an object. In step, returns only when the rest of the pipeline has taken it.</summary>
    internal ValueTask WriteAsync(object? output) => SendAsync(output, null, inStep);

    /// <summary>
    /// Writes the objects of a page one by one, with one hand-over to the pipeline thread: for large lists that are only read. A few pages may
    /// wait for the pipeline: one would leave it idle whenever the work wakes late, and the whole list would fill the memory. One call at a time.
    /// </summary>
    internal async ValueTask WriteAllAsync<T>(IReadOnlyList<T> page)
    {
        if (inStep)
        {
            await SendAsync(null, c => c.WriteObject(page, enumerateCollection: true), wait: true).ConfigureAwait(false);
            return;
        }
        if (waiting.Count == PagesAhead) await waiting.Dequeue().ConfigureAwait(false);
        if (page.Count == 0) return;
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue(begin.Task);
        var queued = await QueueAsync(new PipelineCall(null, c =>
        {
            begin.TrySetResult();
            c.WriteObject(page, enumerateCollection: true);
        }, begin)).ConfigureAwait(false);
        if (!queued) begin.TrySetResult();
    }

    /// <summary>Writes an error record; with <c>-ErrorAction Stop</c> this cuts the pipeline.</summary>
    internal ValueTask ErrorAsync(ErrorRecord error) => SendAsync(null, c => c.WriteError(error), inStep);

    /// <summary>Writes a warning.</summary>
    internal ValueTask WarningAsync(string text) => SendAsync(null, c => c.WriteWarning(text), wait: false);

    /// <summary>Writes a verbose line.</summary>
    internal ValueTask VerboseAsync(string text) => SendAsync(null, c => c.WriteVerbose(text), wait: false);

    /// <summary>Writes an object to the information stream, where <c>-InformationVariable</c> collects it.</summary>
    internal ValueTask InformationAsync(object message, string tag) => SendAsync(null, c => c.WriteInformation(message, [tag]), wait: false);

    /// <summary>Sets a variable where the cmdlet was called.</summary>
    internal ValueTask SetVariableAsync(string name, object value) => SendAsync(null, c => ((PSCmdlet)c).SessionState.PSVariable.Set(name, value), wait: false);

    /// <summary>Writes a verbose line from where nothing can be awaited; dropped when the pipeline has too much to do.</summary>
    internal void Verbose(string text) => calls.TryWrite(new PipelineCall(null, c => c.WriteVerbose(text), null));

    /// <summary>Shows progress without ever waiting; only the latest picture counts.</summary>
    internal void Progress(ProgressRecord record)
    {
        // A full queue drops the wake-up call, not the picture: whatever is performed next shows it.
        if (progress.Put(record)) calls.TryWrite(new PipelineCall(null, progress.Show, null));
    }

    /// <summary>Asks <c>ShouldProcess</c> on the pipeline thread.</summary>
    /// <returns>Whether to go ahead, and whether it was <c>-WhatIf</c> that said no.</returns>
    internal Task<(bool Yes, bool WhatIf)> ShouldProcessAsync(string target, string action) => AskAsync(c =>
    {
        // The texts are what ShouldProcess(target, action) shows; only this overload tells why it said no.
        var description = PipelineText.Operation(action, target);
        var yes = c.ShouldProcess(description, PipelineText.Question(description), PipelineText.Confirm, out var reason);
        return (yes, reason.HasFlag(ShouldProcessReason.WhatIf));
    });

    /// <summary>
    /// Shows what would be done to rehearsal gifts, as <c>-WhatIf</c> does: it was given to a cmdlet further up and does not reach this
    /// one by itself (spec, introduction).
    /// </summary>
    internal ValueTask RehearseAsync(string target, string action)
    {
        // What Write-Host does: seen in the host, and can be redirected.
        var message = new HostInformationMessage { Message = PipelineText.WhatIf(PipelineText.Operation(action, target)) };
        return SendAsync(null, c => c.WriteInformation(message, ["PSHOST"]), wait: false);
    }

    /// <summary>Asks <c>ShouldContinue</c> on the pipeline thread.</summary>
    /// <exception cref="CommandException">Nobody can be asked (<c>ConfirmationImpossible</c>).</exception>
    internal Task<bool> ShouldContinueAsync(string query, string caption) => AskAsync(c =>
    {
        try
        {
            return c.ShouldContinue(query, caption);
        }
        catch (Exception e) when (e is System.Management.Automation.Host.HostException or PSInvalidOperationException or PSNotSupportedException or NotImplementedException)
        {
            throw new CommandException("ConfirmationImpossible", PipelineText.ConfirmationImpossible(caption), PipelineText.UseForce, e);
        }
    });

    private async Task<T> AskAsync<T>(Func<Cmdlet, T> question)
    {
        // Set only on the pipeline thread, before the call counts as done; still null afterwards means that the pipeline was cut.
        (T Answer, CommandException? Failure)? outcome = null;
        await SendAsync(null, c =>
        {
            try
            {
                outcome = (question(c), null);
            }
            catch (CommandException e)
            {
                outcome = (default!, e);
            }
        }, wait: true).ConfigureAwait(false);
        if (outcome is not { } known) throw new OperationCanceledException();
        return known.Failure is null ? known.Answer : throw known.Failure;
    }

    private async ValueTask SendAsync(object? output, Action<Cmdlet>? action, bool wait)
    {
        // The pipeline thread must not run the work's continuation while it completes the call.
        var done = wait ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        if (await QueueAsync(new PipelineCall(output, action, done)).ConfigureAwait(false) && done is not null) await done.Task.ConfigureAwait(false);
    }

    // False when the pipeline was cut.
    private async ValueTask<bool> QueueAsync(PipelineCall call)
    {
        while (!calls.TryWrite(call))
        {
            if (!await calls.WaitToWriteAsync().ConfigureAwait(false)) return false;
        }
        return true;
    }
}
