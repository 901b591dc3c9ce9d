using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Mailjet;

public sealed class MailjetMessagesTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_found_by_its_CustomID_once_it_is_indexed()
    {
        await using var sim = await SimulatorHost.StartAsync(new() { Start = Start, ClockScale = 0 });
        sim.Faults.Next("mailjet.send", Fault.Reset(afterEffect: true));
        await using var transport = MailjetTransportTests.Transport(sim);
        Assert.Equal(HandOverResult.Unknown, Assert.Single(await transport.HandOverAsync([Messages.One(3)], default)).Result);
        using var sender = Sender();
        var messages = Look(sim, sender);

        Assert.Empty(await messages.FindAsync("targo-2026-q2-loyalty:3", Start.AddMinutes(-1), Start.AddMinutes(5), default));
        sim.Clock.Advance(TimeSpan.FromMinutes(1));

        var found = Assert.Single(await messages.FindAsync("targo-2026-q2-loyalty:3", Start.AddMinutes(-1), Start.AddMinutes(5), default));
        Assert.Equal(Assert.Single(sim.Inbox.Messages).Id.ToString(System.Globalization.CultureInfo.InvariantCulture), found.MessageId);
        Assert.Equal(Start, found.ArrivedAt);
        Assert.Empty(await messages.FindAsync("targo-2026-q2-loyalty:4", Start.AddMinutes(-1), Start.AddMinutes(5), default));
        Assert.Empty(await messages.FindAsync("targo-2026-q2-loyalty:3", Start.AddMinutes(1), Start.AddMinutes(5), default));
    }

    [Fact]
    public async Task Every_page_is_read_and_a_fault_on_the_way_is_repeated()
    {
        await using var sim = await SimulatorHost.StartAsync(new() { Start = Start, ClockScale = 0 });
        await using var transport = MailjetTransportTests.Transport(sim);
        for (var i = 0; i < 21; i++)
            await transport.HandOverAsync([.. Enumerable.Range(0, 50).Select(n => Messages.One(1, attempt: $"a{i}-{n}"))], default);
        sim.Clock.Advance(TimeSpan.FromMinutes(1));
        sim.Faults.Next("mailjet.message", Fault.ServerError(503), skip: 1);
        using var sender = Sender();

        var found = await Look(sim, sender).FindAsync("targo-2026-q2-loyalty:1", Start.AddMinutes(-1), Start.AddMinutes(5), default);

        Assert.Equal(1050, found.Select(f => f.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task A_service_that_passes_over_the_filter_or_the_offset_deceives_nobody()
    {
        var page = ScriptedHttpServer.Json(200, $$"""
            {"Count":12,"Total":-1,"Data":[{{string.Join(',', Enumerable.Range(1, 11).Select(i => $$"""{"ID":{{i}},"CustomID":"other:{{i}}","ArrivedAt":"2026-06-01T12:00:00Z"}"""))}},
            {"ID":"9223372036854775807","CustomID":"targo-2026-q2-loyalty:1","ArrivedAt":1780315200,"Status":"sent"}]}
            """);
        await using var server = new ScriptedHttpServer(page, page);
        using var sender = Sender();
        var messages = new MailjetMessages(new MailjetRest(new MailjetSettings(server.Address, new Secret("a"), new Secret("b")), sender));

        var found = Assert.Single(await messages.FindAsync("targo-2026-q2-loyalty:1", Start, Start.AddHours(1), default));

        Assert.Equal(("9223372036854775807", Start), (found.MessageId, found.ArrivedAt));
        Assert.Contains("CustomID=targo-2026-q2-loyalty%3A1&FromTS=1780315200&ToTS=1780318800&ShowCustomID=true&ShowContactAlt=true&Limit=1000&Offset=0 ", server.Requests.First(), StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Only_what_is_said_to_have_failed_counts_as_failed_whatever_the_filter_let_through()
    {
        var page = ScriptedHttpServer.Json(200, """
            {"Data":[{"ID":1,"CustomID":"c:1","Status":"sent"},{"ID":2,"CustomID":"c:2","Status":"hardbounced"},{"ID":3,"CustomID":"c:3","Status":"Blocked"},
            {"ID":4,"CustomID":"c:4","Status":"softbounced"},{"ID":5,"CustomID":"c:5"},{"ID":6,"Status":"bounce"},{"ID":7,"CustomID":"c:7","Status":"opened"}]}
            """);
        await using var server = new ScriptedHttpServer(page, page, page, page, page);
        using var sender = Sender();
        var messages = new MailjetMessages(new MailjetRest(new MailjetSettings(server.Address, new Secret("a"), new Secret("b")), sender));

        var all = await messages.FatesAsync(Start, failedOnly: false, default);
        Assert.Equal(["c:1 settled", "c:2 failed", "c:3 failed", "c:4 pending", "c:5 pending", "c:7 settled"],
            all.Select(f => $"{f.CustomId} {(f.IsFailed ? "failed" : f.IsSettled ? "settled" : "pending")}"));
        Assert.DoesNotContain("MessageStatus", server.Requests.First(), StringComparison.Ordinal);

        var failed = await messages.FatesAsync(Start, failedOnly: true, default);
        Assert.Equal(["2", "3"], failed.Select(f => f.MessageId).Distinct().Order());
        Assert.Equal(["5", "6", "8", "10"], server.Requests.Skip(1).Select(r => System.Text.RegularExpressions.Regex.Match(r, @"MessageStatus=(\d+)").Groups[1].Value));
    }

    [Fact]
    public async Task A_message_without_id_or_time_counts_as_found_all_the_same()
    {
        await using var server = new ScriptedHttpServer(ScriptedHttpServer.Json(200, """{"Data":[{"UUID":"u-1","ArrivedAt":null}]}"""));
        using var sender = Sender();
        var found = Assert.Single(await new MailjetMessages(new MailjetRest(new MailjetSettings(server.Address, new Secret("a"), new Secret("b")), sender))
            .FindAsync("c:1", Start, Start.AddHours(1), default));
        Assert.Equal(("u-1", Start), (found.MessageId, found.ArrivedAt));
    }

    [Fact]
    public async Task A_wrong_key_is_said_and_not_shown()
    {
        await using var sim = await SimulatorHost.StartAsync();
        using var sender = Sender();
        var messages = new MailjetMessages(new MailjetRest(new MailjetSettings(sim.Addresses.Mailjet, new Secret("canary-1"), new Secret("canary-2")), sender));
        var error = await Assert.ThrowsAsync<MailTransportException>(() => messages.FindAsync("c:1", Start, Start.AddHours(1), default));
        Assert.Equal("MailjetCredentialsRefused", error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    private static HttpSender Sender() => new(new HttpOptions { Service = "Mailjet", BaseDelay = TimeSpan.FromMilliseconds(1) });

    private static MailjetMessages Look(SimulatorHost sim, HttpSender sender) => new(new MailjetRest(
        new MailjetSettings(sim.Addresses.Mailjet, new Secret(sim.Options.MailjetPublicKey), new Secret(sim.Options.MailjetPrivateKey)), sender));
}
