using System.Text.Encodings.Web;
using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Retention;

/// <summary>A campaign in a JSON file for its owner alone: one object per recipient, links included (spec A8, G1).</summary>
public static class CampaignFile
{
    /// <summary>Writes a campaign to a file of mode 600.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="cancellationToken">Leaves an older file as it was.</param>
    public static async Task WriteAsync(GiftLedger ledger, GiftEnvironment environment, string campaignId, string path, CancellationToken cancellationToken)
    {
        var file = PrivateFile.Create(path);
        await using (file.ConfigureAwait(false))
        {
            Write(ledger, environment, campaignId, null, file.Stream);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Enters a campaign from a file.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up before anything is entered.</param>
    /// <exception cref="LedgerException"><c>ArchiveInvalid</c>, <c>CampaignExists</c>.</exception>
    public static async Task<GiftCampaign> ReadAsync(GiftLedger ledger, string path, CancellationToken cancellationToken) =>
        Read(ledger, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path);

    /// <summary>The bytes of a campaign's file.</summary>
    internal static byte[] ToBytes(GiftLedger ledger, GiftEnvironment environment, string campaignId, DateTimeOffset at)
    {
        using var stream = new MemoryStream();
        Write(ledger, environment, campaignId, at, stream);
        return stream.ToArray();
    }

    /// <summary>Enters a campaign from the bytes of its file.</summary>
    internal static GiftCampaign Read(GiftLedger ledger, ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return ledger.Archive.Read(json.RootElement, name);
        }
        catch (JsonException e)
        {
            // The exception itself is not kept: its text shows a piece of the file, links included.
            throw new LedgerException("ArchiveInvalid", LedgerText.ArchiveInvalid(name, $"no JSON at line {e.LineNumber + 1}"));
        }
    }

    private static void Write(GiftLedger ledger, GiftEnvironment environment, string campaignId, DateTimeOffset? at, Stream stream)
    {
        // Names with accents stay readable; the file is never part of a web page.
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        ledger.Archive.Write(environment, campaignId, at, json);
    }
}
