namespace TargoGiftbit.Simulator.Giftbit;

public enum DuplicateIdAnswer
{
    /// <summary>422 <c>ERROR_CAMPAIGN_INVALID_ID</c>, the form with the best evidence (giftbit.md §2.3).</summary>
    Refuse,

    /// <summary>200 with the first order, whatever the second body says.</summary>
    Replay,
}

public enum SpellingSet
{
    /// <summary><c>added_succesfully</c>, <c>INFO_CREDNTIALS</c>: the recordings.</summary>
    Recorded,

    /// <summary><c>added_successfully</c>, <c>INFO_CREDENTIALS</c>: the newest documentation.</summary>
    Corrected,
}

public enum LinkContacts
{
    Empty,
    Null,
    Returned,
}

public enum RecipientFields
{
    EmailAndName,
    EmailOnly,
    NameOnly,
    None,
}

public enum LinkDeliveryStatus
{
    LinkCreated,
    Delivered,
    Unsent,
}

public enum LinksOrder
{
    Creation,
    Shuffled,
}

public enum UnknownIdAnswer
{
    Refuse,
    NotFound,

    /// <summary>200 with <c>gift: null</c>, as one client allows for.</summary>
    NullObject,
}

public enum RefusalAnswer
{
    Refuse,

    /// <summary>200 with the gift unchanged.</summary>
    Accept,
}

public enum FundsOutcome
{
    /// <summary>Created when the balance covers it, else funds required.</summary>
    ByBalance,
    Required,
    Pending,
}

public enum AbsentFields
{
    Omitted,
    Null,
}

public enum DuplicateContacts
{
    /// <summary>One gift per e-mail address: the e-mail is the contact's identity (§2.1).</summary>
    Merge,
    Keep,
}

/// <summary>Everything that is not known about Giftbit, or differs between its documents (giftbit.md §11).</summary>
public sealed class GiftbitSwitches
{
    public DuplicateIdAnswer DuplicateId { get; set; }

    public SpellingSet Spelling { get; set; }

    /// <summary>What <c>campaign.contacts</c> holds for a link order.</summary>
    public LinkContacts LinkContacts { get; set; }

    public bool RequireLinkCount { get; set; }

    /// <summary>Whether <c>link_count</c> beside <c>contacts</c> is taken (today's documents) or refused (2015–18).</summary>
    public RefusalAnswer LinkCountWithContacts { get; set; } = RefusalAnswer.Accept;

    public DuplicateContacts DuplicateContacts { get; set; }

    /// <summary>Gifts of link orders carry <c>shortlink</c>; off = only <c>/links/{id}</c> has them.</summary>
    public bool ShortlinkInGifts { get; set; } = true;

    public RecipientFields Recipients { get; set; }

    /// <summary>Giftbit gives addresses back in lower case.</summary>
    public bool LowerCaseEmail { get; set; }

    public LinksOrder LinksOrder { get; set; }

    public LinkDeliveryStatus LinkDeliveryStatus { get; set; }

    public int MaxLinksPage { get; set; } = 100;

    public int MaxGiftsPage { get; set; } = 500;

    public int MaxBrandsPage { get; set; } = 500;

    public UnknownIdAnswer UnknownId { get; set; }

    public RefusalAnswer CancelAfterClaim { get; set; }

    public RefusalAnswer SecondCancel { get; set; }

    /// <summary><c>Retry-After</c> in seconds on the testbed's simulated 429; none = no header.</summary>
    public int? RateLimitRetryAfter { get; set; }

    public FundsOutcome Funds { get; set; }

    /// <summary>From order to <c>CAMPAIGN_CREATED</c>: the gifts exist, UNSENT and without link.</summary>
    public TimeSpan CampaignDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>From order to links.</summary>
    public TimeSpan LinkDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Until pending funds clear by themselves.</summary>
    public TimeSpan PendingFundsDelay { get; set; } = TimeSpan.FromDays(3);

    public bool CampaignIdInGifts { get; set; } = true;

    public bool RedeemedDateInGifts { get; set; } = true;

    /// <summary>Unclaimed gifts with a choice of brands carry their price.</summary>
    public bool PriceInGifts { get; set; } = true;

    public AbsentFields AbsentFields { get; set; }

    /// <summary>Numbers come as strings.</summary>
    public bool NumbersAsStrings { get; set; }

    /// <summary>401 as recorded in 2017: <c>text</c> instead of <c>error</c>, typed as HTML.</summary>
    public bool LegacyUnauthorized { get; set; }

    /// <summary>Addresses that Giftbit knows to be undeliverable.</summary>
    public IReadOnlyList<string> KnownBadAddresses { get; set; } = [];

    public long FundsCad { get; set; } = 1_000_000_000;

    public long FundsUsd { get; set; } = 1_000_000_000;

    public int FeePerGift { get; set; }

    /// <summary>Share of the price that comes back when an unclaimed gift is cancelled, in percent.</summary>
    public int CancelRefundPercent { get; set; } = 100;

    /// <summary>Share that comes back when an unclaimed gift expires (§5.3: 25 by default).</summary>
    public int ExpiryRefundPercent { get; set; } = 25;

    /// <summary>What short links begin with; <c>local</c> = the simulator's own claim page.</summary>
    public string ShortlinkBase { get; set; } = "http://gtbt.co/";
}
