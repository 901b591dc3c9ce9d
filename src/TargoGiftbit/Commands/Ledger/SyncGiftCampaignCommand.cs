using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ledger;

/// <summary>Compares campaigns with Giftbit and Mailjet, and corrects the ledger, before anything of them is sent.</summary>
/// <remarks>
/// <para>For an old copy of the ledger that was put back, a second machine, or a file that was read in. Orders, links and statuses are compared
/// with the provider; messages are looked up at Mailjet by CustomID, and in production by the recipient's address. What went out elsewhere counts
/// as sent; where nobody can say, the mail is put in doubt and not sent. Gifts are paired by id, order or address, never by position.</para>
/// <para>Each difference is written, corrected or not; nothing is written where there is none. <c>-WhatIf</c> compares and corrects nothing.
/// Nothing is ordered or sent. Wait ten minutes after the last mail was sent elsewhere: Mailjet may take so long to show it.</para>
/// <para>On a second machine without a ledger, first run Import-GiftCampaign, or New-GiftbitCampaign with the same contacts: it finds the order
/// under its id and orders nothing twice.</para>
/// </remarks>
/// <example>
/// <code>Sync-GiftCampaign targo-2026-q2-loyalty -WhatIf</code>
/// <para>Shows where the ledger differs, and corrects nothing.</para>
/// </example>
/// <example>
/// <code>Import-GiftCampaign ./campaign.json | Sync-GiftCampaign</code>
/// <para>Reads a campaign in and finds out what became of it since it was exported.</para>
/// </example>
[Cmdlet(VerbsData.Sync, "GiftCampaign", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GiftDifference))]
public sealed class SyncGiftCampaignCommand : CampaignCommand
{
    /// <summary>Giftbit's API token as a SecureString, or a credential that has it as password; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <summary>Mailjet's key pair, the public key as user name and the private one as password; otherwise the settings have it.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.GiftbitToken, SecretTransformationAttribute.Reveal(Token))
        .With(SettingName.MailjetPublicKey, Credential is null ? null : new Secret(Credential.UserName))
        .With(SettingName.MailjetPrivateKey, Credential is null ? null : SecretTransformationAttribute.Reveal(Credential.Password));

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, cancellationToken) =>
    {
        // Only Mailjet can be asked; where it is not set up, what is unsent is in doubt.
        var mail = Settings.Secret(SettingName.MailjetPrivateKey) is null ? null : MailService.Open(Settings, TransportChoice.Mailjet, ServiceNotices.To(pipeline));
        try
        {
            foreach (var (environment, id) in Named())
                await TryAsync(pipeline, id, () => SyncAsync(environment, id, mail?.Find, pipeline, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            if (mail is not null) await mail.DisposeAsync().ConfigureAwait(false);
        }
    });

    private async Task SyncAsync(GiftEnvironment environment, string id, FindMessages? find, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var campaign = Ledger.Campaigns.Get(environment, id);
        RequireProduction(environment, id);
        using var provider = ProviderConnection.Open(Settings, environment, campaign.Provider, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        var sync = new CampaignSync(provider, find, Ledger, Settings.Text(SettingName.TestInbox), Clock);
        var comparison = await sync.CompareAsync(environment, id, cancellationToken).ConfigureAwait(false);
        if (comparison.Differences.Count == 0)
        {
            await pipeline.VerboseAsync(SyncWords.Same(id)).ConfigureAwait(false);
            return;
        }
        var wanted = comparison.Differences.Count(d => d.CanRepair);
        var may = wanted > 0 && (await pipeline.ShouldProcessAsync(CommandText.Campaign(id, environment), SyncWords.Offer(wanted, comparison.Differences.Count)).ConfigureAwait(false)).Yes;
        if (!may)
        {
            foreach (var difference in comparison.Differences) await pipeline.WriteAsync(Describe(campaign, difference, isRepaired: false)).ConfigureAwait(false);
            return;
        }
        var repair = await sync.RepairAsync(comparison, cancellationToken).ConfigureAwait(false);
        foreach (var (difference, done) in repair.Repaired) await pipeline.WriteAsync(Describe(campaign, difference, done)).ConfigureAwait(false);
        if (repair.Problem is not null) await pipeline.ErrorAsync(ErrorFactory.Create(repair.Problem, id)).ConfigureAwait(false);
    }

    private static GiftDifference Describe(GiftCampaign campaign, SyncDifference difference, bool isRepaired) => new()
    {
        Environment = campaign.Environment,
        CampaignId = campaign.CampaignId,
        Row = difference.Gift?.Row,
        Name = difference.Gift is { } gift ? $"{gift.FirstName} {gift.LastName}".Trim() : null,
        Finding = difference.Finding,
        Ledger = difference.Ours,
        Service = difference.Theirs,
        IsRepaired = isRepaired,
        Advice = SyncWords.Advice(difference.Finding, isRepaired, difference.CanRepair),
    };
}
