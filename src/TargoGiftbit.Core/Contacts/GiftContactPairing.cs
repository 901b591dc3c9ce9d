using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>
/// Pairs the gifts of one file with the contacts of another (spec C3): by customer id, else by e-mail address, never silently by
/// position. Where anything leaves a doubt whose gift it is, the row is not paired and has a problem.
/// </summary>
public static class GiftContactPairing
{
    /// <summary>Reads and pairs two files.</summary>
    /// <param name="giftPath">The gift file (<see cref="GiftFileReader"/>).</param>
    /// <param name="contactPath">The contact file (<see cref="ContactReader"/>).</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="GiftContactException">A file as a whole cannot be used, or the counts differ where pairing is by position.</exception>
    /// <exception cref="IOException">A file cannot be opened or read.</exception>
    public static async Task<PairingResult> JoinAsync(
        string giftPath, string contactPath, PairingOptions options, CancellationToken cancellationToken)
    {
        var readGifts = ToListAsync(GiftFileReader.ReadAsync(giftPath, options.DefaultCurrency, options.Gifts, cancellationToken));
        var readContacts = ToListAsync(ContactReader.ReadForKeepingAsync(contactPath, options.Contacts, cancellationToken));
        await Task.WhenAll(readGifts, readContacts).ConfigureAwait(false);
        var gifts = await readGifts.ConfigureAwait(false);
        var contacts = await readContacts.ConfigureAwait(false);

        if (options.ByPosition && gifts.Count != contacts.Count)
        {
            throw ContactText.Error(ContactCodes.PairingCountDiffers,
                Path.GetFileName(giftPath), gifts.Count, Path.GetFileName(contactPath), contacts.Count);
        }
        return Join(gifts, contacts, options);
    }

    /// <summary>Pairs what was read.</summary>
    /// <param name="gifts">The gifts, flagged ones among them.</param>
    /// <param name="contacts">The contacts, flagged ones among them.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The counts differ where pairing is by position.</exception>
    public static PairingResult Join(IReadOnlyList<GiftFileRow> gifts, IReadOnlyList<GiftContact> contacts, PairingOptions options)
    {
        if (options.ByPosition && gifts.Count != contacts.Count)
            throw new ArgumentException("Pairing by position needs as many gifts as contacts.", nameof(contacts));
        return new PairingRun(gifts, contacts, options).Run();
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows.ConfigureAwait(false)) list.Add(row);
        return list;
    }
}
