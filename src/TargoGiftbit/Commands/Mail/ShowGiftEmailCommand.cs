using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Mail;

/// <summary>Shows the mail of a gift as the customer sees it, with the link masked.</summary>
/// <remarks>
/// <para>Renders to a file and opens it in the browser. With <c>-SampleTo</c> it sends a sample in each language instead, with a link that leads
/// nowhere; no gift's state changes.</para>
/// </remarks>
/// <example>
/// <code>Show-GiftEmail spring -Row 1 -NoLaunch</code>
/// <para>Writes the mail of the first gift to a file and gives the file.</para>
/// </example>
/// <example>
/// <code>Show-GiftEmail -SampleTo essais@targo.ca</code>
/// <para>Sends one sample in French and one in English.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "GiftEmail", SupportsShouldProcess = true, DefaultParameterSetName = GiftSet)]
[OutputType(typeof(FileInfo), typeof(HandOver))]
public sealed class ShowGiftEmailCommand : GiftPipelineCommand
{
    private const string SampleSet = "Sample";
    private readonly StrongBox<TransportChoice> transport = new();

    /// <summary>Who gets the samples.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SampleSet)]
    [ValidateNotNullOrEmpty]
    public string SampleTo { get; set; } = "";

    /// <summary>Which mail service to use for samples.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    public TransportChoice Transport { get => transport.Value; set => transport.Value = value; }

    /// <summary>Show the reminder in place of the gift's first mail.</summary>
    [Parameter]
    public SwitchParameter Reminder { get; set; }

    /// <summary>File to write to; otherwise one in the data folder.</summary>
    [Parameter(ParameterSetName = GiftSet)]
    [Parameter(ParameterSetName = CampaignSet)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Do not open the file.</summary>
    [Parameter(ParameterSetName = GiftSet)]
    [Parameter(ParameterSetName = CampaignSet)]
    public SwitchParameter NoLaunch { get; set; }

    /// <summary>Folder with the templates; otherwise the settings' or those that come with the module.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TemplatePath { get; set; }

    private MailPurpose Purpose => Reminder ? MailPurpose.Reminder : MailPurpose.Gift;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) =>
        base.Given(parameters).With(SettingName.Templates, TemplatePath is null ? null : FilePath(TemplatePath));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != SampleSet) base.ProcessRecord();
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var renderer = new GiftMailRenderer(MailTemplates.Of(Settings), MailSenderReader.Read(Settings));
        if (ParameterSetName == SampleSet)
        {
            await SendSamplesAsync(renderer, pipeline, cancellationToken).ConfigureAwait(false);
            return;
        }
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        using var http = HttpConnections.CreateClient();
        var logos = new BrandLogos(http, System.IO.Path.Combine(Settings.DataFolder, "logos"));
        foreach (var rehearsal in selection.Rehearsals) await pipeline.WarningAsync(MailCareText.ShowRehearsal(rehearsal)).ConfigureAwait(false);
        foreach (var campaign in selection.ByCampaign())
        {
            var terms = Ledger.Campaigns.Get(campaign.Key.Environment, campaign.Key.CampaignId);
            var known = Ledger.Brands.List(terms.Environment, terms.Provider).ToDictionary(b => b.Code, StringComparer.Ordinal);
            var brands = await logos.CompleteAsync([.. terms.BrandCodes.Select(code => (code, known.GetValueOrDefault(code)?.Name ?? code,
                Uri.TryCreate(known.GetValueOrDefault(code)?.ImageUrl, UriKind.Absolute, out var image) ? image : null))], cancellationToken).ConfigureAwait(false);
            foreach (var gift in selection.Read(campaign))
                await TryAsync(pipeline, gift, () => ShowAsync(MailPreview.Of(renderer, terms, brands, gift.CodeCount > 0 ? gift with { Codes = Ledger.Gifts.CodesOf(gift.Identity) } : gift, Purpose), gift, pipeline)).ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(MailPreview preview, Gift gift, PipelineWriter pipeline)
    {
        var file = Path is null
            ? System.IO.Path.Combine(Settings.DataFolder, "previews", $"{gift.CampaignId}-{gift.Row}.html")
            : FilePath(Path);
        if (!(await pipeline.ShouldProcessAsync(file, MailCareText.ShowOffer(gift)).ConfigureAwait(false)).Yes) return;
        if (Path is null) PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(file)!);
        await PrivateFile.WriteAllTextAsync(file, preview.Html, CancellationToken.None).ConfigureAwait(false);
        if (!NoLaunch) Browser.Open(file, pipeline);
        await pipeline.WriteAsync(WrittenFile.Of(file)).ConfigureAwait(false);
    }

    private async Task SendSamplesAsync(GiftMailRenderer renderer, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var messages = MailSamples.Messages(renderer, MailSamples.Campaign, MailSamples.Brands, new MailAddress(SampleTo), Purpose);
        var (yes, _) = await pipeline.ShouldProcessAsync(SampleTo, MailCareText.SampleOffer(messages.Count)).ConfigureAwait(false);
        if (!yes) return;
        var service = MailService.Open(Settings, Transport, ServiceNotices.To(pipeline));
        await using (service.ConfigureAwait(false))
            foreach (var outcome in await service.Transport.HandOverAsync(messages, cancellationToken).ConfigureAwait(false))
            {
                if (outcome.Result != HandOverResult.Accepted)
                    await pipeline.ErrorAsync(ErrorFactory.Create("SampleNotSent", MailCareText.SampleNotSent(SampleTo, outcome.Reason?.TrimEnd('.')), SampleTo)).ConfigureAwait(false);
                await pipeline.WriteAsync(outcome).ConfigureAwait(false);
            }
    }
}
