using System.Management.Automation;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>
/// A cmdlet whose work is asynchronous: it runs in the background, what it writes is written on the pipeline thread, and Ctrl+C or
/// a cut pipeline cancels it and waits for it to end.
/// </summary>
public abstract class AsyncCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private PipelinePump? pump;

    /// <summary>
    /// Whether the cmdlet acts on the world: its work then waits for each record until the rest of the pipeline has taken it, so
    /// that <c>Select-Object -First 1</c> stops it at once.
    /// </summary>
    private protected virtual bool InStep => false;

    /// <summary>The work under way, if any.</summary>
    private protected PipelinePump? Pump => pump;

    /// <summary>Cancels the work. The pipeline thread then waits for it to end.</summary>
    protected override void StopProcessing() => stopping.Cancel();

    /// <summary>Runs work to its end. What it throws ends the cmdlet: for one bad record it writes an error instead.</summary>
    private protected void Run(Func<PipelineWriter, CancellationToken, Task> work)
    {
        Start(work);
        Finish();
    }

    /// <summary>Starts work that goes on while further records arrive.</summary>
    private protected PipelinePump Start(Func<PipelineWriter, CancellationToken, Task> work) =>
        pump = new PipelinePump(this, work, InStep ? 1 : 512, InStep, stopping.Token);

    /// <summary>Writes what the work under way has to say until it ends.</summary>
    private protected void Finish()
    {
        if (pump is not { } running) return;
        var failure = running.Finish();
        running.Dispose();
        pump = null;
        if (stopping.IsCancellationRequested) throw new PipelineStoppedException();
        if (failure is not null) ThrowTerminatingError(ErrorFactory.Create(failure, null));
    }

    /// <summary>Runs one record's part of the work and writes an error for it if it fails; the others go on.</summary>
    private protected static async Task<bool> TryAsync(PipelineWriter pipeline, object? target, Func<Task> part)
    {
        try
        {
            await part().ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is GiftException or IOException or UnauthorizedAccessException)
        {
            await pipeline.ErrorAsync(ErrorFactory.Create(e, target)).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>The files that paths of the session mean; an error is written for each path that means none. Folders that a wildcard finds are left out.</summary>
    private protected List<string> ExistingFiles(IEnumerable<string> paths, bool literal)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                if (literal)
                {
                    var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
                    AddFile(files, file, path);
                    continue;
                }
                var found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
                if (provider.Name != "FileSystem") throw new ItemNotFoundException(PipelineText.FileMissing(path));
                if (WildcardPattern.ContainsWildcardCharacters(path)) files.AddRange(found.Where(file => !Directory.Exists(file)));
                else
                    foreach (var file in found) AddFile(files, file, path);
            }
            catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
            {
                WriteError(new ErrorRecord(e, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            }
        }
        return files;
    }

    private void AddFile(List<string> files, string file, string path)
    {
        if (Directory.Exists(file)) WriteError(ErrorFactory.Create("PathIsFolder", PipelineText.FileIsFolder(file), path));
        else if (File.Exists(file)) files.Add(file);
        else throw new ItemNotFoundException(PipelineText.FileMissing(file));
    }

    /// <summary>The engine calls this whatever way the pipeline ends; work still under way is stopped and waited for.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        pump?.Dispose();
        pump = null;
        stopping.Dispose();
    }
}
