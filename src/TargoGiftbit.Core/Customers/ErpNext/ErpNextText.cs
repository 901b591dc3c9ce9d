using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Everything that this room says to an operator, in one place (French comes next).</summary>
internal static class ErpNextText
{
    public const string TokenMalformed = "ERPNEXT_TOKEN is not of the form key:secret.";
    public const string TokenRemedy = "Give the API key and the API secret of the user with a colon between them, without the word token and without quotes.";
    public const string KeyRemedy = "Check ERPNEXT_TOKEN: the API key and secret are made on the user's page in ERPNext. A proxy must pass the Authorization header on.";
    public const string ForbiddenRemedy = "Give the API user a role that may read Customer and Contact, and write the gift fields of Customer.";
    public const string NotFoundRemedy = "Check the id, and that ERPNEXT_URL is the root of the right site.";
    public const string StaleRemedy = "Somebody is working on this customer. Run the command again later.";
    public const string FieldRemedy = "Make the field on Customer in ERPNext, let the API user's role read and write it, or give its real name.";
    public const string RefusedRemedy = "The site's own rules say no. Correct what they name in ERPNext, or the filter given with -Where, and run the command again.";
    public const string RequestTooLongRemedy = "Give a shorter -Where, or fewer territories and groups at once.";
    public const string RateRemedy = "The site asks for fewer requests. Wait a few minutes and run the command again; what is written stays written.";
    public const string MaintenanceRemedy = "The site is being updated or is overloaded. Run the command again later; what is written stays written.";
    public const string UnavailableRemedy = "The site has trouble. Run the command again later; what is written stays written.";
    public const string UnexpectedRemedy = "Check that ERPNEXT_URL is the root of an ERPNext site and that nothing in front of it asks for a login.";
    public const string WhereInvalid = "The filter is not one that ERPNext understands.";
    public const string WhereRemedy = """Write it as JSON: ["customer_type","=","Individual"], a list of such, or {"customer_type":"Individual"}.""";
    public const string CustomerIdRemedy = "Only gifts whose contacts came from this ERPNext site, with its customer ids, can be written back.";
    public const string NotWrittenRemedy = "The site leaves out without a word what it does not know or what the API user may not write. Check the fields and the role's permission level.";

    public static string Refused(string call, Uri site, int status, string? type, string words) => string.Create(CultureInfo.InvariantCulture,
        $"ERPNext ({site.IdnHost}) refused {call}: HTTP {status}{(type is null ? "" : ", " + type)}{(words.Length == 0 ? "" : $": {words}")}.");

    public static string Failed(string call, Uri site, string answer) => $"ERPNext ({site.IdnHost}) could not do {call}: {answer}.";

    public static string Guest(Uri site) => $"ERPNext ({site.IdnHost}) does not know who is asking.";

    public static string NoSuch(string doctype, string name) => $"ERPNext has no {doctype} '{name}'.";

    public static string RequestTooLong(string doctype) => $"The conditions on {doctype} do not fit into a request.";

    public static string ListStuck(string doctype, Uri site, int count) => string.Create(CultureInfo.InvariantCulture,
        $"The list of {doctype} at {site.IdnHost} could not be read to its end: after {count} rows the site repeats itself.");

    public static string FieldUnknown(string field, string other, Uri site) =>
        $"Customer at {site.IdnHost} has neither a field '{field}' nor '{other}' that the API user may read. Nothing was written.";

    public static string CustomerIdMissing(GiftId gift) => $"Gift {gift} has no customer id.";

    public static string NotWritten(string customer, ErpNextFields fields) =>
        $"ERPNext accepted the click of customer '{customer}', but its answer does not show {Names(fields)} as sent.";

    public static string Write(ErpNextFields fields, string time) => $"Write {fields.Clicked} = 1, {fields.ClickedAt} = {time}";

    public static string Disabled(string customer) => $"Customer {customer} is disabled in ERPNext.";

    public static string Unsubscribed(string customer) => $"The contact of customer {customer}, or another with the same address, is marked as unsubscribed in ERPNext.";

    public static string NoEmail(string customer) => $"Customer {customer} has no e-mail address: neither its primary contact, nor the customer itself, nor a linked contact. Add one in ERPNext.";

    public static string Shared(string customer, string earlier) => $"Customer {customer} has the same e-mail address as customer {earlier}, who comes first.";

    private static string Names(ErpNextFields fields) => string.Join(", ", new[] { fields.Clicked, fields.ClickedAt, fields.Campaign }.OfType<string>());
}
