namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>The words of the wire (giftbit.md §2.2, §6).</summary>
internal static class GiftbitWords
{
    public static string Of(GiftState state) => state switch
    {
        GiftState.SentAndRedeemable => "SENT_AND_REDEEMABLE",
        GiftState.Redeemed => "REDEEMED",
        GiftState.GiverCancelled => "GIVER_CANCELLED",
        GiftState.Expired => "EXPIRED",
        _ => "TO_CHARITY",
    };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.ApiCreating => "API_CREATING",
        OrderStatus.AwaitingFunds => "AWAITING_FUNDS",
        _ => "CAMPAIGN_CREATED",
    };

    /// <summary>What link gifts report today is not known (§6): a switch decides. Before the link they are unsent.</summary>
    public static string DeliveryOf(SimulatedGift gift, GiftbitSwitches switches, bool hasLink)
    {
        if (!hasLink)
            return "UNSENT";
        if (!gift.Order.Request.IsLinkOrder)
            return "DELIVERED";
        return switches.LinkDeliveryStatus switch
        {
            LinkDeliveryStatus.LinkCreated => "LINKCREATED",
            LinkDeliveryStatus.Delivered => "DELIVERED",
            _ => "UNSENT",
        };
    }

    public static string NameOf(string infoCode) => infoCode switch
    {
        "INFO_CAMPAIGN_CREATED" => "Campaign Created",
        "INFO_CAMPAIGN_CREATED_FUNDS_REQUIRED" => "Campaign Created, Funds Required",
        "INFO_CAMPAIGN_CREATED_FUNDS_PENDING" => "Campaign Created, Funds Pending",
        "INFO_CAMPAIGN_RETRIEVED" => "Campaign Retrieved",
        "INFO_LINKS" => "Links",
        "INFO_LINKS_GENERATION_IN_PROGRESS" => "Links generation in progress",
        "INFO_GIFTS_RESENT" => "Gift resent",
        "INFO_GIFTS_CANCELED" => "Gift canceled",
        "INFO_FUNDS" => "Funds",
        "INFO_FUNDS_ADDED" => "Funds added",
        "INFO_BRANDS_RETRIEVED" => "Brands Retrieved",
        "INFO_RETRIEVED_REGIONS" => "Regions Retrieved",
        _ => "Gifts",
    };

    public static string MessageOf(string infoCode) => infoCode switch
    {
        "INFO_CAMPAIGN_CREATED" => "Campaign creation has begun.",
        "INFO_CAMPAIGN_CREATED_FUNDS_REQUIRED" => "Campaign will be sent when funds have been added.",
        "INFO_CAMPAIGN_CREATED_FUNDS_PENDING" => "Campaign will be sent when pending funds have cleared.",
        "INFO_LINKS" => "Link information retrieved",
        "INFO_LINKS_GENERATION_IN_PROGRESS" => "Links are being generated.",
        _ => NameOf(infoCode),
    };
}
