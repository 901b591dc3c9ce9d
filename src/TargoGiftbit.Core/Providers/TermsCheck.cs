using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers;

/// <summary>Something in the terms of an order that the provider would refuse.</summary>
/// <param name="Code">Stable identifier, for example <c>GiftbitPriceNotAllowed</c>.</param>
/// <param name="Field">The parameter or field at fault.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record OrderProblem(string Code, string Field, string Message, string Remedy);

/// <summary>What a provider's local checks of an order found (spec B1).</summary>
/// <param name="Problems">Empty when the order may be placed.</param>
/// <param name="Cost">What all gifts to be ordered cost: their face value, or what the provider says it charges.</param>
/// <param name="Available">Balance in the order's currency; null when the account has none.</param>
/// <param name="Brands">The brands of the order as the catalogue shows them: code, name and logo address.</param>
public sealed record TermsCheck(IReadOnlyList<OrderProblem> Problems, Money Cost, Money? Available, IReadOnlyList<(string Code, string Name, string? ImageUrl)> Brands)
{
    /// <summary>What the operator should know, though the order may be placed.</summary>
    public IReadOnlyList<OrderProblem> Warnings { get; init; } = [];
}

/// <summary>The links of one order where the provider lists them apart from the gifts.</summary>
/// <param name="IsReady">False while the provider is still making them.</param>
/// <param name="Links">The links, in no order that means anything.</param>
public sealed record OrderLinks(bool IsReady, IReadOnlyList<GiftLink> Links);
