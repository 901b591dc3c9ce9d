using System.Management.Automation;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Tests whether Giftbit accepts the API token.</summary>
/// <remarks>
/// Returns <c>$true</c> or <c>$false</c>; with <c>-Detailed</c> an object that says whose token it is and what funds there are. A token that
/// is not configured, or a service that cannot be reached, is an error and not an answer.
/// </remarks>
/// <example>
/// <code>Test-GiftbitToken</code>
/// <para>Tests the sandbox token of the settings.</para>
/// </example>
/// <example>
/// <code>Test-GiftbitToken -Detailed | Select-Object -ExpandProperty Funds</code>
/// <para>Shows the balance of the account behind the token.</para>
/// </example>
/// <example>
/// <code>Test-GiftbitToken -Token (Read-Host -AsSecureString 'Token')</code>
/// <para>Tests a token before it is written to the settings.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "GiftbitToken")]
[OutputType(typeof(bool), typeof(GiftbitTokenDetail))]
public sealed class TestGiftbitTokenCommand : GiftbitCommand
{
    /// <summary>Return who the token belongs to, which environment it is for and the funds, in place of a Boolean.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (pipeline, cancellationToken) =>
    {
        using var provider = GiftbitConnection.Open(Settings, Environment, pipeline);
        try
        {
            var account = await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
            if (!Detailed)
            {
                await pipeline.WriteAsync(true).ConfigureAwait(false);
                return;
            }
            var funds = await provider.GetFundsAsync(cancellationToken).ConfigureAwait(false);
            await pipeline.WriteAsync(new GiftbitTokenDetail(true, Environment, account.UserName, account.DisplayName, funds)).ConfigureAwait(false);
        }
        catch (GiftProviderException e) when (e.Code is "GiftbitTokenRefused" or "GiftbitForbidden")
        {
            await pipeline.VerboseAsync(e.Message).ConfigureAwait(false);
            object answer = Detailed ? new GiftbitTokenDetail(false, Environment, null, null, []) : false;
            await pipeline.WriteAsync(answer).ConfigureAwait(false);
        }
    });
}
