namespace TargoGiftbit.Core.Gifts;

/// <summary>What a mail is for. Each purpose is sent once.</summary>
public enum MailPurpose
{
    /// <summary>The gift itself.</summary>
    Gift,

    /// <summary>A reminder before the gift expires.</summary>
    Reminder,
}
