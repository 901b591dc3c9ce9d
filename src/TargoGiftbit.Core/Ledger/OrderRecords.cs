using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ledger;

/// <summary>A gift that was ordered elsewhere, and its customer.</summary>
/// <param name="Contact">The customer.</param>
/// <param name="Link">The link.</param>
/// <param name="ProviderGiftId">The provider's id of the gift, when known.</param>
/// <param name="Row">The row that a file of ours gives it, or null.</param>
public sealed record JoinedGift(GiftContact Contact, GiftLink Link, string? ProviderGiftId, int? Row);

/// <summary>What an order run would have to do.</summary>
/// <param name="NewContacts">Contacts that no order of the campaign holds yet.</param>
/// <param name="OpenOrders">Orders left by a run that was cut; placed again with their stored bytes.</param>
public sealed record OrderOutlook(IReadOnlyList<GiftContact> NewContacts, int OpenOrders);

/// <summary>What an order run has to do.</summary>
/// <param name="Campaign">The campaign as stored.</param>
/// <param name="Gifts">The gifts of the contacts given, in their order.</param>
/// <param name="NewlyOrdered">How many of them are in orders written now.</param>
/// <param name="ChangedAddresses">Gifts whose contact now has another address; the ledger's is kept.</param>
/// <param name="Open">Orders to place: written now, or left by a run that was cut.</param>
public sealed record OrderPlan(GiftCampaign Campaign, IReadOnlyList<Gift> Gifts, int NewlyOrdered, IReadOnlyList<int> ChangedAddresses, IReadOnlyList<StoredOrder> Open);

/// <summary>An order in short.</summary>
/// <param name="OrderId">Client id.</param>
/// <param name="ProviderOrderId">The provider's id, once known.</param>
/// <param name="RefusedUnnamed">Contacts that the provider did not take without saying which.</param>
public sealed record OrderBrief(string OrderId, string? ProviderOrderId, int RefusedUnnamed);

/// <summary>An order as the ledger holds it.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Provider">The provider.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Prepared">Client id, bytes and hash.</param>
/// <param name="State">How it stands.</param>
/// <param name="ProviderOrderId">The provider's id, once known.</param>
/// <param name="Attempts">How often it was posted.</param>
public sealed record StoredOrder(GiftEnvironment Environment, string Provider, string CampaignId, PreparedOrder Prepared, OrderState State, string? ProviderOrderId, int Attempts);
