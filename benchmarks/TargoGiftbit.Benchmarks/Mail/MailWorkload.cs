using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Benchmarks.Mail;

/// <summary>A ledger full of gifts that wait for their mail, and the run that sends it: claims, rendering, hand-over and outcomes, all durable.</summary>
internal sealed class MailWorkload : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mail-benchmark-").FullName;
    private readonly GiftLedger ledger;

    public MailWorkload() => ledger = GiftLedger.Open(folder, TimeProvider.System);

    /// <summary>Enters gifts with their links, in campaigns of at most ten thousand.</summary>
    public void Fill(string prefix, int count)
    {
        for (var (part, left) = (0, count); left > 0; part++)
        {
            var size = Math.Min(left, 10_000);
            left -= size;
            var first = part * 10_000;
            var contacts = Enumerable.Range(first + 1, size).Select(n => new GiftContact
            {
                CustomerId = string.Create(CultureInfo.InvariantCulture, $"C{n}"),
                FirstName = string.Create(CultureInfo.InvariantCulture, $"Prénom{n}"),
                LastName = "Tremblay",
                Email = string.Create(CultureInfo.InvariantCulture, $"client{n}@example.com"),
                Language = n % 5 == 0 ? GiftLanguage.En : GiftLanguage.Fr,
            }).ToList();
            var plan = ledger.Orders.Plan(Terms($"{prefix}-{part}"), contacts, Recipient, Prepare);
            foreach (var order in plan.Open) ledger.Orders.RecordAnswer(order, new OrderAnswer { State = OrderState.Created });
            ledger.Gifts.StoreLinks([.. plan.Gifts.Select(g => new FoundLink(g.Identity, new GiftLink($"https://gtbt.example/{g.CampaignId}-{g.Row:x8}"), null))]);
        }
    }

    /// <summary>Sends the mail of every gift that was entered under a prefix.</summary>
    public async Task<long> SendAsync(string prefix, IMailTransport transport, int parallelism, CancellationToken cancellationToken)
    {
        var mails = ledger.Campaigns.List(GiftEnvironment.Production).Where(c => c.CampaignId.StartsWith(prefix + "-", StringComparison.Ordinal))
            .ToDictionary(c => c.CampaignId, Mail);
        var mailing = new GiftMailing(ledger, transport, Compose, TimeProvider.System);
        var summary = await mailing.RunAsync(mails.Keys.SelectMany(campaign => ledger.Gifts.IdsOf(GiftEnvironment.Production, campaign)).ToAsyncEnumerable(), new MailingOptions { Parallelism = parallelism }, _ => ValueTask.CompletedTask, cancellationToken);
        return summary.Sent;

        ValueTask<ComposedMail> Compose(Gift gift, string attemptId, CancellationToken token)
        {
            var mail = mails[gift.CampaignId];
            return ValueTask.FromResult(new ComposedMail(
                mail.Render(gift, new MailAddress(gift.Email, $"{gift.FirstName} {gift.LastName}"), attemptId), mail.TemplateHash(gift.Language)));
        }
    }

    public void Dispose()
    {
        ledger.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // Templates are compiled once, as on the counterpart's side.
    private static readonly GiftMailRenderer Renderer = new(MailSample.Templates, MailSample.Sender);

    internal static CampaignMail Mail(GiftCampaign terms) => Renderer.For(terms, MailSample.Brands);

    internal static GiftCampaign Terms(string id) => new()
    {
        Environment = GiftEnvironment.Production,
        CampaignId = id,
        Price = Money.Cad(6000),
        BrandCodes = ["timhortonsca"],
        Expiry = new DateOnly(2026, 12, 31),
        Subject = "Cadeau",
        Message = "Merci",
    };

    private static OrderRecipient Recipient(Gift gift) => new(gift.Row, gift.CustomerId, gift.FirstName, gift.LastName, gift.Email);

    private static PreparedOrder Prepare(string orderId, IReadOnlyList<OrderRecipient> recipients)
    {
        var body = Encoding.UTF8.GetBytes(orderId);
        return new PreparedOrder(orderId, body, Convert.ToHexStringLower(SHA256.HashData(body)));
    }
}
