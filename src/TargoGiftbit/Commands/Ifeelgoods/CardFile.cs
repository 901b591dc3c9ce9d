using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Where cards to print are saved: worth money, so that only the current user can read them (spec A8).</summary>
/// <param name="path">A file, or an existing folder; null saves none.</param>
internal sealed class CardFile(string? path)
{
    private bool isUsed;

    internal async Task SaveAsync(IfeelgoodsApi api, IfeelgoodsRedemption redemption, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (path is null) return;
        var isFolder = Directory.Exists(path);
        if (!isFolder && isUsed) throw new CommandException("PathNotFolder", IfeelgoodsCommandText.NotFolder(path));
        isUsed = true;
        var file = isFolder ? Path.Combine(path, NameOf(redemption)) : path;
        var pdf = await api.GetPdfAsync(redemption.RevealId(), cancellationToken).ConfigureAwait(false);
        await PrivateFile.WriteAllBytesAsync(file, pdf, cancellationToken).ConfigureAwait(false);
        await pipeline.VerboseAsync(IfeelgoodsCommandText.PdfWritten(redemption.OrderId, file)).ConfigureAwait(false);
    }

    // An order id of another client may hold anything; a name of ours is a name in this folder.
    private static string NameOf(IfeelgoodsRedemption redemption) =>
        string.Concat((redemption.OrderId ?? "card").Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')) + ".pdf";
}
