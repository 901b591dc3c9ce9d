using System.Runtime.CompilerServices;
using System.Text.Json;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Speaks with an ERPNext site by its REST API v1 (reference/erpnext.md). Safe for use from several threads.</summary>
/// <remarks>
/// Every call may throw an <see cref="ErpNextException"/>: <c>ErpNextKeyRefused</c>, <c>ErpNextForbidden</c>, <c>ErpNextNotFound</c>,
/// <c>ErpNextFieldRefused</c>, <c>ErpNextRefused</c>, <c>ErpNextRequestTooLong</c>, <c>ErpNextRateLimited</c>, <c>ErpNextUnavailable</c>,
/// <c>ErpNextTimedOut</c>, <c>ErpNextUnreachable</c>, <c>ErpNextTlsRefused</c>, <c>ErpNextAnswerUnreadable</c>, <c>ErpNextUnexpectedAnswer</c>.
/// </remarks>
public sealed class ErpNextApi : IDisposable
{
    internal const string Customer = "Customer";
    internal const string Contact = "Contact";

    private readonly ErpNextConnection connection;
    private readonly HttpSender http;
    private readonly string root;

    /// <summary>Takes a connection.</summary>
    /// <param name="connection">Site and token.</param>
    /// <param name="options">How to wait, repeat and give up; null for the usual.</param>
    /// <param name="onRetry">Told before each repeat, when no options are given.</param>
    public ErpNextApi(ErpNextConnection connection, HttpOptions? options = null, Action<RetryNotice>? onRetry = null)
        // A save can take long: hooks of the site run within it.
        : this(connection, new HttpSender(options ?? new HttpOptions { Service = "ERPNext", AttemptTimeout = TimeSpan.FromSeconds(60), OnRetry = onRetry }))
    {
    }

    internal ErpNextApi(ErpNextConnection connection, HttpSender http)
    {
        ArgumentNullException.ThrowIfNull(connection);
        this.connection = connection;
        this.http = http;
        root = connection.Site.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>The site that is spoken with.</summary>
    public ErpNextConnection Connection => connection;

    /// <summary>The user that the token belongs to.</summary>
    public async Task<string> WhoAmIAsync(CancellationToken cancellationToken)
    {
        var ask = Ask(HttpMethod.Get, "/api/method/frappe.auth.get_logged_user", null);
        var answer = await SendAsync(ask, cancellationToken).ConfigureAwait(false);
        var user = answer.Value.Text("message");
        // A proxy that drops the header turns the key into nobody.
        return user is null or "Guest" ? throw new ErpNextException("ErpNextKeyRefused", ErpNextText.Guest(connection.Site), ErpNextText.KeyRemedy, answer.Status) : user;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => http.Dispose();

    /// <summary>Whether the user may list documents of a type.</summary>
    internal async Task<bool> CanListAsync(string doctype, CancellationToken cancellationToken)
    {
        try
        {
            await PageAsync(new ErpNextList(doctype, ["name"], [], 1), null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ErpNextException e) when (e.Code == ErpNextErrors.Forbidden)
        {
            return false;
        }
    }

    /// <summary>One page of a list.</summary>
    internal async Task<IReadOnlyList<ErpNextDocument>> PageAsync(ErpNextList list, string? after, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(Ask(HttpMethod.Get, list.Path(after), null), cancellationToken).ConfigureAwait(false);
        return answer.Value.Rows("data");
    }

    /// <summary>
    /// The pages of a list until one is empty: a short page may also come from a site that gives fewer rows than asked for. A
    /// document that a join repeats comes once.
    /// </summary>
    /// <param name="list">What to list.</param>
    /// <param name="expected">How many documents there can be at most; null when not known.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    internal async IAsyncEnumerable<IReadOnlyList<ErpNextDocument>> PagesAsync(ErpNextList list, int? expected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        while (true)
        {
            var rows = await PageAsync(list, last, cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0) yield break;
            var fresh = rows.Where(row => row.Name.Length > 0 && seen.Add(row.Name)).ToList();
            if (fresh.Count == 0) throw new ErpNextException("ErpNextListIncomplete", ErpNextText.ListStuck(list.Doctype, connection.Site, seen.Count), ErpNextText.UnexpectedRemedy);
            last = rows[^1].Name;
            yield return fresh;
            if (seen.Count >= expected) yield break;
        }
    }

    /// <summary>A document by its id; null when there is none.</summary>
    internal async Task<ErpNextDocument?> FindAsync(string doctype, string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SendAsync(Ask(HttpMethod.Get, Path(doctype, name), null), cancellationToken).ConfigureAwait(false);
            return Data(answer);
        }
        catch (ErpNextException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Saves some fields of a document; the others stay.</summary>
    /// <param name="doctype">Its type.</param>
    /// <param name="name">Its id.</param>
    /// <param name="body">The fields, with <c>modified</c> as it was read: a repeat after a lost answer is then refused, not saved twice.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The document as it is now.</returns>
    internal async Task<ErpNextDocument> SaveAsync(string doctype, string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        Data(await SendAsync(Ask(HttpMethod.Put, Path(doctype, name), body), cancellationToken).ConfigureAwait(false));

    private static ErpNextDocument Data(Answer answer) => new(answer.Value.Element.GetProperty("data"));

    private static string Path(string doctype, string name)
    {
        // Dots are not escaped, and two of them would climb to another resource.
        if (name.Trim('.').Length == 0) throw new ErpNextException("ErpNextNotFound", ErpNextText.NoSuch(doctype, name), ErpNextText.NotFoundRemedy, 404);
        return $"/api/resource/{Uri.EscapeDataString(doctype)}/{Uri.EscapeDataString(name)}";
    }

    private HttpAsk Ask(HttpMethod method, string path, ReadOnlyMemory<byte>? body) => new(method, new Uri(root + path))
    {
        Body = body,
        MayRepeat = true,
        Headers = headers => headers.TryAddWithoutValidation("Authorization", "token " + connection.Token.Reveal()),
        Credential = connection.Token,
        ShownPath = Uri.UnescapeDataString(path.Split('?')[0]),
    };

    private async Task<Answer> SendAsync(HttpAsk ask, CancellationToken cancellationToken)
    {
        try
        {
            var result = await http.SendAsync(ask, Read, cancellationToken).ConfigureAwait(false);
            if (!result.Answer.IsSuccess) throw ErpNextErrors.From(result.Answer, ask, connection);
            // A page where JSON was asked for is a login or a proxy, and asking again brings the same.
            return result.Value is { } document
                ? new Answer(result.Answer.Status, document)
                : throw new ErpNextException("ErpNextUnexpectedAnswer", ErpNextText.Failed(ask.ToString(), connection.Site, result.Answer.ToString()), ErpNextText.UnexpectedRemedy, result.Answer.Status);
        }
        catch (HttpFaultException e)
        {
            throw ErpNextErrors.From(e);
        }
    }

    private static ErpNextDocument? Read(HttpAnswer answer)
    {
        if (answer.MediaType is "text/html" or "application/xhtml+xml") return null;
        using var document = JsonDocument.Parse(answer.Body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || (!JsonPlace.TryGet(root, "data", out _) && !JsonPlace.TryGet(root, "message", out _))) return null;
        return new ErpNextDocument(root.Clone());
    }

    private readonly record struct Answer(int Status, ErpNextDocument Value);
}
