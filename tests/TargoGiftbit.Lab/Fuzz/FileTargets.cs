using System.Text;
using Microsoft.Data.Sqlite;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Lab.Campaigns;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>Parsers of files: contacts, gifts, settings, templates, campaigns.</summary>
internal sealed class FileTargets : IDisposable
{
    private const string Link = "http://gtbt.co/" + FuzzTarget.LinkMark;

    private readonly string folder;
    private readonly GiftLedger ledger;
    private readonly SqliteConnection clean;
    private readonly string campaign;

    public FileTargets(string folder, string campaign)
    {
        this.folder = folder;
        this.campaign = campaign;
        ledger = GiftLedger.Open(folder, TimeProvider.System);
        clean = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = ledger.Path, Pooling = false }.ToString());
        clean.Open();
        // Thousands of campaigns are entered here, and none of them has to survive a power cut.
        Execute("PRAGMA foreign_keys=ON");
        Execute("PRAGMA synchronous=OFF");
    }

    public IEnumerable<FuzzTarget> All() =>
    [
        Contacts(), Gifts(), EnvironmentFile(),
        FuzzTarget.Of("template", Templates(), Template),
        FuzzTarget.Of("campaign", [campaign], Campaign),
    ];

    public void Dispose()
    {
        clean.Dispose();
        ledger.Dispose();
    }

    private static FuzzTarget Contacts()
    {
        const string Comma = "No client,Prénom,Nom,Courriel,Langue,Téléphone\nC1,Élise,Tremblay,elise@example.com,Français,450-555-0100\nC2,\"Marc \"\"Le Grand\"\"\",\"Roy,\nfils\",marc@example.com,English,\n\n";
        const string Semicolon = "id;firstname;lastname;email;language\r\n1;Zoé;L'Écuyer;zoe@exämple.ca;fr-CA\r\n2;Ann;Smith;ann@example.com;en\r\n";
        const string Tab = "Client\tCourriel\tPrénom\tNom de famille\n7\tjean@example.com\tJean\tCôté\n";
        byte[][] seeds = [Encoding.UTF8.GetBytes(Comma), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Semicolon)], Encoding.Latin1.GetBytes(Tab), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Comma)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Semicolon)]];
        return new FuzzTarget("contacts", seeds, async (input, _) =>
        {
            var contacts = new List<GiftContact>();
            await foreach (var contact in ContactReader.ReadAsync(new MemoryStream(input), "clients.csv")) contacts.Add(contact);
            FuzzTarget.Promise(contacts.TrueForAll(c => c.Problem is not null || EmailAddress.IsValid(c.Email)), "a contact without a valid address is flagged");
            ContactChecks.Find(contacts, new ContactCheckOptions { Environment = GiftEnvironment.Sandbox, OrderMode = OrderMode.Batch });
        });
    }

    private FuzzTarget Gifts()
    {
        string[] seeds =
        [
            $"id,firstname,lastname,email,shortlink,status,price_in_cents,expiry,uuid\nC1,Élise,Tremblay,elise@example.com,{Link},SENT_AND_REDEEMABLE,6000,2026-12-31,3b241101-e2bb-4255-8caf-4136c566a962\n",
            $"Recipient Email;Recipient Name;Shortlink;Amount;Gift UUID\nmarc@example.com;Marc Roy;{Link};60,00 $;x-1\n",
        ];
        var path = Path.Combine(folder, "gifts.csv");
        return FuzzTarget.Of("gifts", seeds, async (input, _) =>
        {
            await File.WriteAllBytesAsync(path, input);
            var rows = new List<GiftFileRow>();
            await foreach (var row in GiftFileReader.ReadAsync(path)) rows.Add(row);
            GiftContactPairing.Join(rows, [new GiftContact { CustomerId = "C1", Email = "elise@example.com" }], new PairingOptions());
        });
    }

    private static FuzzTarget EnvironmentFile() => FuzzTarget.Of("env",
        [$"# keys\nexport GIFTBIT_TOKEN={FuzzTarget.SecretMark}\nGIFT_TEST_INBOX='essais@targo.ca' # inbox\nMJ_APIKEY_PUBLIC=\"{FuzzTarget.SecretMark}\\n\"\r\nGIFT_SMTP=smtp://user@localhost:25?tls=none\n", "\ufeffA=1\nB = 2 \n\n=\nC=\"x"],
        input => EnvFile.Parse(input, "/data/.env"));

    private static IEnumerable<string> Templates()
    {
        foreach (var language in new[] { GiftLanguage.Fr, GiftLanguage.En })
        {
            var pair = TemplateSet.BuiltIn.Pair(language, MailPurpose.Gift);
            yield return pair.Text.Text;
            // Whole pages are slow to go through, and most of them is style: the end has the tags.
            yield return pair.Html.Text[^6000..];
        }
        yield return "{{#if Brands}}<ul>{{#each Brands}}<li>{{Name}}{{#unless @last}},{{/unless}}</li>{{/each}}</ul>{{else}}<a href=\"{{GiftUrl}}\">{{FirstName}}</a>{{/if}}{{!-- x --}}";
    }

    private static void Template(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        foreach (var isHtml in new[] { true, false })
        {
            var scan = TemplateGrammar.Scan(new TemplateSource("gift-email-fr", text, isHtml));
            if (scan.Problems.Count > 0)
            {
                foreach (var problem in scan.Problems) FuzzTarget.Promise(problem.ToException().Message.Length > 0, "a problem says what it is");
                continue;
            }
            // What the grammar lets through, Handlebars has to take. Compiling is slow: small ones will do.
            if (text.Length < 2000) TemplateCompiler.Compile(scan.Source);
        }
    }

    private void Campaign(byte[] input)
    {
        try
        {
            CampaignFile.Read(ledger, input, "fuzz");
        }
        finally
        {
            // Nothing stays, so that the next input finds an empty ledger.
            foreach (var table in new[] { "campaigns", "orders", "history" }) Execute($"DELETE FROM {table}");
        }
        FuzzTarget.Promise(ledger.Campaigns.List(LabCampaign.Where).Count == 0, "a campaign comes and goes whole");
    }

    private void Execute(string sql)
    {
        using var command = clean.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
