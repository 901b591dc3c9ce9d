namespace TargoGiftbit.Core.Engagement;

/// <summary>What happened to a message (reference/mailjet.md §3).</summary>
public enum MailEventKind
{
    /// <summary>The recipient's mail server took it.</summary>
    Sent,

    /// <summary>Its pictures were loaded: a weak sign at best.</summary>
    Open,

    /// <summary>A link in it was followed.</summary>
    Click,

    /// <summary>The recipient's mail server refused it, for now or for good.</summary>
    Bounce,

    /// <summary>Mailjet did not even try to deliver it.</summary>
    Blocked,

    /// <summary>The recipient marked it as spam.</summary>
    Spam,

    /// <summary>The recipient opted out.</summary>
    Unsubscribe,

    /// <summary>An event this product does not know. Kept, without effect.</summary>
    Other,
}
