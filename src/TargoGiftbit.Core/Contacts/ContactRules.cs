using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>What can be said of a single contact, wherever it comes from.</summary>
internal static class ContactRules
{
    /// <summary>The contact, flagged if something is wrong with it.</summary>
    internal static GiftContact Flag(GiftContact contact) =>
        Find(contact) is { } problem ? contact with { ProblemCode = problem.Code, Problem = problem.Reason } : contact;

    /// <summary>The first thing that is wrong with a contact, or null. A flag that it carries already comes first.</summary>
    internal static (string Code, string Reason)? Find(GiftContact contact)
    {
        if (contact.ProblemCode is not null || contact.Problem is not null)
            return (contact.ProblemCode ?? ContactCodes.Flagged, contact.Problem ?? contact.ProblemCode!);
        return Text(contact.CustomerId ?? "", ContactField.CustomerId)
            ?? Text(contact.FirstName, ContactField.FirstName)
            ?? Text(contact.LastName, ContactField.LastName)
            ?? Address(contact.Email)
            ?? (string.IsNullOrWhiteSpace(contact.FirstName) && string.IsNullOrWhiteSpace(contact.LastName)
                ? (ContactCodes.NameMissing, ContactText.Get(ContactCodes.NameMissing))
                : null);
    }

    private static (string Code, string Reason)? Text(string text, ContactField field)
    {
        var code = CellText.HasControl(text) ? ContactCodes.ControlCharacter
            : CellText.LooksMisread(text) ? ContactCodes.EncodingDoubtful
            : null;
        return code is null ? null : (code, ContactText.Format(code, ContactText.FieldName(field)));
    }

    private static (string Code, string Reason)? Address(string email)
    {
        var fault = EmailAddress.Check(email);
        if (fault == EmailFault.None) return null;
        if (fault == EmailFault.Missing) return (ContactCodes.EmailMissing, ContactText.Get(ContactCodes.EmailMissing));
        return Text(email, ContactField.Email)
            ?? (ContactCodes.EmailInvalid, ContactText.Format(ContactCodes.EmailInvalid, CellText.Shown(email), EmailAddress.Describe(fault)));
    }
}
