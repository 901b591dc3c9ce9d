using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mime;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Mime;

public sealed partial class MimeWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 3, 9, 5, 7, TimeSpan.FromHours(-4));

    [Fact]
    public void Text_and_HTML_are_alternatives_and_images_are_related_to_the_HTML()
    {
        var mail = Write(Messages.One(images: [Messages.Logo(), Messages.Logo("brand-2", "métro.png")]));

        Assert.Equal("multipart/alternative", mail.ContentType);
        Assert.Equal(["text/plain", "multipart/related"], mail.Parts.Select(p => p.ContentType));
        Assert.Equal(["text/html", "image/png", "image/png"], mail.Parts[1].Parts.Select(p => p.ContentType));
        Assert.Contains("type=\"text/html\"", mail.Parts[1]["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("<brand-1>", mail.Parts[1].Parts[1]["Content-ID"]);
        Assert.Equal("inline; filename=\"tim hortons.png\"", mail.Parts[1].Parts[1]["Content-Disposition"]);
        Assert.Equal("inline; filename*=utf-8''m%C3%A9tro.png", mail.Parts[1].Parts[2]["Content-Disposition"]);
        Assert.Equal(Messages.Png, Convert.FromBase64String(mail.Parts[1].Parts[2].Body));
    }

    [Fact]
    public void Without_images_there_are_two_alternatives_only()
    {
        var message = Messages.One();
        var mail = Write(message);

        Assert.Equal(["text/plain", "text/html"], mail.Parts.Select(p => p.ContentType));
        Assert.Equal(message.Text.Replace("\n", "\r\n", StringComparison.Ordinal), mail.Parts[0].Text);
        Assert.Equal(message.Html, mail.Parts[1].Text);
    }

    [Fact]
    public void The_headers_are_those_of_the_message()
    {
        var mail = Write(Messages.One(row: 7));

        Assert.Equal("Wed, 03 Jun 2026 13:05:07 +0000", mail["Date"]);
        Assert.Equal("<01JD00000007.targo-2026-q2-loyalty.7@targo.ca>", mail["Message-ID"]);
        Assert.Equal("TARGO <noreply@targo.ca>", mail["From"]);
        Assert.Equal("Élodie Côté <client7@example.com>", MimeReader.Decode(mail["To"]));
        Assert.Equal("support@targo.ca", mail["Reply-To"]);
        Assert.Equal("🎁 Un cadeau pour toi, de la part de TARGO", MimeReader.Decode(mail["Subject"]));
        Assert.Equal("1.0", mail["MIME-Version"]);
        Assert.Equal("fr-CA", mail["Content-Language"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail["List-Unsubscribe-Post"]);
        Assert.Equal("<mailto:unsubscribe@targo.ca?subject=unsubscribe>, <https://cadeau.targo.ca/u/abcdefghijklmnopqrstuvwxyz0123456789>", mail["List-Unsubscribe"]);
        Assert.Equal("targo-2026-q2-loyalty:7", mail["X-MJ-CustomID"]);
        Assert.Equal("01JD00000007", mail["X-MJ-EventPayload"]);
        Assert.Equal("targo-2026-q2-loyalty", mail["X-Mailjet-Campaign"]);
        Assert.Equal("0", mail["X-Mailjet-TrackOpen"]);
        Assert.Equal("1", mail["X-Mailjet-TrackClick"]);
    }

    [Theory]
    [InlineData("x\r\nBcc: thief@evil.example")]
    [InlineData("x\nBcc: thief@evil.example")]
    [InlineData("x\rBcc: thief@evil.example\r\n\r\nbody")]
    [InlineData("x\u0085Bcc: thief@evil.example\u2028y\0")]
    public void A_line_break_in_words_cannot_bring_in_a_header(string evil)
    {
        var plain = Write(Messages.One(images: [Messages.Logo()]));
        var mail = Write(Messages.One(subject: evil, toName: evil, fromName: evil, campaign: evil, images: [Messages.Logo(fileName: evil)]));

        Assert.Equal(plain.Headers.Select(h => h.Key), mail.Headers.Select(h => h.Key));
        Assert.Equal(plain.Parts[1].Parts[1].Headers.Select(h => h.Key), mail.Parts[1].Parts[1].Headers.Select(h => h.Key));
        Assert.Empty(mail.All("Bcc"));
    }

    [Theory]
    [InlineData("a\r\nb@example.com")]
    [InlineData("a@example.com\r\nRCPT TO:<b@example.com>")]
    [InlineData("a@example.com>,<b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("a,b@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData(".a@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("a@-example.com")]
    [InlineData("a@exa mple.com")]
    [InlineData("\"a\r\n\"@example.com")]
    [InlineData("\"a\"b\"@example.com")]
    public void An_address_that_is_none_is_refused(string address)
    {
        Assert.Equal("MailAddressInvalid", Assert.Throws<MailMessageException>(() => Write(Messages.One(to: address))).Code);
        Assert.Equal("MailAddressInvalid", Assert.Throws<MailMessageException>(() => Write(Messages.One(from: address))).Code);
        Assert.Equal("MailAddressInvalid", Assert.Throws<MailMessageException>(() => Write(Messages.One(replyTo: address))).Code);
    }

    [Theory]
    [InlineData("o'neil+cadeau@example.com", "o'neil+cadeau@example.com")]
    [InlineData("\"odd local\"@example.com", "\"odd local\"@example.com")]
    [InlineData("marie@forêt.example", "marie@xn--fort-ipa.example")]
    [InlineData("zoé@example.com", "zoé@example.com")]
    public void An_unusual_address_keeps_its_local_part_and_gets_an_ASCII_domain(string address, string written) =>
        Assert.Equal(written, Write(Messages.One(to: address, toName: null))["To"]);

    [Theory]
    [InlineData("X-Other\r\nBcc", "a")]
    [InlineData("X-Other", "a\r\nBcc: b@example.com")]
    [InlineData("X-Other", "é")]
    [InlineData("X-Other", "")]
    [InlineData("Bcc", "b@example.com")]
    [InlineData("subject", "another")]
    [InlineData("X-MJ-CustomID", "other:1")]
    [InlineData("X-Mailjet-Campaign", "other")]
    [InlineData("Content-Type", "text/plain")]
    public void A_header_that_would_break_in_is_refused(string name, string value) =>
        Assert.Equal("MailHeaderInvalid", Assert.Throws<MailMessageException>(() => Write(Messages.One(headers: [new(name, value)]))).Code);

    [Theory]
    [InlineData("a b")]
    [InlineData("a\r\nBcc: b@example.com")]
    [InlineData("é")]
    [InlineData("")]
    public void An_id_with_a_line_break_space_or_letter_beyond_ASCII_is_refused(string id)
    {
        Assert.Equal("MailIdInvalid", Assert.Throws<MailMessageException>(() => Write(Messages.One(customId: id))).Code);
        Assert.Equal("MailIdInvalid", Assert.Throws<MailMessageException>(() => Write(Messages.One(attempt: id))).Code);
    }

    [Fact]
    public void A_refusal_never_shows_what_was_refused()
    {
        var error = Assert.Throws<MailMessageException>(() => Write(Messages.One(headers: [new("X-Link https://gtbt.co/SECRETSECRE", "https://gtbt.co/SECRETSECRE\n")])));
        Assert.DoesNotContain("gtbt.co", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_subject_and_name_come_back_and_no_line_is_too_long()
    {
        var words = Gen.Elements("cadeau", "é", "🎁", " ", "  ", "=?utf-8?Q?x?=", "\"", "\\", "(a)", "<", ",", "_", "=", "?", "\u00A0", new string('w', 90), "a b c")
            .ListOf().Select(parts => string.Concat(parts).Trim(' ')).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(words, text =>
        {
            var raw = Raw(Messages.One(subject: text, toName: text));
            foreach (var line in raw.Split("\r\n")) Assert.True(line.Length <= 78, line);
            var mail = MimeReader.Parse(raw);
            Assert.Equal(text, MimeReader.Decode(mail["Subject"]));
            var to = mail["To"];
            var name = to[..Math.Max(0, to.LastIndexOf('<'))].TrimEnd(' ');
            name = name.StartsWith('"') ? Unescape().Replace(name[1..^1], "$1") : MimeReader.Decode(name);
            Assert.Equal(text.Trim(), name);
        }));
    }

    [Fact]
    public void Every_line_of_a_real_message_fits_76_characters_and_is_ASCII()
    {
        var raw = Raw(Messages.One(html: string.Concat(Enumerable.Repeat("<td style=\"color:#0a2540\">Été à Québec</td>", 300)), images: [Messages.Logo(fileName: new string('é', 90) + ".png")]));
        Assert.All(raw.Split("\r\n"), line =>
        {
            Assert.True(line.Length <= 76 || line.StartsWith("Content-ID", StringComparison.Ordinal), line);
            Assert.True(Ascii.IsValid(line));
        });
    }

    [Fact]
    public void A_long_file_name_is_written_in_numbered_pieces()
    {
        var mail = Write(Messages.One(images: [Messages.Logo(fileName: new string('é', 40) + ".png")]));
        var disposition = mail.Parts[1].Parts[1]["Content-Disposition"];
        var pieces = disposition.Split("; ")[1..];
        Assert.StartsWith("filename*0*=utf-8''%C3%A9", pieces[0], StringComparison.Ordinal);
        Assert.StartsWith("filename*1*=%C3%A9", pieces[1], StringComparison.Ordinal);
        var joined = string.Concat(pieces.Select(p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace("utf-8''", "", StringComparison.Ordinal).TrimEnd(';')));
        Assert.Equal(new string('é', 40) + ".png", Uri.UnescapeDataString(joined));
    }

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Unescape();

    private static MimeReader Write(RenderedMessage message) => MimeReader.Parse(Raw(message));

    private static string Raw(RenderedMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        MimeWriter.Write(message, Now, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
