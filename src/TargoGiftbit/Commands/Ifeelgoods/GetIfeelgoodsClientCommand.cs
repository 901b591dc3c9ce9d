using System.Management.Automation;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Gets accounts at Ifeelgoods with their balance and budget alerts.</summary>
/// <remarks>A balance below one of its alerts is a warning. The form of alerts is not documented: numbers, texts and objects are read.</remarks>
/// <example>
/// <code>Get-IfeelgoodsClient</code>
/// <para>Lists the accounts that the key pair sees.</para>
/// </example>
/// <example>
/// <code>(Get-IfeelgoodsClient CLI-TARGO).Balance.Amount</code>
/// <para>Shows what one account has left.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "IfeelgoodsClient")]
[OutputType(typeof(IfeelgoodsClient))]
public sealed class GetIfeelgoodsClientCommand : IfeelgoodsCommand
{
    /// <summary>Ids of the accounts; all of them when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? ClientId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunConnected(ClientId is null ? ListAsync : NamedAsync);

    private async Task NamedAsync(IfeelgoodsApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        foreach (var id in ClientId!)
            await TryAsync(pipeline, id, async () =>
            {
                if (await api.FindClientAsync(id, cancellationToken).ConfigureAwait(false) is { } client) await WriteAsync(client, pipeline).ConfigureAwait(false);
                else await pipeline.ErrorAsync(ErrorFactory.Create("IfeelgoodsClientNotFound", IfeelgoodsCommandText.ClientUnknown(id), id)).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private static async Task ListAsync(IfeelgoodsApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        await foreach (var page in api.ListClientsAsync(cancellationToken).ConfigureAwait(false))
            foreach (var client in page) await WriteAsync(client, pipeline).ConfigureAwait(false);
    }

    private static async Task WriteAsync(IfeelgoodsClient client, PipelineWriter pipeline)
    {
        foreach (var alert in client.CrossedAlert) await pipeline.WarningAsync(IfeelgoodsCommandText.AlertCrossed(client.ClientId, alert)).ConfigureAwait(false);
        await pipeline.WriteAsync(client).ConfigureAwait(false);
    }
}
