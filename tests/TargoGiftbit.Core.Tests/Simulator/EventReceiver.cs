using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TargoGiftbit.Core.Tests.Simulator;

/// <summary>Listens for events and answers with the status that the test wants.</summary>
internal sealed class EventReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ListenOptions _listen = null!;

    private EventReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => _listen = listen));
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body);
            Bodies.Enqueue(document.RootElement.Clone());
            Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = Status;
        });
    }

    public int Status { get; set; } = 200;

    public ConcurrentQueue<JsonElement> Bodies { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>All events of all posts, in order.</summary>
    public IReadOnlyList<JsonElement> Events =>
        [.. Bodies.SelectMany(body => body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().ToArray() : [body])];

    public string UrlWith(string credentials) => $"http://{credentials}127.0.0.1:{_listen.IPEndPoint!.Port}/hooks/mailjet";

    public static async Task<EventReceiver> StartAsync()
    {
        var receiver = new EventReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
