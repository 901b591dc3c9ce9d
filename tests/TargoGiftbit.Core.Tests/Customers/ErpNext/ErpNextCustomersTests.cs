using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Customers.ErpNext;

/// <summary>Who is written to, and who is not (spec I1, reference/erpnext.md §4).</summary>
public sealed class ErpNextCustomersTests
{
    [Fact]
    public async Task A_customer_is_written_to_as_its_primary_contact_in_its_language()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Tremblay, Zoé", ("customer_primary_contact", "zoé-1"), ("email_id", "ancienne@example.ca"), ("language", "en-CA"));
        bench.Store.AddContact("zoé-1", "zoe@example.ca", ["C-1"], ("first_name", "Zoé"), ("last_name", "Tremblay"));
        var contact = await bench.OneAsync();
        Assert.Equal(("C-1", "Zoé", "Tremblay", "zoe@example.ca", GiftLanguage.En), (contact.CustomerId, contact.FirstName, contact.LastName, contact.Email, contact.Language));
        Assert.Null(contact.Problem);
        Assert.Equal("Montérégie", contact.Other["territory"]);
    }

    [Fact]
    public async Task The_basis_of_consent_is_recorded_with_its_time()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy", ("email_id", "roy@example.ca"));
        bench.Store.AddCustomer("C-2", "Côté", ("email_id", "cote@example.ca"), ("disabled", 1));
        var contacts = await bench.ReadAsync(new() { IncludeDisabled = true });
        Assert.Equal(["active customer", null], contacts.Select(contact => contact.ConsentBasis));
        Assert.All(contacts, contact => Assert.Equal(ErpNextBench.Start, contact.ConsentCheckedAt));
    }

    [Theory]
    [InlineData("fr", GiftLanguage.Fr)]
    [InlineData("fr-CA", GiftLanguage.Fr)]
    [InlineData("en", GiftLanguage.En)]
    [InlineData("en-US", GiftLanguage.En)]
    [InlineData("es", GiftLanguage.Fr)]
    [InlineData(null, GiftLanguage.Fr)]
    public async Task English_needs_a_recorded_choice(string? code, GiftLanguage language)
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy", ("email_id", "roy@example.ca"), ("language", code));
        Assert.Equal(language, (await bench.OneAsync()).Language);
    }

    [Fact]
    public async Task The_primary_row_of_a_contact_wins_over_the_copy_that_an_import_left_behind()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy", ("customer_primary_contact", "roy"));
        var contact = bench.Store.AddContact("roy", "copie@example.ca", ["C-1"], ("first_name", "Luc"));
        contact.Children["email_ids"] =
        [
            new() { ["email_id"] = "copie@example.ca", ["is_primary"] = 0 },
            new() { ["email_id"] = "vraie@example.ca", ["is_primary"] = 1 },
        ];
        Assert.Equal("vraie@example.ca", (await bench.OneAsync()).Email);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contact_without_a_primary_row_is_written_to_at_its_copy(bool childFilters)
    {
        await using var bench = await ErpNextBench.StartAsync(set: switches => switches.ChildFilters = childFilters);
        bench.Store.AddCustomer("C-1", "Roy", ("customer_primary_contact", "roy"));
        bench.Store.AddContact("roy", "copie@example.ca", ["C-1"], ("first_name", "Luc")).Children["email_ids"] = [];
        Assert.Equal("copie@example.ca", (await bench.OneAsync()).Email);
    }

    [Fact]
    public async Task Without_an_address_of_the_primary_contact_the_customers_own_counts_with_the_name_of_whom_it_belongs_to()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Ferme Roy & Fils", ("customer_type", "Company"), ("email_id", "Luc@Example.ca"));
        bench.Store.AddContact("première", "autre@example.ca", ["C-1"], ("first_name", "Ann"), ("is_primary_contact", 1));
        bench.Store.AddContact("luc", "luc@example.ca", ["C-1"], ("first_name", "Luc"), ("last_name", "Roy"));
        var contact = await bench.OneAsync();
        Assert.Equal(("Luc@Example.ca", "Luc", "Roy"), (contact.Email, contact.FirstName, contact.LastName));
    }

    [Fact]
    public async Task Else_a_linked_contact_counts_the_main_one_first_then_the_oldest()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy");
        bench.Store.AddContact("a", "jeune@example.ca", ["C-1"], ("first_name", "A"), ("creation", "2026-05-01 00:00:00"));
        bench.Store.AddContact("b", "vieux@example.ca", ["C-1", "C-2"], ("first_name", "B"), ("creation", "2020-05-01 00:00:00"));
        bench.Store.AddCustomer("C-2", "Côté");
        bench.Store.AddContact("c", "principal@example.ca", ["C-2"], ("first_name", "C"), ("creation", "2026-06-01 00:00:00"), ("is_primary_contact", 1));
        bench.Store.AddContact("sans adresse", null, ["C-2"], ("is_primary_contact", 1), ("creation", "2001-01-01 00:00:00"));
        Assert.Equal([("C-1", "vieux@example.ca", "B"), ("C-2", "principal@example.ca", "C")], (await bench.ReadAsync()).Select(c => (c.CustomerId!, c.Email, c.FirstName)));
    }

    [Fact]
    public async Task A_customers_name_is_never_a_first_name()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Tremblay, Marie", ("email_id", "marie@example.ca"));
        var contact = await bench.OneAsync();
        Assert.Equal(("", "Tremblay, Marie"), (contact.FirstName, contact.LastName));
        Assert.Null(contact.Problem);
    }

    [Fact]
    public async Task A_customer_without_an_address_is_reported()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy", ("customer_primary_contact", "roy"));
        bench.Store.AddContact("roy", null, ["C-1"], ("first_name", "Luc"));
        bench.Store.AddCustomer("C-2", "Seul", ("customer_primary_contact", "parti"));
        var contacts = await bench.ReadAsync();
        Assert.All(contacts, contact => Assert.Equal(ErpNextCodes.EmailMissing, contact.ProblemCode));
        Assert.Contains("C-1", contacts[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_said_no_is_reported_whether_as_this_contact_or_as_another_with_the_address()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy", ("customer_primary_contact", "roy"));
        bench.Store.AddContact("roy", "roy@example.ca", ["C-1"], ("unsubscribed", 1));
        bench.Store.AddCustomer("C-2", "Côté", ("email_id", "COTE@example.ca"));
        bench.Store.AddContact("vieux", "cote@example.ca", [], ("unsubscribed", 1));
        bench.Store.AddCustomer("C-3", "Lavoie", ("customer_primary_contact", "lavoie"), ("email_id", "autre@example.ca"));
        bench.Store.AddContact("lavoie", null, ["C-3"], ("unsubscribed", 1));
        bench.Store.AddCustomer("C-4", "Bon", ("email_id", "bon@example.ca"));
        var contacts = await bench.ReadAsync();
        Assert.Equal([ErpNextCodes.Unsubscribed, ErpNextCodes.Unsubscribed, ErpNextCodes.Unsubscribed, null], contacts.Select(contact => contact.ProblemCode));
        Assert.All(contacts.Take(3), contact => Assert.Null(contact.ConsentBasis));
    }

    [Fact]
    public async Task Of_customers_who_share_an_address_the_later_ones_are_reported_also_on_another_page()
    {
        await using var bench = await ErpNextBench.StartAsync();
        foreach (var (name, email) in new[] { ("C-1", "maison@example.ca"), ("C-2", "b@example.ca"), ("C-3", "c@example.ca"), ("C-4", " Maison@Example.ca") })
            bench.Store.AddCustomer(name, name, ("email_id", email));
        var contacts = await bench.ReadAsync(pageSize: 2);
        Assert.Equal([null, null, null, ErpNextCodes.EmailShared], contacts.Select(contact => contact.ProblemCode));
        Assert.Contains("C-1", contacts[3].Problem, StringComparison.Ordinal);
        Assert.All(await bench.ReadAsync(new() { AllowSharedEmail = true }), contact => Assert.Null(contact.Problem));
    }

    [Fact]
    public async Task A_reported_customer_takes_its_address_away_from_nobody()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Fermé", ("email_id", "maison@example.ca"), ("disabled", 1));
        bench.Store.AddCustomer("C-2", "Ouvert", ("email_id", "maison@example.ca"));
        Assert.Equal([ErpNextCodes.CustomerDisabled, null], (await bench.ReadAsync(new() { IncludeDisabled = true })).Select(contact => contact.ProblemCode));
    }

    [Fact]
    public async Task An_address_that_cannot_be_right_is_reported_like_in_a_file()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy", ("email_id", "roy@exemple, autre@example.ca"));
        Assert.Equal(ContactCodes.EmailInvalid, (await bench.OneAsync()).ProblemCode);
    }

    [Fact]
    public async Task Disabled_customers_are_left_out_unless_asked_for()
    {
        await using var bench = await ErpNextBench.StartAsync(60);
        Assert.Equal(59, (await bench.ReadAsync()).Count);
        var disabled = (await bench.ReadAsync(new() { IncludeDisabled = true })).Where(contact => contact.ProblemCode == ErpNextCodes.CustomerDisabled);
        Assert.Equal("CUST-2026-00013", Assert.Single(disabled).CustomerId);
    }

    [Fact]
    public async Task Territories_groups_and_raw_conditions_narrow_the_list()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "A", ("territory", "Montérégie"), ("customer_group", "Affaires"));
        bench.Store.AddCustomer("C-2", "B", ("territory", "Suroît"), ("customer_type", "Company"));
        bench.Store.AddCustomer("C-3", "C", ("territory", "Ailleurs"));

        async Task<string> Ids(ErpNextCustomerQuery query) => string.Join(' ', (await bench.ReadAsync(query)).Select(contact => contact.CustomerId));

        Assert.Equal("C-2", await Ids(new() { Territories = ["Suroît"] }));
        Assert.Equal("C-1 C-2", await Ids(new() { Territories = ["Suroît", "Montérégie"] }));
        Assert.Equal("C-1", await Ids(new() { CustomerGroups = ["Affaires"] }));
        Assert.Equal("C-2", await Ids(new() { Where = """["customer_type","=","Company"]""" }));
        Assert.Equal("C-3", await Ids(new() { Where = """[["customer_type","=","Individual"],["Customer","territory","like","Aill%"]]""" }));
        Assert.Equal("C-1", await Ids(new() { Where = """{"territory":"Montérégie","customer_group":["in",["Affaires","X"]]}""" }));
    }

    [Theory]
    [InlineData("territory = Suroît")]
    [InlineData("[]")]
    [InlineData("""["territory"]""")]
    [InlineData("""[["territory","Suroît"]]""")]
    [InlineData("42")]
    public async Task A_condition_that_is_none_is_refused_before_anything_is_asked(string where)
    {
        await using var bench = await ErpNextBench.StartAsync();
        Assert.Equal("ErpNextWhereInvalid", (await bench.RefusalAsync(new() { Where = where })).Code);
        Assert.Empty(bench.Sim.Requests.Of("erpnext"));
    }
}
