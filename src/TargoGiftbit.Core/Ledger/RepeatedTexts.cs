using System.Text;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Texts that row after row repeats (campaign, currency, subject …): each is made into a string once and shared by the rows, which a campaign of
/// 100,000 gifts feels. It remembers the last text of each kind and forgets the one before.
/// </summary>
internal sealed class RepeatedTexts
{
    private const int Places = 64;
    private (byte[] Bytes, string Text)[]? known;

    /// <summary>The text of UTF-8 bytes.</summary>
    public string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "";
        known ??= new (byte[], string)[Places];
        // Enough to keep apart the few texts of a column; two that share a place are only read anew.
        ref var place = ref known[(bytes.Length * 31 + bytes[0] * 7 + bytes[^1]) % Places];
        if (place.Bytes is null || !bytes.SequenceEqual(place.Bytes)) place = (bytes.ToArray(), Encoding.UTF8.GetString(bytes));
        return place.Text;
    }
}
