using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail;

/// <summary>What the product itself says to a customer beside the templates: the mails that their links prepare.</summary>
internal sealed record MailPhrases
{
    /// <summary>The usual statement of what accepting the gift commits to.</summary>
    public required string Commitment { get; init; }

    /// <summary>Subject of a refusal; <c>{0}</c> is the reference.</summary>
    public required string Refuse { get; init; }

    /// <summary>Subject of a request for another gift.</summary>
    public required string Replace { get; init; }

    /// <summary>Subject of a question.</summary>
    public required string Support { get; init; }

    /// <summary>Subject of a request for the other language, in that language.</summary>
    public required string OtherLanguage { get; init; }

    /// <summary>The phrases of a language.</summary>
    public static MailPhrases Of(GiftLanguage language) => language == GiftLanguage.En ? English : French;

    private static readonly MailPhrases French = new()
    {
        Commitment = "Ce cadeau ne t’engage à rien\u00A0: l’accepter ne prolonge pas ton contrat et n’en change ni le prix, ni la durée, ni les conditions.",
        Refuse = "Refuser mon cadeau {0}",
        Replace = "Remplacer mon cadeau {0}",
        Support = "Question sur mon cadeau {0}",
        OtherLanguage = "My gift in English, please {0}",
    };

    private static readonly MailPhrases English = new()
    {
        Commitment = "This gift commits you to nothing: accepting it does not extend your contract or change its price, its length or its terms.",
        Refuse = "Decline my gift {0}",
        Replace = "Replace my gift {0}",
        Support = "Question about my gift {0}",
        OtherLanguage = "Mon cadeau en français, s’il vous plaît {0}",
    };
}

/// <summary>A <c>mailto:</c> address in which only the reference changes from gift to gift.</summary>
internal sealed class MailtoTemplate
{
    private readonly string[] pieces;

    /// <summary>Prepares it.</summary>
    /// <param name="address">Where the mail goes.</param>
    /// <param name="subject">Subject, <c>{0}</c> for the reference. There is no body: some readers mangle one, and the text part stays legible.</param>
    public MailtoTemplate(string address, string subject) =>
        pieces = $"mailto:{address}?subject={Uri.EscapeDataString(subject)}".Split(Uri.EscapeDataString("{0}"));

    /// <summary>The address for one gift.</summary>
    /// <param name="escapedReference">The reference, already percent-encoded.</param>
    public string For(string escapedReference) => string.Join(escapedReference, pieces);
}
