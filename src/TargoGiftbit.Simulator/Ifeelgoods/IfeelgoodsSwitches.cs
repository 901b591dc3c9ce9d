namespace TargoGiftbit.Simulator.Ifeelgoods;

public enum NumberForm
{
    /// <summary>Decimals bare, as in the samples.</summary>
    Bare,

    /// <summary>Decimals as strings with a dot, as the conventions say.</summary>
    Text,
}

public enum TimeForm
{
    Utc,

    /// <summary><c>-08:00</c>, as in the oldest samples.</summary>
    Offset,
}

public enum RewardKey
{
    Sku,

    /// <summary>SPEC prints <c>reward.id</c> where the others print <c>reward.sku</c>.</summary>
    Id,
}

public enum RepeatAnswer
{
    /// <summary>200 with the first redemption.</summary>
    Same,

    /// <summary>409, as before 2015.</summary>
    Conflict,
}

public enum PagingAnswer
{
    PageAndPerPage,

    /// <summary>The names of the paging parameters are not known: always the first page.</summary>
    Ignored,
}

public enum AmountField
{
    /// <summary><c>data.value{amount,currency}</c>, the likely place.</summary>
    DataValue,

    /// <summary><c>data.reward.value{amount,currency}</c>.</summary>
    RewardValue,

    /// <summary><c>data.amount</c>.</summary>
    DataAmount,
}

public enum CancelRule
{
    /// <summary>What the FAQ says.</summary>
    PendingOrFailed,

    /// <summary>The wider text: booked and denied too.</summary>
    AllButRedeemed,
}

public enum AlertForm
{
    Numbers,
    Objects,
}

/// <summary>Everything that is not known about Ifeelgoods, or differs between its documents (ifeelgoods.md).</summary>
public sealed class IfeelgoodsSwitches
{
    public NumberForm Numbers { get; set; }

    public TimeForm Times { get; set; }

    public RewardKey RewardKey { get; set; }

    public RepeatAnswer Repeat { get; set; }

    /// <summary>Status of <c>user_mismatch</c>: not documented (§2).</summary>
    public int UserMismatchStatus { get; set; } = 409;

    /// <summary>Status of <c>operation_refused</c>: not documented (§2).</summary>
    public int RefusedStatus { get; set; } = 422;

    public PagingAnswer Paging { get; set; }

    public int MaxPage { get; set; } = 100;

    public int SortingLimit { get; set; } = 5000;

    /// <summary>Lists of redemptions carry their codes; off = only the single redemption does.</summary>
    public bool CodesInLists { get; set; } = true;

    /// <summary>The <c>cancelable</c> field is there.</summary>
    public bool TellsCancelable { get; set; } = true;

    public CancelRule Cancel { get; set; }

    /// <summary>How long a code is reserved before it is canceled by itself (§4).</summary>
    public TimeSpan BookTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an unclaimed redemption stays open.</summary>
    public TimeSpan ClaimTime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>From the call to the code; until then the redemption is pending.</summary>
    public TimeSpan CodeDelay { get; set; }

    /// <summary>How often the code of each redemption cannot be made before it can.</summary>
    public int FailuresFirst { get; set; }

    /// <summary>E-mail domains on the deny list.</summary>
    public IReadOnlyList<string> DeniedDomains { get; set; } = [];

    /// <summary>Countries that the promotion does not serve, by the user's address.</summary>
    public IReadOnlyList<string> DeniedCountries { get; set; } = ["FR"];

    public AmountField Amount { get; set; }

    /// <summary>Path below the redemption: not documented (§3).</summary>
    public string ActivatePath { get; set; } = "actions/activate";

    /// <summary>The promotion has Ifeelgoods itself write to the user (§4).</summary>
    public bool NotifiesByEmail { get; set; }

    public long BalanceCad { get; set; } = 100_000_000;

    /// <summary>Balances, in cents, below which Ifeelgoods warns.</summary>
    public IReadOnlyList<string> BudgetAlerts { get; set; } = ["500000"];

    public AlertForm AlertForm { get; set; }

    public bool HeaderKeys { get; set; } = true;

    public bool OAuth { get; set; } = true;

    /// <summary><c>account_application</c> in 2015; today's value is not known (§1).</summary>
    public string GrantType { get; set; } = "client_credentials";

    public TimeSpan TokenLife { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>What links begin with; <c>local</c> = the simulator's own page.</summary>
    public string LinkBase { get; set; } = "https://redemption-sandbox.ifeelgoods.com/#/";
}
