using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Engagement.Polling;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Tests.Ledger;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Mail;
using EventKind = TargoGiftbit.Core.Engagement.MailEventKind;

namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>Polling and being told lead to the same state (spec E3). Mails really go to the simulated Mailjet; its events go both ways.</summary>
public sealed class EngagementPollTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private SimulatorHost sim = null!;
    private GiftLedger ledger = null!;
    private HttpSender sender = null!;
    private HttpClient http = null!;
    private MailjetTransport transport = null!;
    private EngagementPoll poll = null!;
    private IReadOnlyList<GiftId> gifts = [];

    public async Task InitializeAsync()
    {
        sim = await SimulatorHost.StartAsync(new SimulatorOptions { Start = EventFixture.SentAt, ClockScale = 0 });
        ledger = GiftLedger.Open(folder.Path, sim.Clock);
        var settings = new MailjetSettings(sim.Addresses.Mailjet, new Secret(sim.Options.MailjetPublicKey), new Secret(sim.Options.MailjetPrivateKey));
        http = HttpConnections.CreateClient();
        transport = new MailjetTransport(settings, http);
        sender = new HttpSender(new HttpOptions { Service = "Mailjet" });
        poll = new EngagementPoll(ledger, new MailjetRest(settings, sender), sim.Clock);
        gifts = Enter("spring", 6);
    }

    public async Task DisposeAsync()
    {
        await transport.DisposeAsync();
        sender.Dispose();
        http.Dispose();
        ledger.Dispose();
        await sim.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_poll_learns_what_the_events_would_have_told()
    {
        sim.Options.Mailjet.GreylistedRecipients = ["essais+6@targo.ca"];
        await SendAsync(gifts);
        Live();

        var result = await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);
        var polled = State();
        Assert.Equal((6, 6), (result.Mailed, result.Found));
        Assert.NotNull(polled[0].Clicked);
        Assert.Null(polled[1].Clicked);
        Assert.NotNull(polled[1].Scanned);
        Assert.Equal("hard bounce: user unknown", polled[2].Problem);
        Assert.Equal("blocked: preblocked", polled[3].Problem);
        Assert.Equal("spam complaint", polled[4].Problem);
        // The address that was written to: in the sandbox the test inbox, since no customer may be touched.
        Assert.Equal("essais+5@targo.ca", Assert.Single(ledger.Suppressions.List()).Email);

        // The same events, pushed as well: not one of them is news, and nothing changes.
        var pushed = ledger.Events.Store([MailjetEventReader.Read(Pushed())])[0];
        Assert.Equal(polled, State());
        Assert.All(pushed.Where(r => r.Kind is EventKind.Sent or EventKind.Click or EventKind.Bounce or EventKind.Blocked or EventKind.Spam), r => Assert.Equal(MailEventOutcome.Duplicate, r.Outcome));

        sim.Requests.Clear();
        Assert.Equal(0, (await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None)).NewEvents);
        Assert.Equal(polled, State());
        Assert.Equal(0, sim.Requests.Count("mailjet.messagehistory"));
    }

    [Fact]
    public async Task A_poll_after_pushed_events_changes_nothing()
    {
        await SendAsync(gifts);
        Live();
        ledger.Events.Store([MailjetEventReader.Read(Pushed())]);
        var before = State();

        await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);

        Assert.Equal(before, State());
    }

    [Fact]
    public async Task A_mail_left_in_doubt_is_settled_by_the_message_that_is_found()
    {
        await SendAsync([gifts[0]], loseAnswer: true);
        Assert.Equal(MailState.Uncertain, ledger.Gifts.Get(gifts[0]).MailState);
        sim.Clock.Advance(TimeSpan.FromMinutes(1));

        await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);

        var gift = ledger.Gifts.Get(gifts[0]);
        Assert.Equal((MailState.Sent, sim.Inbox.Messages.Single().Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), (gift.MailState, gift.MessageId));
    }

    [Fact]
    public async Task Mails_of_other_uses_are_left_alone()
    {
        var others = Enter("summer", 2);
        await SendAsync(others);
        await SendAsync(gifts);
        sim.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);

        Assert.Equal(6, result.Found);
        Assert.All(others, id => Assert.Null(ledger.Gifts.Get(id).DeliveredAt));
    }

    [Fact]
    public async Task A_message_of_the_other_environment_is_not_taken_for_one_of_ours()
    {
        var real = Enter("spring", 1, GiftEnvironment.Production);
        await SendAsync(real);
        sim.Clock.Advance(TimeSpan.FromMinutes(1));
        // Claimed, handed over, and never arrived.
        ledger.Mails.Record([new HandOverRecord(ledger.Mails.Claim([gifts[0]], MailPurpose.Gift, transport.Name, TimeSpan.FromMinutes(10))[0], new HandOver(HandOverResult.Unknown), "Sujet", "hash")]);

        var result = await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);

        Assert.Equal((0, MailState.Uncertain), (result.Found, ledger.Gifts.Get(gifts[0]).MailState));
        Assert.Equal(1, (await poll.PollAsync(GiftEnvironment.Production, "spring", CancellationToken.None)).Found);
        Assert.NotNull(ledger.Gifts.Get(real[0]).DeliveredAt);
    }

    [Fact]
    public async Task A_refusal_after_a_deferral_that_was_pushed_is_learnt()
    {
        await SendAsync([gifts[0]]);
        ledger.Events.Store([MailjetEventReader.Read(EventFixture.Json(new Dictionary<string, object?>
        {
            ["event"] = "bounce", ["time"] = EventFixture.SentAt.ToUnixTimeSeconds(), ["MessageID"] = sim.Inbox.Messages.Single().Id, ["CustomID"] = gifts[0].CustomId,
            ["error"] = "greylisted", ["hard_bounce"] = false,
        }))]);
        sim.Mail.Enter(sim.Inbox.Messages.Single(), MailEvents.Bounce(sim.Clock.Now.AddMinutes(1), hard: true));
        sim.Clock.Advance(TimeSpan.FromMinutes(10));

        await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);

        Assert.Equal("hard bounce: user unknown", ledger.Gifts.Get(gifts[0]).DeliveryProblem);
    }

    [Fact]
    public async Task Messages_that_arrived_at_another_time_than_thought_are_asked_for_by_their_id()
    {
        await SendAsync(gifts);
        sim.Clock.Advance(TimeSpan.FromHours(3));
        await SendAsync([gifts[0]], startedEarlier: true);
        sim.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);

        Assert.Equal(7, result.Found);
    }

    [Fact]
    public async Task Once_all_is_known_a_poll_asks_but_a_few_questions()
    {
        await SendAsync(gifts);
        sim.Clock.Advance(TimeSpan.FromMinutes(1));
        await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);
        sim.Requests.Clear();

        await poll.PollAsync(GiftEnvironment.Sandbox, "spring", CancellationToken.None);

        Assert.Equal(1, sim.Requests.Count("mailjet"));
    }

    private void Live()
    {
        sim.Clock.Advance(TimeSpan.FromMinutes(1));
        var at = sim.Clock.Now;
        void Happen(int index, MailEvent e) => sim.Mail.Enter(sim.Inbox.ByCustomId(gifts[index].CustomId).Single(), e);
        string Link(int index) => ledger.Gifts.Get(gifts[index]).Link!.Reveal();
        Happen(0, MailEvents.GmailOpen(at));
        Happen(0, MailEvents.Click(at.AddMinutes(2), Link(0)));
        Happen(0, MailEvents.Click(at.AddMinutes(3), "https://www.targo.ca/conditions"));
        Happen(1, MailEvents.ScannerClick(EventFixture.SentAt.AddSeconds(4), Link(1)));
        Happen(2, MailEvents.Bounce(at, hard: true));
        Happen(3, MailEvents.Blocked(at, "preblocked", "mailjet"));
        Happen(4, MailEvents.Spam(at));
        sim.Clock.Advance(TimeSpan.FromMinutes(20));
    }

    // In the words of the webhooks (reference/mailjet.md §3), from what the simulator holds.
    private byte[] Pushed() => EventFixture.Json(sim.Inbox.Messages.SelectMany(m => m.Events.Select(e => new Dictionary<string, object?>
    {
        ["email"] = m.Recipient, ["event"] = e.Kind.ToString().ToLowerInvariant(), ["time"] = e.At.ToUnixTimeSeconds(), ["MessageID"] = m.Id, ["CustomID"] = m.CustomId, ["Payload"] = m.EventPayload,
        ["url"] = e.Url, ["agent"] = e.Agent, ["error"] = e.Error, ["hard_bounce"] = e.HardBounce,
    })).ToArray());

    private List<(DateTimeOffset? Delivered, DateTimeOffset? Clicked, DateTimeOffset? Scanned, DateTimeOffset? Other, DateTimeOffset? Opened, bool Weak, string? Problem)> State() =>
        [.. ledger.Gifts.OfCampaign(GiftEnvironment.Sandbox, "spring").Select(g => (g.DeliveredAt, g.ClickedAt, g.ScannedAt, g.OtherClickedAt, g.OpenedAt, g.OpenIsWeak, g.DeliveryProblem))];

    private IReadOnlyList<GiftId> Enter(string id, int count, GiftEnvironment environment = GiftEnvironment.Sandbox)
    {
        var plan = ledger.Orders.Plan(LedgerFixture.Terms(id: id) with { Environment = environment }, LedgerFixture.Contacts([.. Enumerable.Range(1, count)]), LedgerFixture.Recipient, LedgerFixture.Prepare);
        ledger.Gifts.StoreLinks([.. plan.Gifts.Select(g => new FoundLink(g.Identity, LedgerFixture.Link(g), $"{environment}-{id}-uuid-{g.Row}"))]);
        return [.. plan.Gifts.Select(g => g.Identity)];
    }

    private async Task SendAsync(IReadOnlyList<GiftId> ids, bool loseAnswer = false, bool startedEarlier = false)
    {
        var claims = ledger.Mails.Claim(ids, MailPurpose.Gift, transport.Name, TimeSpan.FromMinutes(10), startedEarlier);
        if (startedEarlier) sim.Clock.Advance(TimeSpan.FromHours(1));
        var outcomes = await transport.HandOverAsync([.. claims.Select(Message)], CancellationToken.None);
        ledger.Mails.Record([.. claims.Zip(outcomes, (c, o) => new HandOverRecord(c, loseAnswer ? new HandOver(HandOverResult.Unknown) : o, "Sujet", "hash"))]);
    }

    private static RenderedMessage Message(MailClaim claim) => new()
    {
        From = new MailAddress("noreply@targo.ca", "TARGO"),
        To = new MailAddress($"essais+{claim.Id.Row}@targo.ca"),
        Subject = "Cadeau",
        HtmlBody = $"<p><a href=\"{claim.Gift!.Link!.Reveal()}\">Cadeau</a></p>",
        TextBody = claim.Gift.Link.Reveal(),
        CustomId = claim.Id.CustomId,
        AttemptId = claim.AttemptId,
        Campaign = claim.Id.CampaignId,
        Language = "fr-CA",
    };
}
