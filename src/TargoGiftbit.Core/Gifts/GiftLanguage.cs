namespace TargoGiftbit.Core.Gifts;

/// <summary>Language of a customer (spec C2).</summary>
public enum GiftLanguage
{
    /// <summary>French, the default.</summary>
    Fr,

    /// <summary>English, on a recorded choice only.</summary>
    En,
}
