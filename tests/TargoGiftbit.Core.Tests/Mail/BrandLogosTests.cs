using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TargoGiftbit.Core.Mail;

namespace TargoGiftbit.Core.Tests.Mail;

public sealed class BrandLogosTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Png = MailSamples.Brands[0].Logo!.Content.ToArray();

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("logos-").FullName, "logos");
    private readonly HttpClient http = new();
    private readonly List<string> asked = [];
    private WebApplication server = null!;
    private string root = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(async context =>
        {
            lock (asked) asked.Add(context.Request.Path);
            switch (context.Request.Path.Value)
            {
                case "/logo.png": await context.Response.Body.WriteAsync(Png); break;
                case "/wrong-type.png": context.Response.ContentType = "image/png"; await context.Response.WriteAsync("<svg xmlns='http://www.w3.org/2000/svg'/>"); break;
                case "/large.png": await context.Response.Body.WriteAsync(Png.Concat(new byte[BrandLogos.MostBytes]).ToArray()); break;
                case "/endless.png":
                    await context.Response.Body.WriteAsync(Png);
                    while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[10_000], context.RequestAborted);
                    break;
                case "/hang.png": await Task.Delay(Timeout.Infinite, context.RequestAborted); break;
                case "/away.png": context.Response.Redirect("http://logos.invalid/logo.png"); break;
                default: context.Response.StatusCode = 404; break;
            }
        });
        await server.StartAsync();
        root = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private BrandLogos Logos(TimeSpan? timeout = null) => new(http, folder) { Timeout = timeout ?? TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task A_logo_is_fetched_once_and_then_read_from_the_folder()
    {
        var logos = Logos();
        var address = new Uri(root + "/logo.png");
        var both = await Task.WhenAll(logos.GetAsync(address, default), logos.GetAsync(address, default));
        Assert.All(both, logo => Assert.Equal(("image/png", 160, 88), (logo!.ContentType, logo.Width, logo.Height)));
        var later = await Logos().GetAsync(address, default);
        Assert.Equal(Png, later!.Content.ToArray());
        Assert.Equal(["/logo.png"], asked);
        Assert.Single(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("/missing.png")]
    [InlineData("/wrong-type.png")]
    [InlineData("/large.png")]
    [InlineData("/endless.png")]
    [InlineData("/away.png")]
    public async Task What_is_not_a_small_picture_gives_no_logo_and_is_asked_for_once(string path)
    {
        var logos = Logos();
        Assert.Null(await logos.GetAsync(new Uri(root + path), default));
        Assert.Null(await logos.GetAsync(new Uri(root + path), default));
        Assert.Single(asked);
        Assert.False(Directory.Exists(folder) && Directory.GetFiles(folder).Length > 0);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_costs_the_time_limit_and_no_more() =>
        Assert.Null(await Logos(TimeSpan.FromMilliseconds(200)).GetAsync(new Uri(root + "/hang.png"), default));

    [Theory]
    [InlineData("http://logos.example.com/logo.png")]
    [InlineData("ftp://127.0.0.1/logo.png")]
    [InlineData("file:///etc/hostname")]
    [InlineData("data:image/png;base64,AAAA")]
    public async Task Only_https_is_asked_outside_this_machine(string address) =>
        Assert.Null(await Logos().GetAsync(new Uri(address), default));

    [Fact]
    public async Task Giving_up_waiting_is_not_an_answer()
    {
        var logos = Logos();
        using var cut = new CancellationTokenSource();
        var waiting = logos.GetAsync(new Uri(root + "/hang.png"), cut.Token);
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_damaged_file_in_the_folder_is_fetched_again()
    {
        var address = new Uri(root + "/logo.png");
        await Logos().GetAsync(address, default);
        File.WriteAllText(Directory.GetFiles(folder).Single(), "not a picture");
        Assert.NotNull(await Logos().GetAsync(address, default));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Brands_keep_their_order_and_those_without_a_logo_their_name()
    {
        var brands = await Logos().CompleteAsync(
            [("a", "A", new Uri(root + "/logo.png")), ("b", "B", null), ("c", "C", new Uri(root + "/missing.png"))], default);
        Assert.Equal(["A", "B", "C"], brands.Select(b => b.Name));
        Assert.Equal([true, false, false], brands.Select(b => b.Logo is not null));
    }

    [Fact]
    public void Pictures_are_known_by_their_bytes()
    {
        Assert.Equal(("image/gif", 3, 2), Size([.. "GIF89a"u8, 3, 0, 2, 0, 0]));
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xFF, 0xC2, 0, 11, 8, 0, 20, 1, 4, 3, 1, 1, 1, 1];
        Assert.Equal(("image/jpeg", 260, 20), Size(jpeg));
        Assert.Null(ImageHeader.Read(jpeg.AsMemory(0, 12)));
        Assert.Null(ImageHeader.Read(Png.AsMemory(0, 20)));
        Assert.Null(ImageHeader.Read(Array.Empty<byte>()));
        var huge = Png.ToArray();
        huge[16] = 1;
        Assert.Null(ImageHeader.Read(huge));

        static (string, int, int)? Size(byte[] bytes) => ImageHeader.Read(bytes) is { } logo ? (logo.ContentType, logo.Width, logo.Height) : null;
    }
}
