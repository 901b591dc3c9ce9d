namespace TargoGiftbit.Simulator.ErpNext;

public enum CustomerNaming
{
    /// <summary><c>CUST-2026-00001</c>.</summary>
    Series,

    /// <summary>The customer's name is the document's: with spaces, accents, slashes and ampersands.</summary>
    CustomerName,
}

public enum AnnotationFields
{
    /// <summary>Made from a label since v15: <c>custom_gift_link_clicked</c>.</summary>
    Prefixed,

    /// <summary><c>gift_link_clicked</c>.</summary>
    Plain,

    /// <summary>Nobody has made the fields yet.</summary>
    Absent,
}

public enum UnknownFieldAnswer
{
    /// <summary>417 DataError.</summary>
    Refused,

    /// <summary>The row comes without it.</summary>
    Dropped,
}

public enum ErrorForm
{
    /// <summary>All keys, the traceback too.</summary>
    Full,

    /// <summary>The doubly encoded messages alone: what a user without privileges sees.</summary>
    MessagesOnly,

    /// <summary><c>exception</c> alone.</summary>
    ExceptionOnly,

    /// <summary><c>_error_message</c> alone.</summary>
    ErrorMessage,

    /// <summary><c>exc_type</c> alone.</summary>
    TypeOnly,
}

/// <summary>Everything that differs between ERPNext sites and versions (erpnext.md).</summary>
public sealed class ErpNextSwitches
{
    /// <summary>How many customers the site starts with.</summary>
    public int Customers { get; set; } = 60;

    public CustomerNaming Naming { get; set; }

    public AnnotationFields Annotation { get; set; }

    /// <summary>Off: a PUT leaves the annotation fields as they are and says 200 (permission level).</summary>
    public bool AnnotationWritable { get; set; } = true;

    public UnknownFieldAnswer UnknownField { get; set; }

    public ErrorForm Errors { get; set; }

    public bool ContactsReadable { get; set; } = true;

    /// <summary>Contacts may be filtered by their child tables.</summary>
    public bool ChildFilters { get; set; } = true;

    /// <summary>Most rows of a page, whatever is asked for; 0 = as many as asked for.</summary>
    public int MaxPage { get; set; }

    /// <summary>Single documents leave null fields out (v1).</summary>
    public bool OmitsNulls { get; set; } = true;

    /// <summary>The site's zone: all its times are in it, without saying so.</summary>
    public string TimeZone { get; set; } = "America/Toronto";

    /// <summary>Longest request line that the web server takes, in bytes.</summary>
    public int RequestLine { get; set; } = 4094;

    /// <summary>The site is being migrated: 503 for everything.</summary>
    public bool Maintenance { get; set; }

    /// <summary>Requests per minute; 0 = without limit, as by default.</summary>
    public int RateLimit { get; set; }

    /// <summary>How many of the next saves find that somebody else has saved the document since it was read.</summary>
    public int ForeignEdits { get; set; }

    /// <summary>What a hook of the site says to each save; empty = it lets them pass.</summary>
    public string SaveRefusal { get; set; } = "";

    /// <summary>A login page in place of the API, with 200: what a proxy in front of the site may do.</summary>
    public bool LoginPage { get; set; }
}
