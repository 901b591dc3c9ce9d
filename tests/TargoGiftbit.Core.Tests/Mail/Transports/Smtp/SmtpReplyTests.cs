using System.Text;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Smtp;

public sealed class SmtpReplyTests
{
    [Theory]
    [InlineData("250 OK queued as 6f1e0c1e-9d7f-4b6a-8a56-0a2a4b1c2d3e", "6f1e0c1e-9d7f-4b6a-8a56-0a2a4b1c2d3e")]
    [InlineData("250 2.0.0 Ok: queued as 4C0FFEE12", "4C0FFEE12")]
    [InlineData("250 OK id=1rABCD-0001-xy", "1rABCD-0001-xy")]
    [InlineData("250 Message accepted", null)]
    public async Task The_queue_id_is_found_in_the_reply_to_the_content(string line, string? id) =>
        Assert.Equal(id, (await ReadAsync(line + "\r\n")).QueueId);

    [Fact]
    public async Task Several_lines_make_one_reply_with_its_enhanced_code()
    {
        var reply = await ReadAsync("550-5.1.1 The mailbox does\r\n550-5.1.1 not exist:\r\n550 5.1.1 https://gtbt.co/aB3dE5fG7hJ gtbt.co/aB3dE5fG7hJ\r\n");
        Assert.Equal(550, reply.Code);
        Assert.Equal("550 5.1.1", reply.FullCode);
        Assert.StartsWith("The mailbox does not exist:", reply.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("aB3dE5fG7hJ", reply.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("250\n", 250)]
    [InlineData("250-one\n250 two\n", 250)]
    [InlineData("451\r\n", 451)]
    public async Task Odd_but_clear_line_ends_are_understood(string text, int code) => Assert.Equal(code, (await ReadAsync(text)).Code);

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("25 ok\r\n")]
    [InlineData("250ok\r\n")]
    [InlineData("199 ok\r\n")]
    [InlineData("600 ok\r\n")]
    [InlineData("250-one\r\n251 two\r\n")]
    public async Task What_is_no_reply_is_said_to_be_none(string text) =>
        Assert.Equal("SmtpProtocolError", (await Assert.ThrowsAsync<SmtpConnectionException>(() => ReadAsync(text))).Code);

    [Fact]
    public async Task A_server_that_never_ends_its_reply_is_cut_off()
    {
        Assert.Equal("SmtpProtocolError", (await Assert.ThrowsAsync<SmtpConnectionException>(() => ReadAsync(new string('2', 100_000)))).Code);
        Assert.Equal("SmtpProtocolError", (await Assert.ThrowsAsync<SmtpConnectionException>(() => ReadAsync(string.Concat(Enumerable.Repeat("250-on\r\n", 1000))))).Code);
    }

    [Fact]
    public void Abilities_are_read_whatever_their_case_and_form()
    {
        var found = SmtpCapabilities.Parse("mail.example greets you\nPIPELINING\nsize 15728640\nAUTH=LOGIN\nAuth plain XOAUTH2\nSTARTTLS\n8BITMIME\nSMTPUTF8\n\nX-ODD 1");
        Assert.True(found is { Pipelining: true, Size: true, SizeLimit: 15_728_640, AuthLogin: true, AuthPlain: true, StartTls: true, EightBitMime: true, SmtpUtf8: true });
        Assert.True(SmtpCapabilities.Parse("PIPELINING") is { Pipelining: false });
    }

    [Theory]
    [InlineData("a\r\nb", "a\r\nb\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("a\r\n.\r\n..b\r\n.c", "a\r\n..\r\n...b\r\n..c\r\n.\r\n")]
    public void Dots_at_the_start_of_a_line_are_doubled_and_the_final_dot_added(string content, string wire)
    {
        using var output = new Core.Mail.Transports.PooledBuffer();
        DotStuffing.Stuff(Encoding.ASCII.GetBytes(content), output);
        DotStuffing.Terminate(output);
        Assert.Equal(wire, Encoding.ASCII.GetString(output.WrittenSpan));
    }

    private static async Task<SmtpReply> ReadAsync(string text)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(text));
        return await new SmtpReplyReader().ReadAsync(stream, CancellationToken.None);
    }
}
