using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TargoGiftbit.Core.Tests.Http;

/// <summary>A real HTTP server on loopback that answers the n-th request with the n-th script; the last one answers all that follow.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<RequestDelegate> scripts;
    private RequestDelegate last = context => Task.CompletedTask;

    private ScriptedServer(WebApplication app, IEnumerable<RequestDelegate> scripts)
    {
        this.app = app;
        this.scripts = new(scripts);
    }

    public ConcurrentQueue<(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers)> Requests { get; } = new();

    public Uri Address { get; private set; } = null!;

    public static async Task<ScriptedServer> StartAsync(params RequestDelegate[] scripts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build(), scripts);
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        var addresses = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.Single());
        return server;
    }

    public static RequestDelegate Json(string body, int status = 200, Action<IHeaderDictionary>? headers = null) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        headers?.Invoke(context.Response.Headers);
        await context.Response.WriteAsync(body);
    };

    public static RequestDelegate Html(int status, string body) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(body);
    };

    public static RequestDelegate Reset() => context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Promises more bytes than it sends.</summary>
    public static RequestDelegate CutShort(string body) => async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length + 50;
        await context.Response.WriteAsync(body);
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    public static RequestDelegate Hang() => context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue((context.Request.Method, context.Request.Path + context.Request.QueryString, await reader.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (scripts.TryDequeue(out var script)) last = script;
        await last(context);
    }
}
