using System.Diagnostics;
using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Mail.Transports.Mime;

namespace TargoGiftbit.Benchmarks.Mail;

/// <summary>What one mail costs before it goes on the wire: rendering, MIME, JSON; on one core, without network or ledger.</summary>
internal static class MailParts
{
    public static Task<int> RunAsync()
    {
        var mail = MailWorkload.Mail(MailWorkload.Terms("parts"));
        var gifts = Enumerable.Range(1, 1000).Select(n => new Gift
        {
            Environment = GiftEnvironment.Production,
            CampaignId = "parts",
            Row = n,
            FirstName = string.Create(CultureInfo.InvariantCulture, $"Prénom{n}"),
            Email = string.Create(CultureInfo.InvariantCulture, $"client{n}@example.com"),
            Price = Money.Cad(6000),
            Expiry = new DateOnly(2026, 12, 31),
            Link = new GiftLink(string.Create(CultureInfo.InvariantCulture, $"https://gtbt.example/{n:x11}")),
        }).ToList();
        var messages = gifts.ConvertAll(gift => mail.Render(gift, new MailAddress(gift.Email, gift.FirstName), "attempt"));
        using var buffer = new PooledBuffer();

        Measure("rendered", i => mail.Render(gifts[i % 1000], new MailAddress(gifts[i % 1000].Email, gifts[i % 1000].FirstName), "attempt"));
        Measure("written as MIME", i =>
        {
            buffer.Reset();
            MimeWriter.Write(messages[i % 1000], DateTimeOffset.UnixEpoch, buffer);
        });
        var size = buffer.Length;
        Measure("written as JSON", i =>
        {
            buffer.Reset();
            var message = messages[i % 1000];
            SendRequest.Write([new PreparedMessage(0, message, MessageRules.Check(message))], false, buffer);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MIME {size:N0} bytes, JSON {buffer.Length:N0} bytes"));
        return Task.FromResult(0);
    }

    private static void Measure(string what, Action<int> work)
    {
        for (var i = 0; i < 2000; i++) work(i);
        Thread.Sleep(300);
        for (var i = 0; i < 2000; i++) work(i);
        var best = double.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 20; run++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 500; i++) work(i);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / 500);
        }
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 10_000;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-20} {1 / best,12:N0}/s on one core, {allocated:N0} bytes allocated each"));
    }
}
