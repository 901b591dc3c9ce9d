namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Why a customer cannot be written to: the problem codes of the contacts that this room makes.</summary>
public static class ErpNextCodes
{
    /// <summary>The customer is disabled.</summary>
    public const string CustomerDisabled = "ErpNextCustomerDisabled";

    /// <summary>The contact, or another one with the same address, wants no mail.</summary>
    public const string Unsubscribed = "ErpNextUnsubscribed";

    /// <summary>There is no address anywhere.</summary>
    public const string EmailMissing = "ErpNextEmailMissing";

    /// <summary>An earlier customer has the same address.</summary>
    public const string EmailShared = "ErpNextEmailShared";
}
