using System.Net;
using System.Net.Http.Headers;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>Stands in for the network: every request gets the same bytes, under the same status.</summary>
internal sealed class AnswerHandler : HttpMessageHandler
{
    private static readonly HttpStatusCode[] Statuses =
        [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity, HttpStatusCode.ExpectationFailed, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError];

    private static readonly string[] Types = ["application/json", "application/json", "application/json", "text/html", "application/vnd.api+json", "application/pdf"];

    private byte[] body = [];
    private HttpStatusCode status;
    private string type = Types[0];
    private int left;

    /// <summary>What the next questions get. A service that goes on for ever about nothing new is told from one that does so with the same answer by the count.</summary>
    public void Next(byte[] input, Random random)
    {
        (body, status, type) = (input, Statuses[random.Next(Statuses.Length)], Types[random.Next(Types.Length)]);
        left = 200;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The transports look whether the body went out.
        if (request.Content is { } content) await content.CopyToAsync(Stream.Null, cancellationToken);
        if (--left < 0) throw new InvalidOperationException("broken promise: a client must not ask the same for ever");
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(body), RequestMessage = request };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return answer;
    }
}
