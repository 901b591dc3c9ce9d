namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>A document of Frappe: fields by name, and rows of child tables. Values are text, whole numbers or null.</summary>
public sealed class ErpDocument(string doctype, string name)
{
    public string Doctype { get; } = doctype;

    public string Name { get; } = name;

    public SortedDictionary<string, object?> Fields { get; } = new(StringComparer.Ordinal) { ["name"] = name };

    /// <summary>Child rows by the field that holds them: <c>email_ids</c>, <c>links</c>.</summary>
    public SortedDictionary<string, List<Dictionary<string, object?>>> Children { get; } = new(StringComparer.Ordinal);

    public object? this[string field]
    {
        get => Fields.GetValueOrDefault(field);
        set => Fields[field] = value;
    }

    public string? Text(string field) => this[field]?.ToString();
}

/// <summary>The doctypes that this site plays.</summary>
public static class ErpDoctypes
{
    /// <summary>Child doctype by the field of Contact that holds its rows.</summary>
    public static IReadOnlyDictionary<string, string> ChildTables { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Contact Email"] = "email_ids",
        ["Dynamic Link"] = "links",
    };

    private static readonly string[] Common = ["name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"];

    private static readonly string[] Customer =
    [
        "customer_name", "customer_type", "customer_group", "territory", "language", "disabled", "is_frozen", "email_id", "mobile_no",
        "customer_primary_contact", "default_currency", "loyalty_program", "tax_id",
    ];

    private static readonly string[] Contact =
        ["first_name", "last_name", "full_name", "email_id", "is_primary_contact", "unsubscribed", "status", "user"];

    /// <summary>The site's own fields on Customer; the first two are a check and a time.</summary>
    public static IReadOnlyList<string> Annotations { get; } = ["gift_link_clicked", "gift_link_clicked_at", "gift_campaign"];

    public static bool Has(string doctype, string field, AnnotationFields annotation) =>
        Common.Contains(field) || (doctype == "Contact" ? Contact.Contains(field) : Customer.Contains(field) || AnnotationOf(field, annotation) is not null);

    /// <summary>Which annotation a field of Customer is, or null.</summary>
    public static string? AnnotationOf(string field, AnnotationFields annotation) => annotation switch
    {
        AnnotationFields.Plain => Annotations.FirstOrDefault(known => known == field),
        AnnotationFields.Prefixed => Annotations.FirstOrDefault(known => "custom_" + known == field),
        _ => null,
    };
}
