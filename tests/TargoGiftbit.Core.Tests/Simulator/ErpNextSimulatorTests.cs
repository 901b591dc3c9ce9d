using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TargoGiftbit.Simulator.ErpNext;

namespace TargoGiftbit.Core.Tests.Simulator;

/// <summary>The ERP as the simulator plays it: each point of reference/erpnext.md §8.</summary>
public sealed class ErpNextSimulatorTests : SimulatorTest
{
    private HttpClient? client;

    private ErpNextSwitches Switches => Sim.Options.ErpNext;

    private HttpClient Erp => client ??= Client($"token {Sim.Options.ErpNextKey}:{Sim.Options.ErpNextSecret}");

    private HttpClient Client(string? authorization, bool accept = true)
    {
        var made = new HttpClient { BaseAddress = Sim.Addresses.ErpNext };
        if (authorization is not null) made.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        if (accept) made.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return made;
    }

    private Task<(int Status, JsonElement Body)> Get(string path) => ReadAsync(Erp.GetAsync(new Uri(path, UriKind.Relative)).Result);

    private static string List(string doctype, string filters = "[]", string fields = "[\"name\"]", string more = "") =>
        $"api/resource/{doctype}?fields={Uri.EscapeDataString(fields)}&filters={Uri.EscapeDataString(filters)}{more}";

    private async Task<List<string>> Names(string path) =>
        [.. (await Get(path)).Body.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("name").GetString()!)];

    private async Task<(int Status, JsonElement Body)> Put(string name, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await ReadAsync(await Erp.PutAsync(new Uri("api/resource/Customer/" + Uri.EscapeDataString(name), UriKind.Relative), content));
    }

    [Fact]
    public async Task A_key_is_needed_and_the_wrong_one_is_another_error_than_none()
    {
        Assert.Equal("api@targo.example", (await Get("api/method/frappe.auth.get_logged_user")).Body.GetProperty("message").GetString());
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Sim.Options.ErpNextKey}:{Sim.Options.ErpNextSecret}"));
        Assert.Equal(200, (int)(await Client("Basic " + basic).GetAsync(new Uri("api/resource/Customer", UriKind.Relative))).StatusCode);
        foreach (var (header, status, type) in new[] { (null, 403, "PermissionError"), ("token a:b", 401, "AuthenticationError"), ("Basic !!!", 400, "InvalidAuthorizationToken") })
        {
            var (answered, body) = await ReadAsync(await Client(header).GetAsync(new Uri("api/resource/Customer", UriKind.Relative)));
            Assert.Equal((status, type), (answered, body.GetProperty("exc_type").GetString()));
        }
    }

    [Fact]
    public async Task A_list_has_20_rows_of_names_unless_more_is_asked_for()
    {
        var rows = (await Get("api/resource/Customer")).Body.GetProperty("data");
        Assert.Equal(20, rows.GetArrayLength());
        Assert.Equal(["name"], rows[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(60, (await Names(List("Customer", more: "&limit_page_length=0"))).Count);
        Assert.Equal(7, (await Names(List("Customer", more: "&limit=7&limit_start=50"))).Count);
    }

    [Fact]
    public async Task Filters_take_in_like_is_and_a_dictionary()
    {
        Sim.ErpNext.Store.AddCustomer("Chez Élise", fields: [("territory", "Ailleurs"), ("language", null)]);
        Assert.Equal(["CUST-2026-00001", "CUST-2026-00002"], (await Names(List("Customer", """[["name","in",["CUST-2026-00002","CUST-2026-00001","X"]]]""", more: "&order_by=name%20asc"))));
        Assert.Equal(["Chez Élise"], await Names(List("Customer", """[["Customer","customer_name","like","chez %"]]""")));
        Assert.Contains("Chez Élise", await Names(List("Customer", """[["language","is","not set"]]""", more: "&limit=0")));
        Assert.Equal(["Chez Élise"], await Names(List("Customer", """{"territory":"Ailleurs","disabled":0}""")));
        Assert.Equal(["CUST-2026-00060"], await Names(List("Customer", """[["name",">","CUST-2026-00059"],["name","like","CUST-%"]]""")));
    }

    [Fact]
    public async Task A_contact_with_several_links_comes_several_times_out_of_a_join()
    {
        Sim.ErpNext.Store.AddContact("Deux", "deux@example.ca", ["CUST-2026-00001", "CUST-2026-00001"]);
        var names = await Names(List("Contact", """[["Dynamic Link","link_doctype","=","Customer"],["Dynamic Link","link_name","=","CUST-2026-00001"]]"""));
        Assert.Equal((3, 2), (names.Count, names.Distinct().Count()));
        Assert.Equal(403, (await Get("api/resource/Dynamic%20Link")).Status);
    }

    [Fact]
    public async Task A_list_has_nulls_and_a_document_leaves_them_out()
    {
        Sim.ErpNext.Store.AddCustomer("A/B & Cie é", fields: ("language", null));
        var row = (await Get(List("Customer", """[["name","=","A/B & Cie é"]]""", """["name","language","custom_gift_link_clicked"]"""))).Body.GetProperty("data")[0];
        Assert.Equal((JsonValueKind.Null, 0), (row.GetProperty("language").ValueKind, row.GetProperty("custom_gift_link_clicked").GetInt32()));
        var document = (await Get("api/resource/Customer/" + Uri.EscapeDataString("A/B & Cie é"))).Body.GetProperty("data");
        Assert.False(document.TryGetProperty("language", out _));
        Assert.Equal("A/B & Cie é", document.GetProperty("name").GetString());
        Assert.Equal("2026-07-01 15:00:00.000000", (await Get("api/resource/Customer/CUST-2026-00001")).Body.GetProperty("data").GetProperty("creation").GetString()![..16] + ":00.000000");
    }

    [Fact]
    public async Task An_unknown_field_is_refused_in_a_list_and_lost_in_a_save()
    {
        var (status, body) = await Get(List("Customer", fields: """["name","gift_link_clicked"]"""));
        Assert.Equal((417, "DataError"), (status, body.GetProperty("exc_type").GetString()));
        var (saved, echo) = await Put("CUST-2026-00001", new { gift_link_clicked = 1, custom_gift_campaign = "ete" });
        Assert.Equal((200, "ete"), (saved, echo.GetProperty("data").GetProperty("custom_gift_campaign").GetString()));
        Assert.False(echo.GetProperty("data").TryGetProperty("gift_link_clicked", out _));
    }

    [Fact]
    public async Task A_stale_save_is_refused_with_a_message_that_is_encoded_twice()
    {
        var before = (await Get("api/resource/Customer/CUST-2026-00001")).Body.GetProperty("data").GetProperty("modified").GetString();
        Sim.ErpNext.Store.Touch(Sim.ErpNext.Store.Customer("CUST-2026-00001")!);
        var (status, body) = await Put("CUST-2026-00001", new { modified = before, custom_gift_link_clicked = 1 });
        Assert.Equal((417, "TimestampMismatchError"), (status, body.GetProperty("exc_type").GetString()));
        var list = JsonSerializer.Deserialize<string[]>(body.GetProperty("_server_messages").GetString()!)!;
        Assert.Contains("has been modified", JsonDocument.Parse(list[0]).RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Null(Sim.ErpNext.Store.Customer("CUST-2026-00001")!["custom_gift_link_clicked"]);
    }

    [Fact]
    public async Task Errors_are_pages_for_who_does_not_accept_json_and_for_the_web_server()
    {
        using var careless = Client($"token {Sim.Options.ErpNextKey}:{Sim.Options.ErpNextSecret}", accept: false);
        var page = await careless.GetAsync(new Uri("api/resource/Customer/none", UriKind.Relative));
        Assert.Equal((404, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        var tooLong = await Erp.GetAsync(new Uri("api/resource/Customer?filters=" + new string('x', 4100), UriKind.Relative));
        Assert.Equal(400, (int)tooLong.StatusCode);
        Assert.Contains("Request Line is too large", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maintenance_and_rate_limits_are_told()
    {
        Switches.Maintenance = true;
        Assert.Equal((503, "SessionStopped"), (await Get("api/method/ping") is var (status, body) ? (status, body.GetProperty("exc_type").GetString()) : default));
        Switches.Maintenance = false;
        Switches.RateLimit = 2;
        for (var n = 0; n < 2; n++) Assert.Equal(200, (await Get("api/method/ping")).Status);
        var refused = await Erp.GetAsync(new Uri("api/method/ping", UriKind.Relative));
        Assert.Equal((429, "60", "0"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString(), refused.Headers.GetValues("X-RateLimit-Remaining").Single()));
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await Get("api/method/ping")).Status);
    }

    [Fact]
    public void The_seed_has_stale_addresses_and_all_the_odd_customers()
    {
        var store = Sim.ErpNext.Store;
        Assert.Equal("ancien.client7@courriel.example", store.Customer("CUST-2026-00007")!.Text("email_id"));
        Assert.Equal("client7@courriel.example", store.Contact(store.Customer("CUST-2026-00007")!.Text("customer_primary_contact")!)!.Text("email_id"));
        Assert.Contains(store.Customers, customer => customer["disabled"] is 1);
        Assert.Contains(store.Contacts, contact => contact["unsubscribed"] is 1);
        Assert.Contains(store.Customers, customer => customer.Text("customer_name")!.Contains(" & Fils / Sons", StringComparison.Ordinal));
    }
}
