using System.Buffers;
using TargoGiftbit.Core.Mail.Transports.Mime;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>What the MIME writer writes, other people's parsers read as it was meant.</summary>
public sealed class ReadBackTests
{
    [PeerFact("python")]
    public Task Python_reads_back_what_was_written() => AssertReadBackAsync("python");

    [PeerFact("mailparser")]
    public Task Mailparser_reads_back_what_was_written() => AssertReadBackAsync("mailparser");

    private static async Task AssertReadBackAsync(string peer)
    {
        using var folder = new TemporaryFolder();
        var messages = HardMail.All();
        var files = new List<string>();
        foreach (var message in messages)
        {
            var buffer = new ArrayBufferWriter<byte>();
            MimeWriter.Write(message, DateTimeOffset.UtcNow, buffer);
            files.Add(Path.Combine(folder.Path, $"{files.Count}.eml"));
            await File.WriteAllBytesAsync(files[^1], buffer.WrittenMemory);
            // RFC 5322 §2.1.1: no line beyond 998 octets, better none beyond 78.
            Assert.All((await File.ReadAllTextAsync(files[^1])).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        }
        Assert.All(messages.Zip(await PeerReader.ReadAsync(peer, files)), pair => PeerReader.AssertSame(pair.First, pair.Second));
    }
}
