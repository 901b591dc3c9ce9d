using System.Globalization;
using System.Management.Automation;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Streams records through, as a cmdlet in the middle of a pipeline does.</summary>
[Cmdlet(VerbsCommunications.Send, "TestRecord")]
[OutputType(typeof(int))]
public sealed class SendTestRecordCommand : StreamingCommand
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)] public int Record { get; set; }

    [Parameter] public string? LogPath { get; set; }

    [Parameter] public SwitchParameter RunAhead { get; set; }

    /// <summary>Take everything in before writing anything, as an order does.</summary>
    [Parameter] public SwitchParameter Collect { get; set; }

    /// <summary>End after this many records although more come.</summary>
    [Parameter] public int StopAfter { get; set; } = int.MaxValue;

    [Parameter] public int FailAt { get; set; }

    private protected override bool InStep => !RunAhead;

    protected override void ProcessRecord() => Feed(Record);

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var log = LogPath is null ? null : new WorkLog(LogPath);
        var kept = new List<int>();
        var count = 0;
        try
        {
            await foreach (int record in records)
            {
                if (record == FailAt) throw new CommandException("TestSetUpUnusable", "The set-up is unusable.");
                log?.Add($"done {record}");
                if (Collect) kept.Add(record);
                else await pipeline.WriteAsync(record);
                if (++count == StopAfter) break;
            }
            foreach (var record in kept) await pipeline.WriteAsync(record);
            log?.Add(1.5.ToString(CultureInfo.CurrentCulture));
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested) await Task.Delay(150, CancellationToken.None);
            log?.Add("ended");
        }
    }
}
