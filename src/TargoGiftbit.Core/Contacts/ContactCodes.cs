namespace TargoGiftbit.Core.Contacts;

/// <summary>The stable codes of this room: of its exceptions, and of the problems of single rows.</summary>
public static class ContactCodes
{
    /// <summary>File: no rows, not even a header.</summary>
    public const string FileEmpty = "ContactFileEmpty";

    /// <summary>File: a spreadsheet or an archive, not text.</summary>
    public const string FileNotText = "ContactFileNotText";

    /// <summary>File: a needed column is missing.</summary>
    public const string ColumnMissing = "ContactColumnMissing";

    /// <summary>File: two columns mean the same.</summary>
    public const string ColumnAmbiguous = "ContactColumnAmbiguous";

    /// <summary>File: a quotation mark is never closed, so rows cannot be told apart.</summary>
    public const string QuoteUnclosed = "ContactQuoteUnclosed";

    /// <summary>File: a row beyond any sensible length.</summary>
    public const string RecordTooLong = "ContactRecordTooLong";

    /// <summary>The name of an encoding that is not known.</summary>
    public const string EncodingUnknown = "ContactEncodingUnknown";

    /// <summary>Gift file: a needed column is missing.</summary>
    public const string GiftColumnMissing = "GiftFileColumnMissing";

    /// <summary>Pairing by position with unequal counts.</summary>
    public const string PairingCountDiffers = "PairingCountDiffers";

    /// <summary>The test inbox is no plain address.</summary>
    public const string TestInboxInvalid = "TestInboxInvalid";

    /// <summary>The test inbox has no room for the row.</summary>
    public const string TestInboxTooLong = "TestInboxTooLong";

    /// <summary>Row: fewer cells than the header.</summary>
    public const string TooFewFields = "ContactTooFewFields";

    /// <summary>Row: more cells than the header.</summary>
    public const string TooManyFields = "ContactTooManyFields";

    /// <summary>Row: text after a closing quotation mark.</summary>
    public const string QuoteMalformed = "ContactQuoteMalformed";

    /// <summary>Row: a control character in a cell that is used.</summary>
    public const string ControlCharacter = "ContactControlCharacter";

    /// <summary>Row: a cell that looks wrongly decoded.</summary>
    public const string EncodingDoubtful = "ContactEncodingDoubtful";

    /// <summary>Row: flagged by its source without a code.</summary>
    public const string Flagged = "ContactFlagged";

    /// <summary>Row: no e-mail address.</summary>
    public const string EmailMissing = "ContactEmailMissing";

    /// <summary>Row: an e-mail address that cannot be right.</summary>
    public const string EmailInvalid = "ContactEmailInvalid";

    /// <summary>Row: neither first nor last name.</summary>
    public const string NameMissing = "ContactNameMissing";

    /// <summary>Row: no customer id, in production.</summary>
    public const string IdMissing = "ContactIdMissing";

    /// <summary>Row: a customer id that an earlier row has, with the same address.</summary>
    public const string IdDuplicate = "ContactIdDuplicate";

    /// <summary>Row: a customer id that another row has with another address; both rows are flagged.</summary>
    public const string IdConflict = "ContactIdConflict";

    /// <summary>Row: an address that an earlier row has, where the order is one for all.</summary>
    public const string EmailDuplicate = "ContactEmailDuplicate";

    /// <summary>Gift row: no link.</summary>
    public const string LinkMissing = "GiftRowLinkMissing";

    /// <summary>Gift row: a link that is not a web address.</summary>
    public const string LinkInvalid = "GiftRowLinkInvalid";

    /// <summary>Gift row: a value that is not an amount.</summary>
    public const string PriceInvalid = "GiftRowPriceInvalid";

    /// <summary>Pairing, gift: no contact for it.</summary>
    public const string GiftUnmatched = "PairingGiftUnmatched";

    /// <summary>Pairing, contact: no gift for it.</summary>
    public const string ContactUnmatched = "PairingContactUnmatched";

    /// <summary>Pairing, contact: its id stands twice.</summary>
    public const string ContactIdDuplicate = "PairingContactIdDuplicate";

    /// <summary>Pairing, contact: its address stands twice and nothing else tells the gift's owner.</summary>
    public const string ContactEmailAmbiguous = "PairingContactEmailAmbiguous";

    /// <summary>Pairing, gift: its address belongs to several contacts.</summary>
    public const string GiftEmailAmbiguous = "PairingGiftEmailAmbiguous";

    /// <summary>Pairing, gift: another gift belongs to the same contact.</summary>
    public const string GiftDuplicate = "PairingGiftDuplicate";

    /// <summary>Pairing, contact: several gifts belong to it.</summary>
    public const string ContactTwoGifts = "PairingContactTwoGifts";

    /// <summary>Pairing, gift: its link or provider id stands twice.</summary>
    public const string LinkDuplicate = "PairingLinkDuplicate";

    /// <summary>Pairing, gift: id and address name different contacts.</summary>
    public const string Contradiction = "PairingContradiction";

    /// <summary>Pairing by position, gift: it names another contact than the one beside it.</summary>
    public const string PositionContradiction = "PairingPositionContradiction";

    /// <summary>Pairing, gift: its contact is flagged.</summary>
    public const string ContactUnusable = "PairingContactUnusable";

    /// <summary>Pairing, contact: its gift is flagged.</summary>
    public const string GiftUnusable = "PairingGiftUnusable";

    /// <summary>Pairing, gift: of the other environment.</summary>
    public const string EnvironmentDiffers = "PairingEnvironmentDiffers";

    /// <summary>Pairing, gift: of another campaign.</summary>
    public const string CampaignDiffers = "PairingCampaignDiffers";
}
