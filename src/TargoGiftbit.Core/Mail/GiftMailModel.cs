namespace TargoGiftbit.Core.Mail;

/// <summary>
/// Every placeholder a template may use: the public properties of this type and of the types in its lists. Text goes into
/// <c>{{Name}}</c>, anything may be asked with <c>{{#if Name}}</c>, lists are walked with <c>{{#each Name}}</c>. The
/// checker reads the names from here, and <c>docs/templates.md</c> lists them for operators.
/// </summary>
/// <remarks>Holds the gift's link in clear and is therefore never handed to anybody but the template (spec A7).</remarks>
internal sealed class GiftMailModel
{
    /// <summary>The placeholders that are worth money: whoever reads one can take the gift.</summary>
    internal static IReadOnlyList<string> Bearer { get; } = [nameof(GiftUrl), nameof(Code), nameof(Pin), nameof(UrlCode), nameof(PrintableUrl), nameof(BarcodeText)];

    /// <summary>The customer's first name; may be empty.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>The customer's last name; may be empty.</summary>
    public string LastName { get; init; } = "";

    /// <summary>Face value in the language's typography: <c>60 $</c>, <c>$60</c>.</summary>
    public string Amount { get; init; } = "";

    /// <summary>Last day in words: <c>31 décembre 2026</c>; empty when the gift does not expire.</summary>
    public string Expiry { get; init; } = "";

    /// <summary>The gift's shortlink, or the address that its code is. Once in the button, once as text.</summary>
    public string GiftUrl { get; init; } = "";

    /// <summary>The code of a gift of the code kind; empty otherwise, and where it is an address.</summary>
    public string Code { get; init; } = "";

    /// <summary>The PIN that goes with the code; empty when there is none.</summary>
    public string Pin { get; init; } = "";

    /// <summary>What the address of a code asks for; empty when nothing.</summary>
    public string UrlCode { get; init; } = "";

    /// <summary>Address of a card to print; empty when there is none.</summary>
    public string PrintableUrl { get; init; } = "";

    /// <summary>What the barcode says; empty when there is none.</summary>
    public string BarcodeText { get; init; } = "";

    /// <summary>Content id of the barcode's picture for <c>src="cid:…"</c>; empty when it cannot be drawn.</summary>
    public string BarcodeCid { get; init; } = "";

    /// <summary>Width at which the barcode is shown, in CSS pixels.</summary>
    public string BarcodeWidth { get; init; } = "";

    /// <summary>Host of the shortlink, for the customer to check: <c>gtbt.co</c>.</summary>
    public string LinkHost { get; init; } = "";

    /// <summary>Name of the company behind that host: <c>Giftbit</c>.</summary>
    public string Partner { get; init; } = "";

    /// <summary><c>campaign:row</c>, by which support finds the gift.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Brands to choose from, at most twelve; empty when the whole catalogue may be chosen from.</summary>
    public IReadOnlyList<MailBrandModel> Brands { get; init; } = [];

    /// <summary>The same brands in rows of two.</summary>
    public IReadOnlyList<MailBrandRowModel> BrandRows { get; init; } = [];

    /// <summary>The brands' names in a sentence.</summary>
    public string BrandNames { get; init; } = "";

    /// <summary>How many brands there are beyond those listed; empty when none.</summary>
    public string MoreBrands { get; init; } = "";

    /// <summary>What accepting the gift commits the customer to.</summary>
    public string Commitment { get; init; } = "";

    /// <summary>The subject of this mail, for <c>&lt;title&gt;</c>.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Name by which the sender carries on business.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>Address the mail comes from.</summary>
    public string SenderEmail { get; init; } = "";

    /// <summary>The sender's postal address.</summary>
    public string MailingAddress { get; init; } = "";

    /// <summary>Address a customer can write to.</summary>
    public string SupportEmail { get; init; } = "";

    /// <summary><c>mailto:</c> to support with the reference filled in.</summary>
    public string SupportUrl { get; init; } = "";

    /// <summary><c>mailto:</c> by which the customer refuses the gift.</summary>
    public string RefuseUrl { get; init; } = "";

    /// <summary><c>mailto:</c> by which the customer asks for another one.</summary>
    public string ReplaceUrl { get; init; } = "";

    /// <summary><c>mailto:</c> by which the customer asks for the other language.</summary>
    public string OtherLanguageUrl { get; init; } = "";

    /// <summary>Where this customer unsubscribes: the page with their token, or a <c>mailto:</c>.</summary>
    public string UnsubscribeUrl { get; init; } = "";

    /// <summary>Privacy policy; empty when none is configured.</summary>
    public string PrivacyUrl { get; init; } = "";

    /// <summary>True when clicks on links are counted.</summary>
    public bool TracksClicks { get; init; }

    /// <summary>True when opening the mail is counted.</summary>
    public bool TracksOpens { get; init; }
}

/// <summary>A brand within <see cref="GiftMailModel.Brands"/>.</summary>
internal sealed class MailBrandModel
{
    /// <summary>The brand's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Content id of its logo for <c>src="cid:…"</c>; empty when there is no logo.</summary>
    public string LogoCid { get; init; } = "";

    /// <summary>Width at which the logo is shown, in CSS pixels.</summary>
    public string LogoWidth { get; init; } = "";

    /// <summary>Height at which the logo is shown, in CSS pixels.</summary>
    public string LogoHeight { get; init; } = "";
}

/// <summary>A row within <see cref="GiftMailModel.BrandRows"/>.</summary>
internal sealed class MailBrandRowModel
{
    /// <summary>One or two brands.</summary>
    public IReadOnlyList<MailBrandModel> Brands { get; init; } = [];
}
