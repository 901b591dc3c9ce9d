using System.Text;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class ContactReaderTests
{
    private const string French = "No client;Prénom;Nom;Courriel;Langue\r\nC1;Élise;Côté;elise@example.com;fr\r\nC2;John;O'Neil;john@example.com;English\r\n";

    public static TheoryData<string> EncodingNames => ["utf-8", "utf-8-bom", "utf-16", "utf-16-no-bom", "utf-16BE", "utf-16BE-no-bom", "utf-32", "windows-1252"];

    [Theory]
    [MemberData(nameof(EncodingNames))]
    public async Task Accents_survive_in_every_encoding(string name)
    {
        Encoding encoding = name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16" => new UnicodeEncoding(false, true),
            "utf-16-no-bom" => new UnicodeEncoding(false, false),
            "utf-16BE" => new UnicodeEncoding(true, true),
            "utf-16BE-no-bom" => new UnicodeEncoding(true, false),
            "utf-32" => new UTF32Encoding(false, true),
            _ => ContactEncoding.Windows1252,
        };

        var contacts = await CsvText.ReadAsync(French, encoding);

        Assert.Equal(2, contacts.Count);
        Assert.All(contacts, contact => Assert.Null(contact.Problem));
        Assert.Equal(("C1", "Élise", "Côté", "elise@example.com", GiftLanguage.Fr, 2), Fields(contacts[0]));
        Assert.Equal(("C2", "John", "O'Neil", "john@example.com", GiftLanguage.En, 3), Fields(contacts[1]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_file_is_read_whole_whether_or_not_it_fits_into_what_is_read_at_once(int more)
    {
        var text = new StringBuilder("id,firstname,lastname,email\n");
        for (var i = 1; i <= 1000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},Anne,Roy,anne{i}@example.com\n");
        const string last = ",Anne,Gagne,last@example.com";
        text.Append(new string('9', 64 * 1024 + more - text.Length - last.Length)).Append(last);

        var contacts = await CsvText.ReadAsync(text.ToString(), Encoding.ASCII);

        Assert.Equal(1001, contacts.Count);
        Assert.Equal(("last@example.com", 1002), (contacts[^1].Email, contacts[^1].Line));
    }

    [Fact]
    public async Task The_first_accent_of_a_Windows_1252_file_may_stand_on_its_last_line()
    {
        var text = new StringBuilder("id,firstname,lastname,email\n");
        for (var i = 1; i <= 90_000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},Anne,Roy,anne{i}@example.com\n");
        text.Append("90001,Zoé,Gagné,zoe@example.com\n");

        var contacts = await CsvText.ReadAsync(text.ToString(), ContactEncoding.Windows1252);

        Assert.Equal(90_001, contacts.Count);
        Assert.Equal("Zoé Gagné", $"{contacts[^1].FirstName} {contacts[^1].LastName}");
        Assert.Equal(90_002, contacts[^1].Line);
    }

    [Fact]
    public async Task An_encoding_that_is_named_is_used()
    {
        var contacts = await CsvText.ReadAsync(
            CsvText.Bytes(French, ContactEncoding.Parse("850")), new ContactReaderOptions { Encoding = ContactEncoding.Parse("850") });

        Assert.Equal("Élise", contacts[0].FirstName);
    }

    [Fact]
    public async Task A_byte_order_mark_wins_over_the_encoding_that_is_named()
    {
        var contacts = await CsvText.ReadAsync(
            CsvText.Bytes(French, new UTF8Encoding(true)), new ContactReaderOptions { Encoding = ContactEncoding.Windows1252 });

        Assert.Equal("Élise", contacts[0].FirstName);
    }

    [Fact]
    public async Task A_pipe_that_cannot_seek_is_read_as_well()
    {
        using var pipe = new OneWayStream(CsvText.Bytes(French, ContactEncoding.Windows1252));

        Assert.Equal("Élise", (await CsvText.ReadAsync(pipe))[0].FirstName);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task The_separator_is_found_by_the_header(char separator)
    {
        var text = French.Replace(';', separator);

        Assert.Equal(("C1", "Élise", "Côté", "elise@example.com", GiftLanguage.Fr, 2), Fields((await CsvText.ReadAsync(text))[0]));
    }

    [Fact]
    public async Task A_header_in_quotes_may_contain_the_other_separators()
    {
        var contacts = await CsvText.ReadAsync(
            "\"Remarques, divers, notes, etc.\";\"Prénom\";\"Courriel\"\r\n\"a, b, c, d\";\"Élise\";\"elise@example.com\"\r\n");

        Assert.Equal("Élise", contacts[0].FirstName);
        Assert.Equal("a, b, c, d", contacts[0].Other["Remarques, divers, notes, etc."]);
    }

    [Fact]
    public async Task The_separator_that_Excel_writes_on_a_line_of_its_own_is_obeyed()
    {
        var contacts = await CsvText.ReadAsync("sep=;\r\nPrénom;Courriel\r\nÉlise;elise@example.com\r\n");

        Assert.Equal(("Élise", 3), (Assert.Single(contacts).FirstName, contacts[0].Line));
    }

    [Fact]
    public async Task Another_separator_can_be_named()
    {
        var contacts = await CsvText.ReadAsync("Prénom|Courriel\nÉlise|elise@example.com\n", null, new ContactReaderOptions { Separator = '|' });

        Assert.Equal("Élise", contacts[0].FirstName);
    }

    [Theory]
    [InlineData("prenom,nom,courriel,langue,no client")]
    [InlineData("PRÉNOM,NOM DE FAMILLE,ADRESSE COURRIEL,LANGUE,NUMÉRO DE CLIENT")]
    [InlineData("First Name,Last Name,E-mail,Language,Customer ID")]
    [InlineData("first_name,surname,Mail,lang,# client")]
    [InlineData("givenName,familyName,Adresse électronique,Langue de correspondance,N° de client")]
    [InlineData("\u00a0Prénom ,Nom,Courrier électronique,Langue,Code client")]
    [InlineData("Pre\u0301nom,Nom,Courriel,Langue,id")]
    [InlineData("Given name,Last,Email address,Locale,no_client")]
    public async Task A_header_may_be_French_or_English_in_any_spelling(string header)
    {
        var contact = Assert.Single(await CsvText.ReadAsync(header + "\nMarie,Roy,marie@example.com,en-CA,C9\n"));

        Assert.Equal(("C9", "Marie", "Roy", "marie@example.com", GiftLanguage.En, 2), Fields(contact));
        Assert.Empty(contact.Other);
    }

    [Fact]
    public async Task Columns_that_are_not_known_are_kept_under_their_own_names()
    {
        var contact = Assert.Single(await CsvText.ReadAsync("id,Prénom,Courriel,Forfait,Notes,notes,\n1,Marie,marie@example.com,Fibre 500,a,b,\n"));

        Assert.Equal(["Forfait=Fibre 500", "Notes=a", "notes (2)=b"], contact.Other.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public async Task Line_breaks_in_quotes_blank_lines_and_lines_of_separators_only_are_no_obstacle()
    {
        var contacts = await CsvText.ReadAsync(
            "\r\n;;;\r\nNo client;Prénom;Courriel;Adresse\r\n\r\n1;Anne;anne@example.com;\"12, rue A\r\nSaint-Rémi\"\r\n \r\n;\u00a0;;\r\n2;Luc;luc@example.com;x");

        Assert.Equal([("1", 5), ("2", 9)], contacts.Select(contact => (contact.CustomerId, contact.Line)));
        Assert.Equal("12, rue A\r\nSaint-Rémi", contacts[0].Other["Adresse"]);
        Assert.All(contacts, contact => Assert.Null(contact.Problem));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public async Task Lines_are_counted_as_an_editor_counts_them(string lineBreak)
    {
        var text = string.Join(lineBreak, "Prénom;Courriel;Note", "A;a@example.com;\"un", "deux\"", "", "B;b@example.com;");

        Assert.Equal([2, 5], (await CsvText.ReadAsync(text)).Select(contact => contact.Line));
    }

    [Fact]
    public async Task Separators_at_the_end_of_lines_do_no_harm()
    {
        var contacts = await CsvText.ReadAsync("Prénom;Courriel;;\nA;a@example.com\nB;b@example.com;;\nC;c@example.com;;;;\n");

        Assert.All(contacts, contact => Assert.Null(contact.Problem));
        Assert.Equal(3, contacts.Count);
    }

    [Fact]
    public async Task Cells_are_trimmed_of_every_kind_of_blank_and_names_are_composed()
    {
        var contact = Assert.Single(await CsvText.ReadAsync("id;Prénom;Nom;Courriel\n\u00a0C1\u202f; E\u0301lise\u00a0;\ufeffCo\u0302te\u0301\u200b;\t elise@example.com \n"));

        Assert.Equal(("C1", "Élise", "Côté", "elise@example.com"), (contact.CustomerId, contact.FirstName, contact.LastName, contact.Email));
        Assert.Null(contact.Problem);
    }

    [Theory]
    [InlineData("en", GiftLanguage.En)]
    [InlineData(" EN-ca ", GiftLanguage.En)]
    [InlineData("English", GiftLanguage.En)]
    [InlineData("fr", GiftLanguage.Fr)]
    [InlineData("", GiftLanguage.Fr)]
    [InlineData("es", GiftLanguage.Fr)]
    [InlineData(null, GiftLanguage.Fr)]
    public void Only_what_begins_with_en_means_English(string? text, GiftLanguage language) => Assert.Equal(language, ContactLanguage.Of(text));

    private static (string? Id, string First, string Last, string Email, GiftLanguage Language, int Line) Fields(GiftContact contact) =>
        (contact.CustomerId, contact.FirstName, contact.LastName, contact.Email, contact.Language, contact.Line);
}
