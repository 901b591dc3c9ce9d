using System.Text;
using System.Text.Json;
using TargoGiftbit.Simulator.Engagement;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class MailjetEventTests : SimulatorTest
{
    [Fact]
    public async Task Events_of_a_second_come_as_one_array_with_the_credentials_of_the_address()
    {
        await using var receiver = await EventReceiver.StartAsync();
        Sim.Options.Mailjet.EventUrl = receiver.UrlWith("hook:s%C3%A9same@");
        await SendAsync(Mail("ete:1"), Mail("ete:2"));
        Sim.Clock.Advance(Sim.Options.Mailjet.DeliveryDelay);
        Assert.True(await Sim.Mailjet.Events.FlushAsync());

        var body = Assert.Single(receiver.Bodies);
        Assert.Equal(["sent", "sent"], body.EnumerateArray().Select(one => one.GetProperty("event").GetString()));
        var first = body[0];
        var message = Sim.Inbox.ByCustomId("ete:1")[0];
        Assert.Equal(message.Id, first.GetProperty("MessageID").GetInt64());
        Assert.Equal(("ete:1", "attempt-1", "ete"), (Text(first, "CustomID"), Text(first, "Payload"), Text(first, "customcampaign")));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("hook:sésame")), Assert.Single(receiver.Authorizations));
    }

    [Fact]
    public async Task Ungrouped_events_are_bare_objects_in_the_order_they_happened()
    {
        await using var receiver = await EventReceiver.StartAsync();
        Sim.Options.Mailjet.EventUrl = receiver.UrlWith("");
        Sim.Options.Mailjet.EventsGrouped = false;
        await SendAsync(Mail("ete:1"));
        var message = Sim.Inbox.Messages[0];
        Sim.Recipients.Deliver(message);
        Sim.Recipients.OpenInGmail(message);
        Sim.Recipients.Click(message, "https://www.targo.ca/");
        await Sim.Mailjet.Events.FlushAsync();

        Assert.All(receiver.Bodies, body => Assert.Equal(JsonValueKind.Object, body.ValueKind));
        Assert.Equal(["sent", "open", "click"], receiver.Events.Select(one => Text(one, "event")));
        Assert.Contains("GoogleImageProxy", Text(receiver.Events[1], "agent"));
        Assert.Equal("https://www.targo.ca/", Text(receiver.Events[2], "url"));
    }

    [Fact]
    public async Task A_refused_post_is_repeated_whole_every_thirty_seconds_until_it_is_taken()
    {
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Status = 503;
        Sim.Options.Mailjet.EventUrl = receiver.UrlWith("");
        await SendAsync(Mail("ete:1"), Mail("ete:2"));
        Sim.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await Sim.Mailjet.Events.FlushAsync());
        var posts = Sim.Mailjet.Events.Posts.Count;

        receiver.Status = 200;
        Sim.Clock.Advance(TimeSpan.FromSeconds(30));
        await WaitUntilAsync(() => Sim.Mailjet.Events.Waiting == 0);
        Assert.Equal(posts + 1, Sim.Mailjet.Events.Posts.Count);
        Assert.All(receiver.Bodies, body => Assert.Equal(2, body.GetArrayLength()));
    }

    [Fact]
    public async Task An_address_that_fails_for_a_day_is_dead_until_it_is_updated()
    {
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Status = 500;
        var (status, created) = await PostAsync(Mailjet, "v3/REST/eventcallbackurl", new { EventType = "sent", Url = receiver.UrlWith(""), Version = 2 });
        Assert.Equal(200, status);
        await SendAsync(Mail("ete:1"));
        Sim.Clock.Advance(TimeSpan.FromSeconds(2));
        await Sim.Mailjet.Events.FlushAsync();
        Sim.Clock.Advance(TimeSpan.FromHours(25));
        await Sim.Mailjet.Events.FlushAsync();
        await WaitUntilAsync(() => Sim.Mailjet.Events.Waiting == 0);

        var id = created.GetProperty("Data")[0].GetProperty("ID").GetInt64();
        Assert.Equal("dead", Text((await GetAsync(Mailjet, $"v3/REST/eventcallbackurl/{id}")).GetProperty("Data")[0], "Status"));
        receiver.Status = 200;
        using var content = new StringContent("{\"Status\":\"alive\"}", Encoding.UTF8, "application/json");
        using var updated = await Mailjet.PutAsync(new Uri($"v3/REST/eventcallbackurl/{id}", UriKind.Relative), content);
        Assert.True(Sim.Mailjet.Events.Callbacks.Entries[0].IsAlive);
    }

    [Fact]
    public async Task Keys_can_be_missing_or_empty_and_events_can_come_twice()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var switches = Sim.Options.Mailjet;
        (switches.EventUrl, switches.EventDuplicateRate) = (receiver.UrlWith(""), 1);
        (switches.EventOmittedKeys, switches.EventEmptyKeys) = (["Message_GUID", "CustomID"], ["geo"]);
        await SendAsync(Mail("ete:1"));
        Sim.Recipients.Open(Sim.Inbox.Messages[0]);
        await Sim.Mailjet.Events.FlushAsync();

        Assert.Equal(2, receiver.Events.Count);
        Assert.All(receiver.Events, one =>
        {
            Assert.False(one.TryGetProperty("Message_GUID", out _) || one.TryGetProperty("CustomID", out _));
            Assert.Equal("", Text(one, "geo"));
        });
    }

    [Fact]
    public async Task A_greylisted_mail_is_deferred_and_sent_later()
    {
        Sim.Options.Mailjet.GreylistedRecipients = ["marie@example.ca"];
        await SendAsync(Mail("ete:1"));
        Sim.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(MessageState.Deferred, Sim.Inbox.Messages[0].State);
        Sim.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(MessageState.Sent, Sim.Inbox.Messages[0].State);
        Assert.Equal(["greylisted", ""], Sim.Inbox.Messages[0].Events.Select(happening => happening.Error));
    }

    [Fact]
    public async Task Events_keep_their_own_times_when_the_clock_jumps_past_them()
    {
        await PostAsync(Giftbit, "campaign", Order("ete", 40));
        Sim.Clock.Advance(TimeSpan.FromSeconds(3));
        await SendAsync([.. Sim.Giftbit.Store.Gifts.Select(MailOf)]);
        var sent = Sim.Clock.Now;
        Sim.Recipients.Play(new PlayPlan { Over = TimeSpan.FromDays(10), Redeem = 1 });
        Sim.Clock.Advance(TimeSpan.FromDays(300));

        Assert.All(Sim.Inbox.Messages, message => Assert.All(message.Events, happening => Assert.InRange(happening.At, sent, sent.AddDays(10))));
        var claimed = Sim.Giftbit.Store.Gifts.Where(gift => gift.State == GiftState.Redeemed).ToArray();
        Assert.NotEmpty(claimed);
        Assert.All(claimed, gift => Assert.InRange(gift.RedeemedAt!.Value, sent, sent.AddDays(10)));
    }

    [Fact]
    public async Task Shuffled_events_all_arrive_in_another_order()
    {
        await using var receiver = await EventReceiver.StartAsync();
        (Sim.Options.Mailjet.EventUrl, Sim.Options.Mailjet.EventsShuffled, Sim.Options.Mailjet.EventsGrouped) = (receiver.UrlWith(""), true, false);
        await SendAsync([.. Enumerable.Range(0, 30).Select(number => Mail($"ete:{number:00}"))]);
        Sim.Clock.Advance(TimeSpan.FromSeconds(2));
        await Sim.Mailjet.Events.FlushAsync();
        var order = receiver.Events.Select(one => Text(one, "CustomID")!).ToArray();
        Assert.Equal(30, order.Distinct().Count());
        Assert.NotEqual(order.Order(), order);
    }

    [Fact]
    public async Task The_statistics_tell_the_same_as_the_events()
    {
        await SendAsync(Mail("ete:1"));
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        var message = Sim.Inbox.Messages[0];
        Sim.Recipients.Open(message);
        Sim.Recipients.Click(message, "http://gtbt.co/AAAAAAAAAAA");
        var clicks = await GetAsync(Mailjet, $"v3/REST/clickstatistics?MessageID={message.Id}");
        Assert.Equal("http://gtbt.co/AAAAAAAAAAA", Text(clicks.GetProperty("Data")[0], "Url"));
        var history = await GetAsync(Mailjet, $"v3/REST/messagehistory/{message.Id}");
        Assert.Equal(["sent", "opened", "clicked"], history.GetProperty("Data").EnumerateArray().Select(row => Text(row, "EventType")));

        // Opens of another day show up only when a time is asked for (mailjet.md §4).
        Sim.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await GetAsync(Mailjet, "v3/REST/openinformation")).GetProperty("Total").GetInt32());
        Assert.Equal(1, (await GetAsync(Mailjet, "v3/REST/openinformation?FromTS=0")).GetProperty("Total").GetInt32());
    }

    [Fact]
    public async Task A_played_campaign_clicks_and_claims_real_gifts_and_is_the_same_for_a_seed()
    {
        await PostAsync(Giftbit, "campaign", Order("ete", 200));
        Sim.Clock.Advance(TimeSpan.FromSeconds(3));
        foreach (var batch in Sim.Giftbit.Store.Gifts.Chunk(50))
            await SendAsync([.. batch.Select(MailOf)]);

        var result = Sim.Recipients.Play(new PlayPlan { Seed = 5 });
        var claimed = Sim.Giftbit.Store.Gifts.Where(gift => gift.State == GiftState.Redeemed).ToArray();
        Assert.Equal(200, result.Messages);
        Assert.Equal(result.Redeemed, claimed.Length);
        Assert.InRange(result.Clicked, 60, 140);
        Assert.All(claimed, gift => Assert.Contains(
            Sim.Inbox.ByCustomId($"ete:{gift.Number}")[0].Events, happening => happening.Kind == MailEventKind.Click && happening.Url!.EndsWith(gift.Code, StringComparison.Ordinal)));
    }

    private static Dictionary<string, object> MailOf(SimulatedGift gift)
    {
        var mail = Mail($"ete:{gift.Number}", gift.Contact!.Email);
        mail["HTMLPart"] = $"<a href=\"https://www.targo.ca\">TARGO</a><a class=\"b\" href=\"http://gtbt.co/{gift.Code}\">Choisir</a>";
        return mail;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 500 && !condition(); tries++)
            await Task.Delay(10);
        Assert.True(condition());
    }
}
