using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Finds out with one gift in the testbed how Giftbit behaves where its documents leave it open.</summary>
/// <remarks>
/// <para>Orders one gift for the test inbox, posts the order a second time, reads gifts, links, pages and unknown ids, and cancels the gift twice. It
/// records how links come labelled, what a repeated id answers, how many rows a page holds, and which order mode is safe.</para>
/// <para>The result is written, and kept in the data folder as giftbit-contract.json: New-GiftbitCampaign then orders a new campaign in the recommended
/// mode unless <c>-OrderMode</c> says otherwise. There is no <c>-Production</c>: the real service is never tried out.</para>
/// </remarks>
/// <example>
/// <code>Test-GiftbitContract -WhatIf</code>
/// <para>Shows which gift would be ordered.</para>
/// </example>
/// <example>
/// <code>Test-GiftbitContract -BrandCode timhortonsca | Format-List</code>
/// <para>Finds out everything with a gift of this brand and shows all of it.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "GiftbitContract", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(GiftbitContract))]
public sealed class TestGiftbitContractCommand : GiftCommand
{
    /// <summary>Brand of the gift; the first one in Canadian dollars unless said otherwise.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BrandCompleter))]
    [ValidateNotNullOrEmpty]
    public string? BrandCode { get; set; }

    /// <summary>How long to wait for the link, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = 300;

    /// <summary>Giftbit's testbed token as a SecureString, or a credential that has it as password; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <summary>The address that the gift is ordered for; otherwise the settings have it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TestInbox { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.GiftbitToken, SecretTransformationAttribute.Reveal(Token))
        .With(SettingName.TestInbox, TestInbox);

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (pipeline, cancellationToken) =>
    {
        var inbox = Core.Contacts.TestInbox.Tag(Settings.RequireTestInbox(), 1);
        using var provider = GiftbitConnection.Open(Settings, GiftEnvironment.Sandbox, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        var probe = new GiftbitContractProbe(provider, Clock);
        var terms = await probe.PlanAsync(BrandCode, cancellationToken).ConfigureAwait(false);
        var offer = LifeText.ContractOffer(terms.BrandCodes[0], terms.Price);
        if (!(await pipeline.ShouldProcessAsync(provider.Api.Environment.ToString(), offer).ConfigureAwait(false)).Yes) return;
        pipeline.Progress(new ProgressRecord(0, LifeText.ContractCaption, offer));
        var contract = await probe.RunAsync(terms, inbox, TimeSpan.FromSeconds(Timeout), cancellationToken).ConfigureAwait(false);
        await contract.StoreAsync(Settings.DataFolder, cancellationToken).ConfigureAwait(false);
        await pipeline.WriteAsync(contract).ConfigureAwait(false);
    });
}
