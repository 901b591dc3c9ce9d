namespace TargoGiftbit.Simulator.Engagement;

/// <summary>How the recipients of a campaign behave. Shares are 0–1; who does what depends on the seed alone.</summary>
public sealed record PlayPlan
{
    public int Seed { get; init; } = 1;

    /// <summary>Only messages of this campaign name; none = all.</summary>
    public string? Campaign { get; init; }

    /// <summary>Simulated time over which everything is spread; zero = all at once, now.</summary>
    public TimeSpan Over { get; init; }

    public double Bounce { get; init; } = 0.02;

    public double Blocked { get; init; } = 0.01;

    public double Open { get; init; } = 0.70;

    /// <summary>Of those who opened.</summary>
    public double Click { get; init; } = 0.70;

    /// <summary>Of those who clicked.</summary>
    public double Redeem { get; init; } = 0.75;

    /// <summary>Mails whose links are all followed by a scanner within seconds.</summary>
    public double Scanner { get; init; } = 0.05;

    public double Spam { get; init; } = 0.002;

    public double Unsubscribe { get; init; } = 0.005;
}

/// <summary>What a play has entered or planned.</summary>
public sealed record PlayResult(int Messages, int Delivered, int Bounced, int Blocked, int Opened, int Clicked, int Redeemed, int Scanned, int Spam, int Unsubscribed);
