using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

/// <summary>What holds for every file, not only for those that somebody thought of.</summary>
public sealed class ContactReaderProperties
{
    // All of them can be written in Windows-1252 too.
    private static readonly Gen<string> Name =
        Gen.Elements("Élise", "Jean-François", "O'Neil", "D’Arc", "Zoé \"Zaza\"", "Roy, fils", "a;b", "\"Ti\" Jean", "Zoë Šimonœ", "Smith", "");

    private static readonly Gen<string> Note = Gen.Elements("", "x", "12, rue A\r\nSaint-Rémi", "\"", "\"\"", ";;;", ",,,", "\t\t", "\n", "it's \"so\"; so, so");

    private static readonly Gen<GiftContact> Contact =
        from id in Gen.Choose(1, 99999)
        from first in Name.Where(name => name.Length > 0)
        from last in Name
        from note in Note
        from english in Gen.Elements(true, false)
        select new GiftContact
        {
            CustomerId = $"C{id}",
            FirstName = first,
            LastName = last,
            Email = $"client{id}@example.com",
            Language = english ? GiftLanguage.En : GiftLanguage.Fr,
            Other = new Dictionary<string, string> { ["Remarque"] = CellText.Trim(note) },
        };

    private static readonly Gen<Format> AnyFormat =
        from separator in Gen.Elements(',', ';', '\t')
        from encoding in Gen.Elements("utf-8", "utf-8-bom", "utf-16", "utf-16BE", "windows-1252")
        from lineBreak in Gen.Elements("\r\n", "\n", "\r")
        from quoteAll in Gen.Elements(true, false)
        from blanks in Gen.Elements(true, false)
        from header in Gen.Elements(
            "No client|Prénom|Nom|Courriel|Langue|Remarque",
            "customer_id|first name|LAST NAME|E-Mail|Language|Remarque",
            "ID|Given Name|Surname|Adresse électronique|lang|Remarque",
            "# client|PRÉNOM|NOM DE FAMILLE|Adresse de courriel|Langue de communication|Remarque")
        select new Format(separator, encoding, lineBreak, quoteAll, blanks, header.Split('|'));

    [Fact]
    public void Every_contact_comes_back_from_every_format()
    {
        var files = from format in AnyFormat from contacts in Gen.NonEmptyListOf(Contact) select (Format: format, Contacts: contacts);
        Check.QuickThrowOnFailure(Prop.ForAll(files.ToArbitrary(), file =>
        {
            var written = file.Contacts.ToArray();
            var read = CsvText.ReadAsync(file.Format.Write(written)).GetAwaiter().GetResult();
            Assert.Equal(written.Select(Shown), read.Select(Shown));
        }));
    }

    [Fact]
    public void No_bytes_whatever_end_in_another_error_than_ours()
    {
        // Mostly the characters that CSV gives a meaning to, behind a header that is understood, so that the rows are reached.
        var alphabet = "\"\";;,,\t\r\n\n ab@.=é\ufeff\0\u202e"u8.ToArray();
        var noise = Gen.ArrayOf(Gen.Frequency((4, Gen.Elements(alphabet)), (1, Gen.Choose(0, 255).Select(b => (byte)b))));
        var files =
            from head in Gen.Elements("", "Prénom;Courriel\n", "id,firstname,lastname,email\r\n", "sep=;\n", "\ufeff", "\"Prénom\";\"Courriel\";\"")
            from tail in noise
            select Encoding.UTF8.GetBytes(head).Concat(tail).ToArray();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(files.ToArbitrary(), bytes =>
        {
            try
            {
                foreach (var contact in CsvText.ReadAsync(bytes).GetAwaiter().GetResult())
                    Assert.True(contact.Problem is not null || EmailAddress.IsValid(contact.Email), "A contact that is not flagged has a usable address.");
            }
            catch (GiftContactException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }));
    }

    [Fact]
    public void No_gift_file_whatever_ends_in_another_error_than_ours_or_shows_a_link()
    {
        var path = Path.GetTempFileName();
        try
        {
            var cell = Gen.Elements("", "60.00", "http://gtbt.example/secretsecret", "gtbt.example/secretsecret", "\"", "x", "CAD", "999999999999999999", "2026-13-45", "\0", "é");
            var rows = Gen.ArrayOf(Gen.ArrayOf(cell).Select(cells => string.Join(",", cells))).Select(lines => "link,price,currency,email\n" + string.Join("\n", lines));
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(rows.ToArbitrary(), text =>
            {
                File.WriteAllText(path, text);
                try
                {
                    foreach (var row in GiftFileReader.ReadAsync(path).ToBlockingEnumerable())
                    {
                        Assert.True(row.Link is not null || row.ProblemCode is not null, "A row without a link is flagged.");
                        Assert.DoesNotContain("secretsecret", $"{row} {row.Problem}", StringComparison.Ordinal);
                    }
                }
                catch (GiftContactException e)
                {
                    Assert.DoesNotContain("secretsecret", e.ToString(), StringComparison.Ordinal);
                }
            }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_row_of_a_pairing_is_in_one_pair_or_has_one_problem()
    {
        var id = Gen.Elements<string?>("1", "2", "3", "4", null);
        var email = Gen.Elements("a@example.com", "b@example.com", "C@example.com", "");
        var gift = from i in id from e in email from link in Gen.Choose(1, 8) select (i, e, link);
        var contact = from i in id from e in email select (i, e);
        var files = from gifts in Gen.ListOf(gift).Resize(6) from contacts in Gen.ListOf(contact).Resize(6) select (Gifts: gifts.ToArray(), Contacts: contacts.ToArray());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(files.ToArbitrary(), file =>
        {
            var gifts = file.Gifts.Select((g, n) => new GiftFileRow { Line = n, CustomerId = g.i, Email = g.e, Link = new GiftLink($"http://gtbt.example/{g.link}") }).ToArray();
            var contacts = file.Contacts.Select((c, n) => new GiftContact { Line = n, CustomerId = c.i, FirstName = "A", Email = c.e }).ToArray();

            var result = GiftContactPairing.Join(gifts, contacts, new PairingOptions());

            Assert.Equal(
                Enumerable.Range(0, gifts.Length),
                result.Pairs.Select(pair => pair.Gift.Line).Concat(Lines(result, PairingSide.Gift)).Order());
            Assert.Equal(
                Enumerable.Range(0, contacts.Length),
                result.Pairs.Select(pair => pair.Contact.Line).Concat(Lines(result, PairingSide.Contact)).Order());
            Assert.All(result.Pairs, pair => Assert.True(
                (pair.Gift.CustomerId is not null && pair.Gift.CustomerId == pair.Contact.CustomerId) || EmailAddress.Key(pair.Gift.Email) == EmailAddress.Key(pair.Contact.Email)));
            Assert.Equal(result.Pairs.Count, result.Pairs.Select(pair => pair.Gift.Link).Distinct().Count());
        }));
    }

    private static IEnumerable<int> Lines(PairingResult result, PairingSide side) =>
        result.Problems.Where(problem => problem.Side == side).Select(problem => problem.Line);

    private static string Shown(GiftContact contact) =>
        $"{contact.CustomerId}|{contact.FirstName}|{contact.LastName}|{contact.Email}|{contact.Language}|{contact.Other["Remarque"]}|{contact.Problem}";

    private sealed record Format(char Separator, string Encoding, string LineBreak, bool QuoteAll, bool Blanks, string[] Header)
    {
        internal byte[] Write(IEnumerable<GiftContact> contacts)
        {
            var text = new StringBuilder();
            Row(text, Header);
            foreach (var contact in contacts)
            {
                if (Blanks) text.Append(LineBreak).Append(Separator, Header.Length - 1).Append(LineBreak);
                Row(text, contact.CustomerId!, contact.FirstName, contact.LastName, contact.Email, contact.Language == GiftLanguage.En ? "en-CA" : "fr", contact.Other["Remarque"]);
            }
            return CsvText.Bytes(text.ToString(), Encoding switch
            {
                "utf-8" => new UTF8Encoding(false),
                "utf-8-bom" => new UTF8Encoding(true),
                "utf-16" => System.Text.Encoding.Unicode,
                "utf-16BE" => System.Text.Encoding.BigEndianUnicode,
                _ => ContactEncoding.Windows1252,
            });
        }

        private void Row(StringBuilder text, params string[] cells)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (i > 0) text.Append(Separator);
                var mustQuote = cells[i].Contains(Separator, StringComparison.Ordinal) || cells[i].AsSpan().ContainsAny("\"\r\n");
                text.Append(QuoteAll || mustQuote ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[i]);
            }
            text.Append(LineBreak);
        }
    }
}
