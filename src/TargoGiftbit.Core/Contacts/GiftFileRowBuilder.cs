using System.Globalization;
using TargoGiftbit.Core.Csv;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Turns the rows of a table into gift rows.</summary>
internal sealed class GiftFileRowBuilder
{
    private readonly CsvTable table;
    private readonly string defaultCurrency;
    private readonly int row, id, firstName, lastName, recipientName, email, price, priceInCents, currency, brand, link, uuid, status, expiry, campaign, environment;

    // The gifts of a campaign have one value, so it is nearly always that of the row before.
    private (string Text, string Currency, Money Price)? lastPrice;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="GiftContactException">The link has no column, or a field has two.</exception>
    internal GiftFileRowBuilder(CsvTable table, string defaultCurrency)
    {
        this.table = table;
        this.defaultCurrency = defaultCurrency;
        var map = new HeaderMap<GiftField>(table, GiftFields.Names);
        map.Require(table, GiftField.Link, ContactCodes.GiftColumnMissing, GiftFields.SuggestedLink);
        row = map[GiftField.Row];
        id = map[GiftField.CustomerId];
        firstName = map[GiftField.FirstName];
        lastName = map[GiftField.LastName];
        recipientName = map[GiftField.RecipientName];
        email = map[GiftField.Email];
        price = map[GiftField.Price];
        priceInCents = map[GiftField.PriceInCents];
        currency = map[GiftField.Currency];
        brand = map[GiftField.Brand];
        link = map[GiftField.Link];
        uuid = map[GiftField.ProviderGiftId];
        status = map[GiftField.Status];
        expiry = map[GiftField.Expiry];
        campaign = map[GiftField.CampaignId];
        environment = map[GiftField.Environment];
    }

    /// <summary>The gift on which the table stands; flagged when there is something wrong with it.</summary>
    internal GiftFileRow Current()
    {
        var problem = RowShape.Problem(table);
        var money = Price(ref problem);
        var giftLink = Link(ref problem);
        return new GiftFileRow
        {
            Line = table.Line,
            Row = int.TryParse(Cell(row), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null,
            CustomerId = OrNull(Cell(id)),
            FirstName = Cell(firstName),
            LastName = Cell(lastName),
            RecipientName = Cell(recipientName),
            Email = Cell(email),
            Price = money,
            Brand = OrNull(Cell(brand)),
            Link = giftLink,
            ProviderGiftId = OrNull(Cell(uuid)),
            Status = OrNull(Cell(status)),
            Expiry = DateOnly.TryParseExact(Cell(expiry), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            CampaignId = OrNull(Cell(campaign)),
            Environment = EnvironmentOf(Cell(environment)),
            ProblemCode = problem?.Code,
            Problem = problem?.Reason,
        };
    }

    private static GiftEnvironment? EnvironmentOf(string text) =>
        text.Equals(nameof(GiftEnvironment.Sandbox), StringComparison.OrdinalIgnoreCase) ? GiftEnvironment.Sandbox
        : text.Equals(nameof(GiftEnvironment.Production), StringComparison.OrdinalIgnoreCase) ? GiftEnvironment.Production
        : null;

    private string Cell(int column) => SpreadsheetCell.Restore(CellText.Trim(table[column]));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private Money? Price(ref (string Code, string Reason)? problem)
    {
        var named = Cell(currency) is { Length: 3 } given ? given : defaultCurrency;
        var cents = Cell(priceInCents);
        var text = cents.Length > 0 ? cents : Cell(price);
        if (text.Length == 0) return null;
        if (cents.Length > 0 && int.TryParse(cents, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return new Money(whole, named.ToUpperInvariant());
        if (lastPrice is { } last && last.Text == text && last.Currency == named) return last.Price;
        if (cents.Length == 0 && MoneyText.TryParse(text, named.ToUpperInvariant(), out var money))
        {
            lastPrice = (text, named, money);
            return money;
        }
        problem ??= (ContactCodes.PriceInvalid, ContactText.Format(ContactCodes.PriceInvalid, CellText.Shown(text)));
        return null;
    }

    private GiftLink? Link(ref (string Code, string Reason)? problem)
    {
        var text = Cell(link);
        if (text.Length == 0)
        {
            problem ??= (ContactCodes.LinkMissing, ContactText.Get(ContactCodes.LinkMissing));
            return null;
        }
        try
        {
            if (!text.AsSpan().ContainsAnyExceptInRange('!', '~')) return new GiftLink(text);
        }
        catch (GiftDataException)
        {
            // Said below, as the row's problem.
        }
        problem ??= (ContactCodes.LinkInvalid, ContactText.Get(ContactCodes.LinkInvalid));
        return null;
    }
}
