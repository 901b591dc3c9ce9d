using System.Text;
using System.Text.Json;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Tests.Ledger;

namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>A campaign whose mails were sent at 14:00:00, and events as Mailjet writes them.</summary>
internal sealed class EventFixture : IDisposable
{
    public static readonly DateTimeOffset SentAt = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);
    public const string Link = "http://gtbt.co/spring00000001";
    public const string OtherLink = "https://www.targo.ca/conditions";
    public const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0";

    private readonly LedgerFixture fixture = new();

    public EventFixture(int gifts = 1, bool send = true, GiftCampaign? terms = null)
    {
        Gifts = fixture.Ready(gifts, terms);
        if (send) Attempts = [.. Send(Gifts, new HandOver(HandOverResult.Accepted, "1152921500000000001"))];
    }

    public LedgerFixture Base => fixture;

    public GiftLedger Ledger => fixture.Ledger;

    public ManualClock Clock => fixture.Clock;

    public IReadOnlyList<GiftId> Gifts { get; }

    public IReadOnlyList<string> Attempts { get; private set; } = [];

    public Gift Gift => Ledger.Gifts.Get(Gifts[0]);

    public IReadOnlyList<string> Send(IReadOnlyList<GiftId> ids, HandOver outcome, bool resend = false)
    {
        var claims = Ledger.Mails.Claim(ids, MailPurpose.Gift, "mailjet", TimeSpan.FromMinutes(10), resend);
        Ledger.Mails.Record([.. claims.Select((c, i) => new HandOverRecord(c, outcome with { MessageId = outcome.MessageId is { } id ? $"{long.Parse(id) + i}" : null }, "Sujet", "hash"))]);
        return [.. claims.Select(c => c.AttemptId)];
    }

    public IReadOnlyList<MailEventReceipt> Store(params object[] events) => Ledger.Events.Store([MailjetEventReader.Read(Json(events))])[0];

    public static byte[] Json(object value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value));

    /// <summary>An event of the first gift's message, some seconds after the hand-over.</summary>
    public Dictionary<string, object?> Event(string kind, int seconds, params (string Name, object? Value)[] more)
    {
        var e = new Dictionary<string, object?>
        {
            ["event"] = kind,
            ["time"] = SentAt.AddSeconds(seconds).ToUnixTimeSeconds(),
            ["MessageID"] = 1152921500000000001,
            ["Message_GUID"] = "8b3f0b2c-0000-4000-8000-000000000001",
            ["email"] = "inbox+1@example.org",
            ["mj_campaign_id"] = 7,
            ["mj_contact_id"] = 8,
            ["customcampaign"] = "spring",
            ["CustomID"] = "spring:1",
            ["Payload"] = Attempts.Count > 0 ? Attempts[0] : "",
        };
        foreach (var (name, value) in more) e[name] = value;
        return e;
    }

    public Dictionary<string, object?> Click(int seconds, string url = Link, string agent = Browser) =>
        Event("click", seconds, ("url", url), ("agent", agent), ("ip", "203.0.113.20"), ("geo", ""));

    public Dictionary<string, object?> Bounce(int seconds, string error, bool hard) =>
        Event("bounce", seconds, ("error", error), ("error_related_to", "recipient"), ("hard_bounce", hard), ("blocked", false), ("comment", $"550 see {Link}"));

    public void Dispose() => fixture.Dispose();
}
