using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TargoGiftbit.Simulator.Engagement;
using TargoGiftbit.Simulator.ErpNext;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Ifeelgoods;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Mailjet;
using TargoGiftbit.Simulator.Smtp;
using TargoGiftbit.Simulator.Timing;
using TargoGiftbit.Simulator.Web;

namespace TargoGiftbit.Simulator;

/// <summary>
/// A running simulator. Several live side by side in one process; nothing is shared between them.
/// <code>await using var sim = await SimulatorHost.StartAsync(new SimulatorOptions { ClockScale = 3600 });</code>
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Schedule _schedule;

    private SimulatorHost(SimulatorOptions options)
    {
        Options = options;
        Clock = new SimulatorClock(options.Start, options.ClockScale);
        _schedule = new Schedule(Clock);
        Requests = new RequestRecorder(options.RecordedRequests);
        Mail = new MailDesk(new Inbox(options.KeptBodies), options.Mailjet, Clock, _schedule);
        Giftbit = new GiftbitService(options, Clock);
        Mailjet = new MailjetService(options, Clock, _schedule, Mail);
        Recipients = new Recipients(Mail, Giftbit.Store, Clock, _schedule);
        var setup = new SmtpSetup(options, Clock, Faults, Requests, Mail, SmtpCertificate.Create(TimeProvider.System.GetUtcNow()));
        Smtp = new SmtpSink(setup, Port(3), Port(4));
        Ifeelgoods = new IfeelgoodsService(options, Clock);
        ErpNext = new ErpNextService(options, Clock);
        _web = Build([(Giftbit, 0), (Mailjet, 1), (new WebService(this), 2), (Ifeelgoods, 5), (ErpNext, 6)], out var listeners);
        _listeners = listeners;
    }

    private readonly IReadOnlyList<(SimulatedService Service, ListenOptions Listen)> _listeners;

    public SimulatorOptions Options { get; }

    public SimulatorAddresses Addresses { get; private set; } = null!;

    public SimulatorClock Clock { get; }

    /// <summary>What goes wrong, per route.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Every request that came in.</summary>
    public RequestRecorder Requests { get; }

    public GiftbitService Giftbit { get; }

    public MailjetService Mailjet { get; }

    public IfeelgoodsService Ifeelgoods { get; }

    public ErpNextService ErpNext { get; }

    public SmtpSink Smtp { get; }

    public MailDesk Mail { get; }

    /// <summary>The people at the other end of the mails.</summary>
    public Recipients Recipients { get; }

    /// <summary>Every message that was really accepted.</summary>
    public Inbox Inbox => Mail.Inbox;

    /// <summary>The settings a client needs, by the names of the module's environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["GIFTBIT_ENDPOINT"] = Addresses.Giftbit.AbsoluteUri,
        ["GIFTBIT_TOKEN"] = Options.GiftbitToken,
        ["MAILJET_ENDPOINT"] = Addresses.Mailjet.AbsoluteUri,
        ["MJ_APIKEY_PUBLIC"] = Options.MailjetPublicKey,
        ["MJ_APIKEY_PRIVATE"] = Options.MailjetPrivateKey,
        ["GIFT_SMTP"] = Addresses.Smtp.AbsoluteUri,
        ["GIFT_SMTP_PASSWORD"] = Options.MailjetPrivateKey,
        ["GIFT_TEST_INBOX"] = Options.TestInbox,
        ["IFEELGOODS_ENDPOINT"] = Addresses.Ifeelgoods.AbsoluteUri,
        ["IFEELGOODS_API_KEY"] = Options.IfeelgoodsKey,
        ["IFEELGOODS_API_SECRET"] = Options.IfeelgoodsSecret,
        ["ERPNEXT_URL"] = Addresses.ErpNext.AbsoluteUri,
        ["ERPNEXT_TOKEN"] = $"{Options.ErpNextKey}:{Options.ErpNextSecret}",
    };

    public static async Task<SimulatorHost> StartAsync(SimulatorOptions? options = null, CancellationToken cancel = default)
    {
        var host = new SimulatorHost(options ?? new SimulatorOptions());
        try
        {
            await host._web.StartAsync(cancel);
            host.Smtp.Start();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        host.Settle();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Smtp.DisposeAsync();
        // At once: tests leave connections open, and hanging faults would hold a graceful stop up.
        await _web.StopAsync(new CancellationToken(canceled: true));
        await _web.DisposeAsync();
        Mailjet.Events.Dispose();
        _schedule.Dispose();
        Clock.Dispose();
        Smtp.Certificate.Dispose();
    }

    private int Port(int offset) => Options.PortBase == 0 ? 0 : Options.PortBase + offset;

    private WebApplication Build(
        (SimulatedService Service, int PortOffset)[] services, out IReadOnlyList<(SimulatedService Service, ListenOptions Listen)> listeners)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var found = new List<(SimulatedService, ListenOptions)>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            foreach (var (service, offset) in services)
                kestrel.Listen(IPAddress.Loopback, Port(offset), listen => found.Add((service, listen)));
        });
        var app = builder.Build();
        var desk = new FrontDesk(Options, Clock, _schedule, Faults, Requests);
        app.Run(context => desk.ServeAsync(context, ServiceAt(context.Connection.LocalPort)));
        listeners = found;
        return app;
    }

    private SimulatedService ServiceAt(int port) => _listeners.First(pair => pair.Listen.IPEndPoint!.Port == port).Service;

    private void Settle()
    {
        Uri Http(string service, string path) =>
            new($"http://127.0.0.1:{_listeners.First(pair => pair.Service.Name == service).Listen.IPEndPoint!.Port}{path}");

        var user = Options.MailjetPublicKey;
        Addresses = new SimulatorAddresses(
            Http("giftbit", "/papi/v1"),
            Http("mailjet", "/"),
            new Uri($"smtp://{user}@127.0.0.1:{Smtp.Port}?tls=none"),
            new Uri($"smtps://{user}@127.0.0.1:{Smtp.TlsPort}"),
            Http("web", "/"))
        {
            Ifeelgoods = Http("ifeelgoods", "/fulfillment/v2"),
            ErpNext = Http("erpnext", "/"),
        };
        if (Options.Giftbit.ShortlinkBase == "local")
            Options.Giftbit.ShortlinkBase = Http("web", "/g/").AbsoluteUri;
        Ifeelgoods.LinkBase = Http("ifeelgoods", "/r/").AbsoluteUri;
        Giftbit.LogoBase = Http("giftbit", "/logos/").AbsoluteUri;
    }
}
