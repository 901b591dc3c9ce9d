using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>An error as Frappe words it (erpnext.md §5).</summary>
public sealed class ErpRefusedException(int status, string type, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The <c>exc_type</c>.</summary>
    public string Type { get; } = type;

    public static ErpRefusedException Missing(string doctype, string name) =>
        new(404, "DoesNotExistError", $"{doctype} <strong>{name}</strong> not found");

    public static ErpRefusedException NotPermitted(string what) => new(403, "PermissionError", $"Insufficient Permission for <b>{what}</b>");

    public static ErpRefusedException NoSuchField(string field) => new(417, "DataError", $"Field not permitted in query: {field}");

    /// <summary>JSON where it is accepted, otherwise the site's error page.</summary>
    public Reply ToReply(ServiceRequest request, ErrorForm form)
    {
        if (!(request.Header("Accept") ?? "").Contains("json", StringComparison.OrdinalIgnoreCase))
            return Reply.Html(Status, $"<!DOCTYPE html><html><head><title>{(Status == 404 ? "Not Found" : "Server Error")}</title></head><body><h1>{Type}</h1></body></html>");
        return Reply.Json(Status, json =>
        {
            if (form is ErrorForm.Full or ErrorForm.TypeOnly or ErrorForm.MessagesOnly)
                json.WriteString("exc_type", Type);
            if (form is ErrorForm.Full or ErrorForm.ExceptionOnly)
                json.WriteString("exception", $"frappe.exceptions.{Type}: {Message}");
            if (form == ErrorForm.Full)
                json.WriteString("exc", JsonSerializer.Serialize(new[] { $"Traceback (most recent call last):\n  File \"apps/frappe/frappe/app.py\", line 1\nfrappe.exceptions.{Type}: {Message}\n" }));
            if (form is ErrorForm.Full or ErrorForm.MessagesOnly)
                json.WriteString("_server_messages", Doubly(Message));
            if (form == ErrorForm.ErrorMessage)
                json.WriteString("_error_message", Message);
        });
    }

    /// <summary>A JSON text that holds a list of JSON texts.</summary>
    private static string Doubly(string message)
    {
        var inner = JsonSerializer.Serialize(new Dictionary<string, object> { ["message"] = message, ["title"] = "Message", ["indicator"] = "red", ["raise_exception"] = 1 });
        return JsonSerializer.Serialize(new[] { inner });
    }
}
