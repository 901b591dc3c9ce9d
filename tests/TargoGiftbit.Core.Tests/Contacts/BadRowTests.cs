using System.Text;
using TargoGiftbit.Core.Contacts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class BadRowTests
{
    private const string Header = "id;Prénom;Nom;Courriel\n";

    [Theory]
    [InlineData("1;Anne;Roy", ContactCodes.TooFewFields)]
    [InlineData("1;Anne;Roy;anne@example.com;x", ContactCodes.TooManyFields)]
    [InlineData("1;\"Anne\"x;Roy;anne@example.com", ContactCodes.QuoteMalformed)]
    [InlineData("1;\"An\nne\";Roy;anne@example.com", ContactCodes.ControlCharacter)]
    [InlineData("1;Anne;R\u0007oy;anne@example.com", ContactCodes.ControlCharacter)]
    [InlineData("1;Anne\u202e;Roy;anne@example.com", ContactCodes.ControlCharacter)]
    [InlineData("1;Anne;Roy;\"anne@example.com\nBcc: all@example.com\"", ContactCodes.ControlCharacter)]
    [InlineData("1;Ã‰lise;Roy;elise@example.com", ContactCodes.EncodingDoubtful)]
    [InlineData("1;AndrÃ©;Roy;andre@example.com", ContactCodes.EncodingDoubtful)]
    [InlineData("1;Andr\ufffd;Roy;andre@example.com", ContactCodes.EncodingDoubtful)]
    [InlineData("1;Andr\ufffe;Roy;andre@example.com", ContactCodes.EncodingDoubtful)]
    [InlineData("1;Andr‚;Roy;andre@example.com", ContactCodes.EncodingDoubtful)]
    [InlineData("1;Anne;Roy;", ContactCodes.EmailMissing)]
    [InlineData("1;Anne;Roy;anne", ContactCodes.EmailInvalid)]
    [InlineData("1;Anne;Roy;anne@example.com, b@example.com", ContactCodes.EmailInvalid)]
    [InlineData("1;;;anne@example.com", ContactCodes.NameMissing)]
    public async Task A_bad_row_is_passed_on_flagged_between_its_good_neighbours(string row, string code)
    {
        var contacts = await CsvText.ReadAsync($"{Header}0;Luc;Roy;luc@example.com\n{row}\n9;Zoé;Roy;zoe@example.com\n");

        Assert.Equal([null, code, null], contacts.Select(contact => contact.ProblemCode));
        Assert.Equal(3, contacts[1].Line);
        Assert.NotEmpty(contacts[1].Problem!);
        Assert.Equal("Zoé", contacts[2].FirstName);
    }

    [Fact]
    public async Task A_Windows_1252_row_in_a_UTF8_file_does_not_reach_a_customer_misspelt()
    {
        byte[] mixed = [.. Encoding.UTF8.GetBytes("id;prenom;nom;courriel\n1;Élise;Côté;elise@example.com\n"), .. ContactEncoding.Windows1252.GetBytes("2;André;Roy;andre@example.com\n")];

        var contacts = await CsvText.ReadAsync(mixed);

        // As Windows-1252, the second row is right and the first is not; the first must not be taken as it is.
        Assert.Equal([ContactCodes.EncodingDoubtful, null], contacts.Select(contact => contact.ProblemCode));
    }

    [Theory]
    [InlineData("Jean \"Ti-Jean\"")]
    [InlineData("François-Xavier d’Arc")]
    [InlineData("JOSÉ\u00a0LUIS")]
    [InlineData("Åsa Škvorecký")]
    [InlineData("Nguyễn Thị Ánh")]
    [InlineData("王小明")]
    public async Task A_name_is_not_doubted_for_being_unusual(string name)
    {
        var contact = Assert.Single(await CsvText.ReadAsync($"{Header}1;{name};Roy;a@example.com\n"));

        Assert.Equal((name.Normalize(), null), (contact.FirstName, contact.ProblemCode));
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        Assert.Equal(ContactCodes.FileEmpty, (await CsvText.RefusedAsync("")).Code);
        Assert.Equal(ContactCodes.FileEmpty, (await CsvText.RefusedAsync("\ufeff\r\n;;\r\n")).Code);
    }

    [Fact]
    public async Task A_header_without_rows_gives_no_contacts() => Assert.Empty(await CsvText.ReadAsync(Header));

    [Theory]
    [InlineData("id;Prénom;Nom\n1;a;b\n", "e-mail address")]
    [InlineData("id;Nom;Courriel\n1;a;b@example.com\n", "first name")]
    public async Task A_missing_column_is_named_beside_those_that_were_found(string text, string missing)
    {
        var error = await CsvText.RefusedAsync(text);

        Assert.Equal(ContactCodes.ColumnMissing, error.Code);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.Contains("'Nom'", error.Message, StringComparison.Ordinal);
        Assert.Contains("clients.csv", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Remedy);
    }

    [Theory]
    [InlineData("id;no client;Prénom;Courriel\n")]
    [InlineData("Courriel;E-mail;Prénom\n")]
    [InlineData("Prénom;Prénom;Courriel\n")]
    public async Task Two_columns_for_one_field_are_refused(string header)
    {
        var error = await CsvText.RefusedAsync(header + "1;2;3;4\n");

        Assert.Equal(ContactCodes.ColumnAmbiguous, error.Code);
        Assert.Contains(header.Split(';')[1], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1;\"Anne;Roy;anne@example.com\n2;Luc;Roy;luc@example.com\n3;Zoé;Roy;zoe@example.com\n")]
    [InlineData("1;Anne \"A\";\"Roy;anne@example.com\n2;Luc;Roy;luc@example.com\n")]
    [InlineData("1;\"Anne;Roy;anne@example.com\n2;\"Luc\";Roy;luc@example.com\n3;Zoé;Roy;zoe@example.com\n")]
    public async Task A_quotation_mark_that_swallows_other_customers_stops_the_reading(string rows)
    {
        var error = await CsvText.RefusedAsync(Header + rows);

        Assert.Equal(ContactCodes.QuoteUnclosed, error.Code);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quotation_mark_that_swallows_a_large_file_does_not_fill_the_memory()
    {
        var text = Header + "1;\"Anne;Roy;anne@example.com\n" + string.Concat(Enumerable.Repeat("2;Luc;Roy;luc@example.com\n", 20_000));

        var error = await CsvText.RefusedAsync(text);

        Assert.Equal(ContactCodes.RecordTooLong, error.Code);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_in_place_of_a_text_file_is_recognised()
    {
        var error = await Assert.ThrowsAsync<GiftContactException>(() => CsvText.ReadAsync([(byte)'P', (byte)'K', 3, 4, 20, 0, 6, 0]));

        Assert.Equal(ContactCodes.FileNotText, error.Code);
    }

    [Fact]
    public void An_unknown_encoding_is_refused_by_name()
    {
        var error = Assert.Throws<GiftContactException>(() => ContactEncoding.Parse("utf-9"));

        Assert.Contains("utf-9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gift_link_in_a_contact_list_is_neither_kept_nor_told()
    {
        const string Link = "http://gtbt.example/secretsecret";

        var contacts = await CsvText.ReadAsync($"id;Prénom;Courriel;Forfait;Gift link\n1;Anne;anne@example.com;x;{Link}\n{Link};{Link};{Link};{Link};{Link}\n");
        var error = await CsvText.RefusedAsync($"1;Anne;anne@example.com;{Link}\n");
        var problems = ContactChecks.Find([.. contacts, contacts[1] with { Email = "x@example.com", ProblemCode = null, Problem = null }], new ContactCheckOptions());

        Assert.Equal(["Forfait"], contacts[0].Other.Keys);
        Assert.DoesNotContain("secretsecret", $"{contacts[1].Problem} {string.Join(' ', problems.Select(problem => problem.Message))} {error}", StringComparison.Ordinal);
    }
}
