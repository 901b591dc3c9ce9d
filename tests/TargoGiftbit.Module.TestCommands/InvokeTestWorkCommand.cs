using System.Management.Automation;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Does numbered pieces of work by several workers at once and logs each.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestWork", SupportsShouldProcess = true)]
[OutputType(typeof(int))]
public sealed class InvokeTestWorkCommand : AsyncCommand
{
    [Parameter(Mandatory = true)] public string LogPath { get; set; } = "";

    [Parameter] public int Count { get; set; } = 20;

    [Parameter] public int Workers { get; set; } = 1;

    /// <summary>Time each piece takes, milliseconds.</summary>
    [Parameter] public int Delay { get; set; }

    [Parameter] public int ErrorAt { get; set; }

    [Parameter] public int FailAt { get; set; }

    /// <summary>With <c>FailAt</c>: fail as a file that cannot be written, with this number of the system's.</summary>
    [Parameter] public int FileError { get; set; }

    [Parameter] public SwitchParameter RunAhead { get; set; }

    [Parameter] public SwitchParameter Ask { get; set; }

    [Parameter] public SwitchParameter AskOutright { get; set; }

    [Parameter] public SwitchParameter ShowProgress { get; set; }

    private protected override bool InStep => !RunAhead;

    protected override void EndProcessing() => Run(WorkAsync);

    private async Task WorkAsync(PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var log = new WorkLog(LogPath);
        try
        {
            if (AskOutright && !await pipeline.ShouldContinueAsync("Go on?", "The test")) return;
            var next = 0;
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
            {
                for (var i = Interlocked.Increment(ref next); i <= Count; i = Interlocked.Increment(ref next))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await PieceAsync(i, log, pipeline, cancellationToken);
                }
            }));
        }
        finally
        {
            // What a mailing does after a cut: the batch in flight is still recorded, which takes a moment.
            if (cancellationToken.IsCancellationRequested) await Task.Delay(150, CancellationToken.None);
            log.Add("ended");
        }
    }

    private async Task PieceAsync(int i, WorkLog log, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (Delay > 0) await Task.Delay(Delay, cancellationToken);
        if (i == FailAt && FileError != 0) throw new IOException("No space left on device : '/mnt/report.csv'", FileError);
        if (i == FailAt) throw new CommandException("TestSetUpUnusable", "The set-up is unusable.", "Mend it.");
        if (Ask && !(await pipeline.ShouldProcessAsync($"piece {i}", "Do")).Yes) return;
        log.Add($"done {i}");
        if (ShowProgress) pipeline.Progress(new ProgressRecord(1, "Testing", $"{i} of {Count}") { PercentComplete = 100 * i / Count });
        if (i == ErrorAt) await pipeline.ErrorAsync(ErrorFactory.Create(new GiftDataException("TestPieceInvalid", "The piece is bad."), i));
        else await pipeline.WriteAsync(i);
    }
}
