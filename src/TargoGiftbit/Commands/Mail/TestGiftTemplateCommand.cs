using System.Management.Automation;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Lint;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Commands.Mail;

/// <summary>Says whether the mail templates may be sent with.</summary>
/// <remarks>
/// <para>Holds the templates and the sender's settings to the rules of the law (who writes, mailing address, contact, unsubscribe, refusal), of
/// structure and accessibility, contrast, typography, size, and of the gift's own link. True when nothing graver than a warning was found;
/// <c>-Detailed</c> gives every finding with its rule, line and remedy.</para>
/// </remarks>
/// <example>
/// <code>Test-GiftTemplate</code>
/// <para>Tests the templates that the settings name, or those that come with the module.</para>
/// </example>
/// <example>
/// <code>Test-GiftTemplate ./templates -Detailed | Format-List Rule, Severity, Language, Line, Message, Remedy</code>
/// <para>Shows what is wrong with templates of one's own, and what to do.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "GiftTemplate")]
[OutputType(typeof(bool), typeof(TemplateFinding))]
public sealed class TestGiftTemplateCommand : GiftCommand
{
    /// <summary>Folder with the templates; otherwise the settings' or those that come with the module.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("TemplatePath", "PSPath")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Give the findings in place of true or false.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) =>
        base.Given(parameters).With(SettingName.Templates, Path is null ? null : FilePath(Path));

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, _) =>
    {
        var findings = TemplateLint.Check(MailTemplates.Of(Settings), MailSenderReader.Read(Settings));
        if (!Detailed) await pipeline.WriteAsync(TemplateLint.Passes(findings)).ConfigureAwait(false);
        else
            foreach (var finding in findings) await pipeline.WriteAsync(finding).ConfigureAwait(false);
    });
}
