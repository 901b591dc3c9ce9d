namespace TargoGiftbit.Core.Gifts;

/// <summary>How an order at a provider stands (spec B3, B4).</summary>
public enum OrderState
{
    /// <summary>Written down with its bytes; nothing posted yet, or the outcome is not known.</summary>
    Prepared,

    /// <summary>Accepted and funded.</summary>
    Created,

    /// <summary>Accepted, but the balance does not cover it: the provider makes the gifts once it is funded. Do not order again.</summary>
    FundsRequired,

    /// <summary>Accepted, waiting for a payment under way to clear.</summary>
    FundsPending,

    /// <summary>The provider certainly did not take it.</summary>
    Refused,
}
