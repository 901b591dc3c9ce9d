using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.ErpNext;

/// <summary>Writes to the customers in ERPNext that they clicked on their gift's link, and when.</summary>
/// <remarks>
/// <para>Only gifts whose link was clicked are written; all gifts are passed on. The site's answer is compared with what was sent, and a
/// customer whom somebody else has saved meanwhile is looked at again. Running it again writes nothing twice. A gift link is never written.</para>
/// <para>The fields have to be there: a check and a date-time on Customer. Their names are tried with and without <c>custom_</c>.</para>
/// <para>Gifts of the sandbox are refused by a site that is not on this machine, unless <c>-TestSite</c> says that it is for tests.</para>
/// </remarks>
/// <example>
/// <code>Get-Gift targo-2026-q2-loyalty | Update-ErpNextCustomer -WhatIf</code>
/// <para>Shows what would be written, customer by customer.</para>
/// </example>
/// <example>
/// <code>Update-ErpNextCustomer targo-2026-q2-loyalty -CampaignField gift_campaign | Where-Object ClickedAt</code>
/// <para>Writes the clicks of a campaign, with its id, and shows the gifts that were clicked.</para>
/// </example>
[Cmdlet(VerbsData.Update, "ErpNextCustomer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = GiftSet)]
[OutputType(typeof(Gift))]
public sealed class UpdateErpNextCustomerCommand : GiftPipelineCommand
{
    private int updated, unchanged, notClicked;

    /// <summary>Root of the ERPNext site, in place of the setting ERPNEXT_URL.</summary>
    [Parameter]
    public Uri? Site { get; set; }

    /// <summary>API key and secret as <c>key:secret</c>, as a SecureString, or a credential that has it as password; otherwise the setting ERPNEXT_TOKEN has it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <summary>The field of Customer for the click: a check.</summary>
    [Parameter]
    [ValidatePattern("^[a-z][a-z0-9_]*$")]
    public string ClickedField { get; set; } = "gift_link_clicked";

    /// <summary>The field of Customer for its time: a date-time.</summary>
    [Parameter]
    [ValidatePattern("^[a-z][a-z0-9_]*$")]
    public string ClickedAtField { get; set; } = "gift_link_clicked_at";

    /// <summary>The field of Customer for the campaign's id; not written when left out.</summary>
    [Parameter]
    [ValidatePattern("^[a-z][a-z0-9_]*$")]
    public string? CampaignField { get; set; }

    /// <summary>The site's time zone, as its System Settings have it: the site keeps times without a zone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string TimeZone { get; set; } = "America/Toronto";

    /// <summary>The site is for tests: write gifts of the sandbox to it.</summary>
    [Parameter]
    public SwitchParameter TestSite { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.ErpNextUrl, Site?.OriginalString)
        .With(SettingName.ErpNextToken, SecretTransformationAttribute.Reveal(Token));

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        foreach (var rehearsal in selection.Rehearsals.GroupBy(g => g.CampaignId))
        {
            await pipeline.RehearseAsync(ErpNextCommandText.Rehearsal(rehearsal.Key), ErpNextCommandText.RehearsalAction(rehearsal.Count())).ConfigureAwait(false);
            foreach (var gift in rehearsal) await pipeline.WriteAsync(gift).ConfigureAwait(false);
        }
        if (selection.Gifts.Count == 0) return;
        using var api = ErpNextAccess.Open(Settings, pipeline);
        foreach (var campaign in selection.ByCampaign()) Allow(campaign.Key.Environment, campaign.Key.CampaignId, api.Connection);
        ErpNextWriteBack? writeBack = null;
        foreach (var gift in selection.ByCampaign().SelectMany(selection.Read))
        {
            if (gift.ClickedAt is null) notClicked++;
            // Asked for the fields only when there is something to write into them.
            else writeBack ??= await ConnectAsync(api, cancellationToken).ConfigureAwait(false);
            try
            {
                if (gift.ClickedAt is not null) await WriteAsync(gift, writeBack!, pipeline, cancellationToken).ConfigureAwait(false);
            }
            catch (ErpNextException e) when (!e.ConcernsSite)
            {
                await pipeline.ErrorAsync(ErrorFactory.Create(e, gift)).ConfigureAwait(false);
            }
            await pipeline.WriteAsync(gift).ConfigureAwait(false);
        }
        await pipeline.VerboseAsync(ErpNextCommandText.Written(updated, unchanged, notClicked)).ConfigureAwait(false);
    }

    private async Task WriteAsync(Gift gift, ErpNextWriteBack writeBack, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var (yes, _) = await pipeline.ShouldProcessAsync(ErpNextCommandText.Target(gift.CustomerId, gift), writeBack.Describe(gift)).ConfigureAwait(false);
        if (!yes) return;
        if (await writeBack.WriteAsync(gift, cancellationToken).ConfigureAwait(false) == ErpNextWriteOutcome.Updated)
        {
            updated++;
            Ledger.History.Add(gift.Environment, gift.CampaignId, gift.Row, "WrittenToErp", gift.CustomerId);
            return;
        }
        unchanged++;
        await pipeline.VerboseAsync(ErpNextCommandText.Later(gift, gift.CustomerId)).ConfigureAwait(false);
    }

    private async Task<ErpNextWriteBack> ConnectAsync(ErpNextApi api, CancellationToken cancellationToken)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone))
            throw new CommandException("TimeZoneUnknown", ErpNextCommandText.TimeZoneUnknown(TimeZone), ErpNextCommandText.TimeZoneRemedy);
        var names = new ErpNextFields { Clicked = ClickedField, ClickedAt = ClickedAtField, Campaign = CampaignField };
        return new ErpNextWriteBack(api, await names.ProbeAsync(api, cancellationToken).ConfigureAwait(false), zone);
    }

    // A click of a test must not mark a real customer, nor a real click go unnoticed that it is one (spec A3).
    private void Allow(GiftEnvironment environment, string campaignId, ErpNextConnection connection)
    {
        RequireProduction(environment, campaignId);
        if (environment == GiftEnvironment.Sandbox && !connection.IsLocal && !TestSite)
            throw new CommandException("ErpNextSandboxGift", ErpNextCommandText.Sandbox(campaignId, connection.Site.IdnHost), ErpNextCommandText.SandboxRemedy);
    }
}
