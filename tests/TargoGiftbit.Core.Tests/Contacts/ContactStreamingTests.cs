using System.Text;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class ContactStreamingTests
{
    private const int Rows = 50_000;

    [Fact]
    public async Task The_file_is_read_as_the_contacts_are_taken_and_no_further()
    {
        using var stream = new CountingStream(File(), afterRewinds: 2);
        var taken = 0;
        await foreach (var contact in ContactReader.ReadAsync(stream, "clients.csv"))
        {
            taken++;
            // A row has at least 30 bytes; two buffers of the CSV library may be read ahead.
            Assert.InRange(stream.Read, 0, (taken * 60L) + (256 * 1024));
        }
        Assert.Equal(Rows, taken);
        Assert.Equal(stream.Length, stream.Read);
    }

    [Fact]
    public async Task No_contact_is_held_after_it_was_passed_on()
    {
        using var stream = new MemoryStream(File());
        var passed = new List<WeakReference>();
        await foreach (var contact in ContactReader.ReadAsync(stream, "clients.csv"))
            if (contact.Line % 1000 == 0) Remember(passed, contact);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(Rows / 1000, passed.Count);
        // The last one may still be in a register or in the state of the loop.
        Assert.InRange(passed.Count(reference => reference.IsAlive), 0, 1);
    }

    [Fact]
    public async Task A_reading_that_is_cancelled_stops_between_two_rows()
    {
        using var stream = new MemoryStream(File());
        using var stop = new CancellationTokenSource();
        var taken = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var contact in ContactReader.ReadAsync(stream, "clients.csv", null, stop.Token))
                if (++taken == 10) await stop.CancelAsync();
        });

        Assert.Equal(10, taken);
    }

    private static void Remember(List<WeakReference> passed, GiftContact contact) => passed.Add(new WeakReference(contact));

    private static byte[] File()
    {
        var text = new StringBuilder("No client;Prénom;Courriel;Forfait\r\n");
        for (var i = 1; i <= Rows; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"C{i};Élise;client{i}@example.com;Fibre\r\n");
        return ContactEncoding.Windows1252.GetBytes(text.ToString());
    }

    /// <summary>Counts the bytes read since the stream was last set back: before that, the whole of it is looked at for its encoding.</summary>
    private sealed class CountingStream(byte[] bytes, int afterRewinds) : MemoryStream(bytes)
    {
        private int rewinds;
        private long read;

        internal new long Read => rewinds < afterRewinds ? 0 : read;

        public override long Position
        {
            get => base.Position;
            set
            {
                rewinds++;
                read = 0;
                base.Position = value;
            }
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var task = base.ReadAsync(buffer, cancellationToken);
            read += task.Result;
            return task;
        }
    }
}
