namespace TargoGiftbit.Core.Contacts;

/// <summary>A field of a contact.</summary>
internal enum ContactField
{
    CustomerId,
    FirstName,
    LastName,
    Email,
    Language,
}

/// <summary>The column names under which offices keep the fields of a contact, in French and English.</summary>
internal static class ContactFields
{
    /// <summary>Folded names (<see cref="HeaderName.Fold"/>).</summary>
    internal static FieldNames<ContactField> Names { get; } = new()
    {
        [ContactField.CustomerId] =
        [
            "id", "noclient", "nodeclient", "noduclient", "numeroclient", "numerodeclient", "numeroduclient", "numclient", "idclient", "identifiantclient",
            "codeclient", "clientid", "clientno", "clientnumber", "clientcode", "customerid", "customerno", "customernumber", "customercode",
            "nocompte", "nodecompte", "numerodecompte", "accountid", "accountno", "accountnumber",
        ],
        [ContactField.FirstName] = ["prenom", "prenoms", "prenomclient", "prenomduclient", "firstname", "first", "givenname", "given", "forename"],
        [ContactField.LastName] = ["nom", "nomdefamille", "nomfamille", "lastname", "last", "surname", "familyname"],
        [ContactField.Email] =
        [
            "courriel", "courrielclient", "courrielduclient", "adressecourriel", "adressedecourriel", "courrierelectronique", "adressedecourrierelectronique",
            "adresseelectronique", "email", "emailaddress", "mail", "mailaddress", "adressemail", "adresseemail",
        ],
        [ContactField.Language] =
        [
            "langue", "languecorrespondance", "languedecorrespondance", "languedecommunication", "languepreferee", "langueduclient",
            "language", "lang", "preferredlanguage", "languagepreference", "locale",
        ],
    };

    /// <summary>Names to suggest for a field that is missing.</summary>
    internal static string Suggested(ContactField field) => field switch
    {
        ContactField.CustomerId => "No client, Numéro de client, Code client, Customer ID, ID",
        ContactField.FirstName => "Prénom, First name, Given name",
        ContactField.LastName => "Nom, Nom de famille, Last name, Surname",
        ContactField.Email => "Courriel, Adresse courriel, E-mail, Mail",
        _ => "Langue, Language, Lang",
    };
}
