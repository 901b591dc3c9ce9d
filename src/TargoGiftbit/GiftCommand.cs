using System.Management.Automation;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>A cmdlet that works with the settings and the ledger of a data folder.</summary>
public abstract class GiftCommand : AsyncCommand
{
    private GiftSettings? settings;
    private GiftLedger? ledger;

    /// <summary>
    /// <para type="description">Data folder with the ledger and the .env file, in place of GIFT_HOME or the user's own.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DataPath { get; set; }

    /// <summary>Every clock of the module.</summary>
    private protected static TimeProvider Clock => TimeProvider.System;

    /// <summary>Whether the ledger has to be there already; a cmdlet that only reads does not make an empty one.</summary>
    private protected virtual bool LedgerMustExist => true;

    /// <summary>The settings. Call it from the work, so that what is wrong with them becomes an error of the cmdlet.</summary>
    private protected GiftSettings Settings => settings ??= GiftSettings.Load(Given(new SettingParameters()));

    /// <summary>The ledger, opened when first asked for.</summary>
    private protected GiftLedger Ledger => ledger ??= GiftLedger.Open(Settings.DataFolder, Clock, LedgerMustExist);

    /// <summary>The settings that were given as parameters. A derived cmdlet adds its own.</summary>
    private protected virtual SettingParameters Given(SettingParameters parameters) =>
        parameters.With(SettingName.Home, DataPath is null ? null : FilePath(DataPath));

    /// <summary>The path in the file system that a path of the session means, whether or not it exists.</summary>
    private protected string FilePath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>Does what only completion and the like need with the ledger; where that cannot be done, the cmdlet goes on without.</summary>
    private protected async Task RememberAsync(PipelineWriter pipeline, Action<GiftLedger> work)
    {
        try
        {
            work(Ledger);
        }
        catch (LedgerException e)
        {
            await pipeline.VerboseAsync(e.Message).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what any of the patterns matches, each once and in the list's order, after an error for each plain name that is not in it.</summary>
    private protected static async Task WriteNamedAsync<T>(PipelineWriter pipeline, IReadOnlyList<T> all, Func<T, string> nameOf, string[] names, Func<string, ErrorRecord> unknown)
    {
        foreach (var name in names.Where(n => !WildcardPattern.ContainsWildcardCharacters(n) && !all.Any(one => nameOf(one).Equals(n, StringComparison.OrdinalIgnoreCase))))
            await pipeline.ErrorAsync(unknown(name)).ConfigureAwait(false);
        var patterns = Array.ConvertAll(names, n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase));
        await pipeline.WriteAllAsync(all.Where(one => Array.Exists(patterns, p => p.IsMatch(nameOf(one)))).ToList()).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The work first: it may be using the ledger.
        base.Dispose(disposing);
        ledger?.Dispose();
        ledger = null;
    }
}
