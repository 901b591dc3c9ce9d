using System.Management.Automation;
using System.Text;
using System.Text.Json;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Engagement;

/// <summary>Stores Mailjet's events from files or from the pipeline.</summary>
/// <remarks>
/// <para>Takes bodies as Mailjet posts them: an array of events or a single one, several after each other, one per line. From the pipeline it
/// takes files, JSON text, and objects such as <c>ConvertFrom-Json</c> and <c>Import-Csv</c> make. It does the same as
/// <c>Receive-MailjetEvent</c>: what was stored before changes nothing, what cannot be used is put in quarantine.</para>
/// </remarks>
/// <example>
/// <code>Import-MailjetEvent ./events/*.json | Group-Object Event, Outcome -NoElement</code>
/// <para>Stores the events of some files and counts what became of them.</para>
/// </example>
/// <example>
/// <code>'[{"event":"sent","time":1777900000,"MessageID":1152921500000000001,"CustomID":"spring:1"}]' | Import-MailjetEvent</code>
/// <para>Stores an event from JSON text.</para>
/// </example>
[Cmdlet(VerbsData.Import, "MailjetEvent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = PathSet)]
[OutputType(typeof(MailEventReceipt))]
public sealed class ImportMailjetEventCommand : StreamingCommand
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";
    private const string InputSet = "InputObject";

    private readonly StringBuilder open = new();

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, named exactly as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A file, JSON text, or an event as an object.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [AllowEmptyString]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != InputSet)
        {
            foreach (var file in ParameterSetName == LiteralSet ? ExistingFiles(LiteralPath, literal: true) : ExistingFiles(Path, literal: false)) Feed(new EventSource(file, default));
            return;
        }
        switch (InputObject.BaseObject)
        {
            case FileSystemInfo file:
                foreach (var path in ExistingFiles([file.FullName], literal: true)) Feed(new EventSource(path, default));
                break;
            case string text:
                FeedLine(text);
                break;
            case byte[] body:
                Feed(new EventSource(null, body));
                break;
            default:
                Feed(new EventSource(null, EventObject.ToJson(InputObject)));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (open.Length > 0) Feed(new EventSource(null, Encoding.UTF8.GetBytes(open.ToString())));
        base.EndProcessing();
    }

    // Get-Content gives lines: a body that stands on several of them is put together again, one that stands on its own is not kept waiting.
    private void FeedLine(string text)
    {
        if (open.Length == 0 && IsComplete(text))
        {
            Feed(new EventSource(null, Encoding.UTF8.GetBytes(text)));
            return;
        }
        open.Append(text).Append('\n');
    }

    private static bool IsComplete(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return string.IsNullOrWhiteSpace(text);
        }
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var tally = new EventTally();
        bool? pipelineYes = null;
        await foreach (EventSource source in records.ConfigureAwait(false))
        {
            var yes = source.File is null ? pipelineYes : null;
            yes ??= (await pipeline.ShouldProcessAsync(source.File ?? EngagementCommandText.PipelineTarget, EngagementCommandText.StoreAction).ConfigureAwait(false)).Yes;
            if (source.File is null) pipelineYes = yes;
            if (yes.Value) await TryAsync(pipeline, source.File, () => StoreAsync(source, tally, pipeline, cancellationToken)).ConfigureAwait(false);
        }
        await EventNotices.SumUpAsync(tally, pipeline).ConfigureAwait(false);
    }

    private async Task StoreAsync(EventSource source, EventTally tally, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var bodies = source.File is null ? EventText.Read(source.Text) : await EventText.ReadFileAsync(source.File, cancellationToken).ConfigureAwait(false);
        foreach (var body in bodies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var receipts = Ledger.Events.Store([body])[0];
            foreach (var receipt in receipts) await EventNotices.CountAsync(receipt, tally, pipeline).ConfigureAwait(false);
            await pipeline.WriteAllAsync(receipts).ConfigureAwait(false);
        }
    }
}
