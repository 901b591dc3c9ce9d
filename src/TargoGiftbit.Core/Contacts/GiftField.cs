namespace TargoGiftbit.Core.Contacts;

/// <summary>A field of a gift file.</summary>
internal enum GiftField
{
    Row,
    CustomerId,
    FirstName,
    LastName,
    RecipientName,
    Email,
    Price,
    PriceInCents,
    Currency,
    Brand,
    Link,
    ProviderGiftId,
    Status,
    Expiry,
    CampaignId,
    Environment,
}

/// <summary>
/// The column names of gift files: ours, those of the provider's API, and those its web site may use, which are not published
/// (reference/giftbit.md has none): hence every plausible one.
/// </summary>
internal static class GiftFields
{
    /// <summary>Names to suggest for the link.</summary>
    internal const string SuggestedLink = "Link, Shortlink, Gift link, URL";

    /// <summary>Whether a column of this name holds gift links.</summary>
    internal static bool MeansLink(string name) => Names.TryGetValue(HeaderName.Fold(name), out var field) && field == GiftField.Link;

    /// <summary>Folded names (<see cref="HeaderName.Fold"/>).</summary>
    internal static FieldNames<GiftField> Names { get; } = new()
    {
        [GiftField.Row] = ["row", "number", "rang", "numero"],
        [GiftField.CustomerId] = ["id", "customerid", "contactid", "clientid", "noclient", "numeroclient", "numerodeclient", "codeclient"],
        [GiftField.FirstName] = ["firstname", "recipientfirstname", "prenom"],
        [GiftField.LastName] = ["lastname", "recipientlastname", "nom", "nomdefamille"],
        [GiftField.RecipientName] = ["recipientname", "recipient", "name", "fullname", "destinataire", "nomdudestinataire"],
        [GiftField.Email] = ["email", "recipientemail", "recipientemailaddress", "emailaddress", "courriel", "adressecourriel", "courrieldudestinataire"],
        [GiftField.Price] = ["price", "amount", "value", "giftvalue", "giftamount", "facevalue", "rewardvalue", "prix", "montant", "valeur"],
        [GiftField.PriceInCents] = ["priceincents", "amountincents", "valueincents"],
        [GiftField.Currency] = ["currency", "currencycode", "currencyisocode", "devise"],
        [GiftField.Brand] = ["brand", "brandname", "brandcode", "giftbrandselected", "marque"],
        [GiftField.Link] =
            ["link", "shortlink", "giftlink", "giftbitlink", "rewardlink", "claimlink", "url", "gifturl", "claimurl", "shorturl", "lien", "liencadeau", "lienducadeau"],
        [GiftField.ProviderGiftId] = ["uuid", "giftid", "giftuuid", "rewardid"],
        [GiftField.Status] = ["status", "giftstatus", "rewardstatus", "statut", "etat"],
        [GiftField.Expiry] = ["expiry", "expirydate", "expires", "expirationdate", "expiration", "dateexpiration"],
        [GiftField.CampaignId] = ["campaign", "campaignid", "orderid", "campagne"],
        [GiftField.Environment] = ["environment", "environnement"],
    };
}
