using System.Text;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_has_300_customers_of_whom_294_can_be_ordered_for()
    {
        var contacts = new List<GiftContact>();
        await foreach (var contact in ContactReader.ReadAsync(Path.Combine(RepositoryRoot(), "samples", "clients.csv"))) contacts.Add(contact);

        var problems = ContactChecks.Find(contacts, new ContactCheckOptions { Environment = GiftEnvironment.Production });

        Assert.Equal(300, contacts.Count);
        Assert.Equal(
            [
                ContactCodes.EmailMissing, ContactCodes.EmailInvalid, ContactCodes.EmailInvalid, ContactCodes.IdDuplicate,
                ContactCodes.TooFewFields, ContactCodes.TooManyFields,
            ],
            problems.Select(problem => problem.Code));
        Assert.Contains(contacts, contact => contact.FirstName == "Élise");
        Assert.Contains(contacts, contact => contact.Other["Adresse"].Contains('\n', StringComparison.Ordinal));
        Assert.InRange(contacts.Count(contact => contact.Language == GiftLanguage.En), 30, 90);
    }

    [Fact]
    public async Task The_sample_is_as_an_office_exports_it_and_writes_to_nobody_real()
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot(), "samples", "clients.csv"));

        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(bytes));
        var text = ContactEncoding.Windows1252.GetString(bytes);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        // RFC 2606: these names belong to nobody.
        Assert.All(
            text.Split(';').Where(cell => cell.Contains('@', StringComparison.Ordinal)),
            cell => Assert.Matches(@"@(example\.(com|org|net)|courriel\.example|example,com)$", cell));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "TargoGiftbit.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
