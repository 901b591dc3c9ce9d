using System.Management.Automation;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Ifeelgoods;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Tests whether Ifeelgoods accepts the key pair.</summary>
/// <remarks>
/// Returns <c>$true</c> or <c>$false</c>; with <c>-Detailed</c> an object that says whose it is and what balances there are. A pair that
/// is not configured, or a service that cannot be reached, is an error and not an answer.
/// </remarks>
/// <example>
/// <code>Test-IfeelgoodsKey</code>
/// <para>Tests the sandbox key pair of the settings.</para>
/// </example>
/// <example>
/// <code>Test-IfeelgoodsKey -Detailed | Select-Object -ExpandProperty Funds</code>
/// <para>Shows the balances behind the key pair.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "IfeelgoodsKey")]
[OutputType(typeof(bool), typeof(IfeelgoodsKeyDetail))]
public sealed class TestIfeelgoodsKeyCommand : IfeelgoodsCommand
{
    /// <summary>Return who the pair belongs to, which environment it is for and the balances, in place of a Boolean.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (pipeline, cancellationToken) =>
    {
        using var provider = ProviderConnection.Ifeelgoods(Settings, Environment, pipeline);
        try
        {
            var account = await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
            if (!Detailed)
            {
                await pipeline.WriteAsync(true).ConfigureAwait(false);
                return;
            }
            var funds = await provider.GetFundsAsync(cancellationToken).ConfigureAwait(false);
            await pipeline.WriteAsync(new IfeelgoodsKeyDetail(true, Environment, account.UserName, account.DisplayName, funds)).ConfigureAwait(false);
        }
        catch (GiftProviderException e) when (e.Code is "IfeelgoodsKeyRefused" or "IfeelgoodsForbidden" or "IfeelgoodsTokenNotGiven" or "IfeelgoodsAuthNotSupported")
        {
            await pipeline.VerboseAsync(e.Message).ConfigureAwait(false);
            object answer = Detailed ? new IfeelgoodsKeyDetail(false, Environment, null, null, []) : false;
            await pipeline.WriteAsync(answer).ConfigureAwait(false);
        }
    });
}
