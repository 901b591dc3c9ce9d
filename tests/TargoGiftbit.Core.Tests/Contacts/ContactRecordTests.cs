using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class ContactRecordTests
{
    [Fact]
    public void Fields_are_known_by_the_names_of_a_header()
    {
        var contact = Read(("N° de client", "12"), ("Prénom", " Marie-Ève "), ("Nom", "Roy"), ("Courriel", "m@example.com"), ("Langue", "English"), ("Forfait", "Fibre"))!;
        Assert.Equal(("12", "Marie-Ève", "Roy", "m@example.com", GiftLanguage.En), (contact.CustomerId, contact.FirstName, contact.LastName, contact.Email, contact.Language));
        Assert.Equal("Fibre", Assert.Single(contact.Other).Value);
        Assert.Null(contact.ProblemCode);
    }

    [Fact]
    public void Without_an_address_or_a_first_name_it_is_no_contact()
    {
        Assert.Null(Read(("Prénom", "Ann")));
        Assert.Null(Read(("Courriel", "a@example.com")));
        Assert.NotNull(Read(("Prénom", ""), ("Courriel", "")));
    }

    [Fact]
    public void A_bad_value_is_flagged() => Assert.Equal("ContactEmailInvalid", Read(("FirstName", "Ann"), ("Email", "nope"))!.ProblemCode);

    [Fact]
    public void A_problem_that_came_along_stays_with_its_line()
    {
        var contact = Read(("FirstName", "Ann"), ("Email", "a@example.com"), ("Problem", "Too many fields."), ("ProblemCode", "ContactTooManyFields"), ("Line", "7"))!;
        Assert.Equal(("ContactTooManyFields", "Too many fields.", 7), (contact.ProblemCode, contact.Problem, contact.Line));
        Assert.Empty(contact.Other);
    }

    [Fact]
    public void A_gift_link_does_not_travel_on() => Assert.Empty(Read(("FirstName", "Ann"), ("Email", "a@example.com"), ("Gift Link", "http://gtbt.co/abc"))!.Other);

    private static GiftContact? Read(params (string Name, string? Value)[] fields) =>
        ContactRecord.Read(fields.Select(f => new KeyValuePair<string, string?>(f.Name, f.Value)));
}
