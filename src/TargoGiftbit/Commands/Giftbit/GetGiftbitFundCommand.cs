using System.Management.Automation;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Gets the balance of the Giftbit account, per currency.</summary>
/// <remarks>Reserved money belongs to orders that are not paid out yet; pending money is on its way in.</remarks>
/// <example>
/// <code>Get-GiftbitFund</code>
/// <para>Shows the sandbox balance.</para>
/// </example>
/// <example>
/// <code>(Get-GiftbitFund -Currency CAD).Available.Amount</code>
/// <para>Gets the Canadian dollars that are free to spend, as a number.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftbitFund")]
[OutputType(typeof(ProviderFund))]
public sealed class GetGiftbitFundCommand : GiftbitCommand
{
    /// <summary>Only these currencies.</summary>
    [Parameter(Position = 0)]
    public string[]? Currency { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => RunConnected(async (api, pipeline, cancellationToken) =>
    {
        var funds = await api.GetFundsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.WriteAllAsync(funds.Where(f => Currency is null || Currency.Contains(f.Currency, StringComparer.OrdinalIgnoreCase)).ToList()).ConfigureAwait(false);
    });
}
