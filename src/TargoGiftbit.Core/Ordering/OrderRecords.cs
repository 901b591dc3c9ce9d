using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ordering;

/// <summary>What an order would do, found out without doing it.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Contacts">The good contacts.</param>
/// <param name="BadContacts">One problem per contact that cannot be used.</param>
/// <param name="Refusal">Why nothing can be ordered because of the contacts, or null.</param>
/// <param name="NewGifts">Gifts that would be ordered now.</param>
/// <param name="OpenOrders">Orders left by a run that was cut.</param>
/// <param name="Account">Whose credentials.</param>
/// <param name="Check">What is wrong with the terms, the cost and the funds.</param>
public sealed record OrderPreview(
    GiftCampaign Terms, IReadOnlyList<GiftContact> Contacts, IReadOnlyList<ContactProblem> BadContacts, OrderException? Refusal,
    int NewGifts, int OpenOrders, ProviderAccount Account, TermsCheck Check)
{
    /// <summary>True when there is nothing to order: everything was ordered before.</summary>
    public bool IsNoOp => NewGifts == 0 && OpenOrders == 0;

    /// <summary>True when the order may be placed.</summary>
    public bool MayProceed => Refusal is null && Check.Problems.Count == 0;
}

/// <summary>What an order run did.</summary>
/// <param name="Campaign">The campaign afterwards; its <see cref="GiftCampaign.OrderState"/> says whether funds are missing.</param>
/// <param name="Gifts">The gifts of the contacts given, from the ledger.</param>
/// <param name="NewlyOrdered">How many of them were ordered now.</param>
/// <param name="ChangedAddresses">Rows whose contact came with another address; the ledger's is kept.</param>
/// <param name="RefusedContacts">Gifts whose contact the provider did not take, with its reason.</param>
/// <param name="Failures">Orders of single recipients that could not be placed.</param>
public sealed record OrderRun(
    GiftCampaign Campaign, IReadOnlyList<Gift> Gifts, int NewlyOrdered, IReadOnlyList<int> ChangedAddresses,
    IReadOnlyList<(GiftId Gift, string Reason)> RefusedContacts, IReadOnlyList<(StoredOrder Order, GiftException Error)> Failures);
