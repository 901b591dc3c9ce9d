using System.Management.Automation;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>A cmdlet that reads files into the ledger, one campaign each.</summary>
public abstract class PathCommand : GiftCommand
{
    /// <summary>Parameter set of paths with wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>Parameter set of paths taken as they are.</summary>
    protected const string LiteralSet = "LiteralPath";

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, taken as they are named.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => false;

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <summary>What to do with each file.</summary>
    private protected abstract Task ReadAsync(string file, PipelineWriter pipeline, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Resolved on the pipeline thread: providers and drives belong to the session.
        var files = ParameterSetName == LiteralSet ? ExistingFiles(LiteralPath, literal: true) : ExistingFiles(Path, literal: false);
        Run(async (pipeline, cancellationToken) =>
        {
            foreach (var file in files)
                await TryAsync(pipeline, file, () => ReadAsync(file, pipeline, cancellationToken)).ConfigureAwait(false);
        });
    }
}
