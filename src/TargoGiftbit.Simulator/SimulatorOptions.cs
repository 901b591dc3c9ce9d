using TargoGiftbit.Simulator.ErpNext;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Ifeelgoods;
using TargoGiftbit.Simulator.Mailjet;
using TargoGiftbit.Simulator.Smtp;

namespace TargoGiftbit.Simulator;

/// <summary>How a simulator starts. The switches can be changed while it runs.</summary>
public sealed class SimulatorOptions
{
    /// <summary>First simulated instant; none = now.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Simulated seconds per real second; 0 = only <c>Clock.Advance</c> moves time.</summary>
    public double ClockScale { get; init; } = 1;

    /// <summary>Seed of everything that is drawn: ids, links, bounces, clicks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>First of the ports (giftbit, mailjet, web, smtp, smtps …); 0 = free ports.</summary>
    public int PortBase { get; init; }

    public string GiftbitToken { get; init; } = "sim-token-" + Guid.NewGuid().ToString("N");

    public string MailjetPublicKey { get; init; } = Guid.NewGuid().ToString("N");

    public string MailjetPrivateKey { get; init; } = Guid.NewGuid().ToString("N");

    public string TestInbox { get; init; } = "essais@targo.ca";

    public string IfeelgoodsKey { get; init; } = Guid.NewGuid().ToString("N");

    public string IfeelgoodsSecret { get; init; } = Guid.NewGuid().ToString("N");

    public string ErpNextKey { get; init; } = Guid.NewGuid().ToString("N")[..15];

    public string ErpNextSecret { get; init; } = Guid.NewGuid().ToString("N");

    public GiftbitSwitches Giftbit { get; init; } = new();

    public IfeelgoodsSwitches Ifeelgoods { get; init; } = new();

    public ErpNextSwitches ErpNext { get; init; } = new();

    public MailjetSwitches Mailjet { get; init; } = new();

    public SmtpSwitches Smtp { get; init; } = new();

    /// <summary>How many requests are remembered, over all services; 0 = none.</summary>
    public int RecordedRequests { get; init; } = 100_000;

    /// <summary>Requests are remembered with their bodies. Off for long benchmarks.</summary>
    public bool RecordBodies { get; init; } = true;

    /// <summary>How many mails keep their content; beyond it the oldest keep their envelope alone.</summary>
    public int KeptBodies { get; init; } = 100_000;

    /// <summary>Real time after which a hanging connection is broken, if the client has not done so itself.</summary>
    public TimeSpan HangTime { get; set; } = TimeSpan.FromMinutes(2);
}
