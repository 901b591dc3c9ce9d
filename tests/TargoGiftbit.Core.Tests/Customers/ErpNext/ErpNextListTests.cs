using System.Globalization;
using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Simulator.ErpNext;

namespace TargoGiftbit.Core.Tests.Customers.ErpNext;

/// <summary>Reading many customers, whole and once, whatever the site does to its lists (reference/erpnext.md §2).</summary>
public sealed class ErpNextListTests
{
    [Fact]
    public async Task All_5000_customers_are_read_once_in_short_requests()
    {
        await using var bench = await ErpNextBench.StartAsync(5000, switches => switches.Naming = CustomerNaming.CustomerName);
        var contacts = await bench.ReadAsync();

        var expected = bench.Store.Customers.Where(customer => customer["disabled"] is not 1).Select(customer => customer.Name);
        Assert.Equal(expected, contacts.Select(contact => contact.CustomerId));
        Assert.DoesNotContain(bench.Sim.Requests.Of("erpnext"), request => request.Status != 200);
        Assert.All(bench.Sim.Requests.Of("erpnext"), request => Assert.InRange(request.Method.Length + request.Target.Length + 10, 0, 4094));
        // A request for each customer alone would be 5,000.
        Assert.InRange(bench.Sim.Requests.Of("erpnext").Count, 100, 1500);
        foreach (var contact in contacts.Where(contact => contact.Problem is null))
        {
            var number = int.Parse(contact.CustomerId!.Split(' ')[^1], CultureInfo.InvariantCulture);
            // Every 70th shares the address of the one before.
            Assert.Equal($"client{(number % 70 == 19 ? number - 1 : number)}@courriel.example", contact.Email);
            Assert.NotEqual("Ancien", contact.FirstName);
        }
        var reported = contacts.Where(contact => contact.Problem is not null).GroupBy(contact => contact.ProblemCode!).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal([ErpNextCodes.EmailMissing, ErpNextCodes.EmailShared, ErpNextCodes.Unsubscribed], reported.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Names_with_spaces_slashes_accents_and_ampersands_are_asked_for_exactly()
    {
        string[] names = ["A/B & Fils", "Été 100%", "Ferme #1?", "L'Écuyer + Roy", "Nguyễn \"Bob\" \\ Cie", "%2F", "..."];
        await using var bench = await ErpNextBench.StartAsync();
        for (var n = 0; n < names.Length; n++)
        {
            // No address at the contact: each is read by itself, by its name in the path.
            bench.Store.AddCustomer(names[n], names[n], ("email_id", $"c{n}@example.ca"));
            if (names[n] != "...") bench.Store.AddContact("Contact " + names[n], $"c{n}@example.ca", [names[n]], ("first_name", "Prénom" + n));
        }
        var contacts = (await bench.ReadAsync()).ToDictionary(contact => contact.CustomerId!);
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), contacts.Keys.Order(StringComparer.OrdinalIgnoreCase));
        for (var n = 0; n < names.Length - 1; n++) Assert.Equal("Prénom" + n, contacts[names[n]].FirstName);
    }

    [Fact]
    public async Task Names_as_long_as_can_be_still_fit_into_a_request_line()
    {
        await using var bench = await ErpNextBench.StartAsync();
        for (var n = 0; n < 60; n++)
        {
            var name = new string('é', 136) + n.ToString("0000", CultureInfo.InvariantCulture);
            bench.Store.AddCustomer(name, name, ("customer_primary_contact", name));
            bench.Store.AddContact(name, $"c{n}@example.ca", [name], ("first_name", "Zoé"));
        }
        var contacts = await bench.ReadAsync();
        Assert.Equal(60, contacts.Count);
        Assert.All(contacts, contact => Assert.Null(contact.Problem));
    }

    [Fact]
    public async Task Pages_come_out_while_the_list_is_still_read()
    {
        await using var bench = await ErpNextBench.StartAsync(60);
        await foreach (var page in new ErpNextCustomers(bench.Api, bench.Sim.Clock, pageSize: 10).ReadAsync(new(), default))
        {
            Assert.Equal(10, page.Count);
            break;
        }
        Assert.Single(bench.Sim.Requests.Of("erpnext.customers"));
    }

    [Fact]
    public async Task A_site_that_gives_fewer_rows_than_asked_for_is_still_read_to_its_end()
    {
        await using var bench = await ErpNextBench.StartAsync(60, switches => switches.MaxPage = 7);
        Assert.Equal(59, (await bench.ReadAsync()).Select(contact => contact.CustomerId).Distinct().Count());
    }

    [Fact]
    public async Task A_customer_who_goes_away_while_the_list_is_read_hides_nobody_else()
    {
        await using var bench = await ErpNextBench.StartAsync();
        for (var n = 1; n <= 6; n++) bench.Store.AddCustomer($"C-{n}", "Roy", ("email_id", $"c{n}@example.ca"));
        var ids = new List<string>();
        await foreach (var page in new ErpNextCustomers(bench.Api, bench.Sim.Clock, pageSize: 2).ReadAsync(new(), default))
        {
            ids.AddRange(page.Select(contact => contact.CustomerId!));
            bench.Store.Customer("C-1")!["disabled"] = 1;
        }
        Assert.Equal(["C-1", "C-2", "C-3", "C-4", "C-5", "C-6"], ids);
    }

    [Fact]
    public async Task A_contact_that_a_join_repeats_is_read_once()
    {
        await using var bench = await ErpNextBench.StartAsync();
        bench.Store.AddCustomer("C-1", "Roy");
        bench.Store.AddContact("roy", "roy@example.ca", ["C-1", "C-1", "C-1"], ("first_name", "Luc"));
        Assert.Equal("roy@example.ca", (await bench.OneAsync()).Email);
        Assert.Single(bench.Sim.Requests.Of("erpnext.contact"));
    }

    [Fact]
    public async Task Conditions_too_long_for_a_request_are_refused_before_they_are_sent()
    {
        await using var bench = await ErpNextBench.StartAsync(5);
        var refusal = await bench.RefusalAsync(new() { Territories = [.. Enumerable.Range(1, 200).Select(n => $"Territoire numéro {n}")] });
        Assert.Equal("ErpNextRequestTooLong", refusal.Code);
        Assert.Empty(bench.Sim.Requests.Of("erpnext.customers"));
    }

    [Fact]
    public async Task A_fifth_of_all_answers_broken_loses_nobody()
    {
        await using var bench = await ErpNextBench.StartAsync(300, switches => switches.Naming = CustomerNaming.CustomerName);
        var calm = await bench.ReadAsync();
        bench.Sim.Options.HangTime = TimeSpan.FromMilliseconds(100);
        bench.Sim.Faults.Random("erpnext.*", 0.2, seed: 5);
        Assert.Equal(calm.Select(Essence), (await bench.ReadAsync()).Select(Essence));
        Assert.Contains(bench.Sim.Requests.Of("erpnext"), request => request.Fault is not null);

        static (string?, string, string, string?) Essence(Core.Gifts.GiftContact contact) => (contact.CustomerId, contact.Email, contact.FirstName, contact.ProblemCode);
    }

    [Fact]
    public async Task Nothing_but_reads_is_sent_and_always_with_the_wish_for_JSON()
    {
        await using var bench = await ErpNextBench.StartAsync(60);
        await bench.ReadAsync();
        Assert.All(bench.Sim.Requests.Of("erpnext"), request =>
        {
            Assert.Equal("GET", request.Method);
            Assert.Equal("application/json", request.Header("Accept"));
            Assert.Equal($"token {bench.Sim.Options.ErpNextKey}:{bench.Sim.Options.ErpNextSecret}", request.Header("Authorization"));
        });
    }
}
