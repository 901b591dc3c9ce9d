using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>A mail as a peer reads it.</summary>
internal sealed record PeerMail(
    string Subject, IReadOnlyList<PeerPerson> From, IReadOnlyList<PeerPerson> To, IReadOnlyList<PeerPerson> ReplyTo,
    IReadOnlyDictionary<string, string> Headers, string Text, string Html, IReadOnlyList<string> Structure, IReadOnlyList<PeerImage> Images, IReadOnlyList<string> Defects);

/// <summary>An address as a peer reads it.</summary>
internal sealed record PeerPerson(string? Name, string Address);

/// <summary>An embedded image as a peer reads it.</summary>
internal sealed record PeerImage(string Id, string Type, string? Name, string Hash);

/// <summary>Reads mail files with other people's parsers and compares them with what was written.</summary>
internal static class PeerReader
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads files; as a parser takes them, <c>python</c> or <c>mailparser</c>.</summary>
    public static async Task<IReadOnlyList<PeerMail>> ReadAsync(string peer, IEnumerable<string> files)
    {
        var start = peer == "python"
            ? Peer.Start(Peer.Python, Path.Combine(Peer.Scripts, "read_mail.py"))
            : Peer.Start("node", Path.Combine(Peer.Scripts, "read-mail.mjs"), Environment.GetEnvironmentVariable(Peer.NodeFolder)!);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(string.Join('\n', files) + "\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<List<PeerMail>>(await output, Names)!;
    }

    /// <summary>Every field of the message, as the peer found it.</summary>
    public static void AssertSame(RenderedMessage message, PeerMail read)
    {
        Assert.Empty(read.Defects);
        Assert.Equal(message.Subject, read.Subject);
        AssertPerson(message.From, Assert.Single(read.From));
        AssertPerson(message.To, Assert.Single(read.To));
        if (message.ReplyTo is { } replyTo) AssertPerson(replyTo, Assert.Single(read.ReplyTo));
        else Assert.Empty(read.ReplyTo);
        Assert.Equal(Lines(message.Text), Lines(read.Text));
        Assert.Equal(Lines(message.Html), Lines(read.Html));
        Assert.Equal(message.Images.Select(i => new PeerImage(i.ContentId, i.ContentType, i.FileName, Convert.ToHexStringLower(SHA256.HashData(i.Content.Span)))), read.Images);
        Assert.Equal(message.CustomId, read.Headers["x-mj-customid"]);
        Assert.Equal(message.AttemptId, read.Headers["x-mj-eventpayload"]);
        Assert.Equal(message.Language, read.Headers["content-language"]);
        foreach (var (name, value) in message.Headers) Assert.Equal(value, read.Headers[name.ToLowerInvariant()]);
        if (read.Structure.Count > 0)
            Assert.Equal(message.Images.Count == 0
                ? ["multipart/alternative", "text/plain", "text/html"]
                : ["multipart/alternative", "text/plain", "multipart/related", "text/html", .. message.Images.Select(i => i.ContentType)], read.Structure);
    }

    private static void AssertPerson(MailAddress expected, PeerPerson read) => Assert.Equal((expected.Address, expected.Name ?? ""), (read.Address, read.Name ?? ""));

    // The last line's end belongs to the part's boundary in one parser and to the text in another.
    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');
}
