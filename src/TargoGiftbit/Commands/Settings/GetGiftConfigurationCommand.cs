using System.Management.Automation;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Settings;

/// <summary>Shows every setting, its value, and where that came from.</summary>
/// <remarks>
/// <para>A parameter wins over the environment, the environment over the <c>.env</c> file in the data folder, and that over the default.
/// Secrets are shown masked; a setting without origin is not set.</para>
/// <para>It is an error if the <c>.env</c> file cannot be used, for example because others can read it; the error says what to do.</para>
/// </remarks>
/// <example>
/// <code>Get-GiftConfiguration</code>
/// <para>Shows all settings.</para>
/// </example>
/// <example>
/// <code>Get-GiftConfiguration GIFTBIT_*, MJ_*</code>
/// <para>Shows whether tokens and keys are set, and where.</para>
/// </example>
/// <example>
/// <code>(Get-GiftConfiguration GIFT_HOME).Value</code>
/// <para>Tells the data folder, where the ledger and the .env file are.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftConfiguration")]
[OutputType(typeof(SettingReport))]
public sealed class GetGiftConfigurationCommand : GiftCommand
{
    /// <summary>Names of the settings; all of them when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SettingCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run((pipeline, _) =>
        WriteNamedAsync(pipeline, Settings.Describe(), s => s.Name, Name, name => ErrorFactory.Create("SettingUnknown", CommandText.SettingUnknown(name), name)));
}
