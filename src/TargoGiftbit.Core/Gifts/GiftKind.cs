namespace TargoGiftbit.Core.Gifts;

/// <summary>What a customer gets in the mail. Chosen before ordering and stored with the campaign.</summary>
public enum GiftKind
{
    /// <summary>A link behind which the gift is taken.</summary>
    Link,

    /// <summary>The code of the gift itself, with what belongs to it.</summary>
    Code,
}
