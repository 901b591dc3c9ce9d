using System.Globalization;
using TargoGiftbit.Core.Csv;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Turns the rows of a table into gift rows.</summary>
internal sealed class GiftFileRowBuilder
{
    private readonly CsvTable table;
    private readonly HeaderMap<GiftField> map;
    private readonly string defaultCurrency;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="GiftContactException">The link has no column, or a field has two.</exception>
    internal GiftFileRowBuilder(CsvTable table, string defaultCurrency)
    {
        this.table = table;
        this.defaultCurrency = defaultCurrency;
        map = new HeaderMap<GiftField>(table, GiftFields.Names);
        map.Require(table, GiftField.Link, ContactCodes.GiftColumnMissing, GiftFields.SuggestedLink);
    }

    /// <summary>The gift on which the table stands; flagged when there is something wrong with it.</summary>
    internal GiftFileRow Current()
    {
        var problem = RowShape.Problem(table);
        var price = Price(ref problem);
        var link = Link(ref problem);
        return new GiftFileRow
        {
            Line = table.Line,
            Row = int.TryParse(Cell(GiftField.Row), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null,
            CustomerId = OrNull(Cell(GiftField.CustomerId)),
            FirstName = Cell(GiftField.FirstName),
            LastName = Cell(GiftField.LastName),
            RecipientName = Cell(GiftField.RecipientName),
            Email = Cell(GiftField.Email),
            Price = price,
            Brand = OrNull(Cell(GiftField.Brand)),
            Link = link,
            ProviderGiftId = OrNull(Cell(GiftField.ProviderGiftId)),
            Status = OrNull(Cell(GiftField.Status)),
            Expiry = DateOnly.TryParseExact(Cell(GiftField.Expiry), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            CampaignId = OrNull(Cell(GiftField.CampaignId)),
            Environment = EnvironmentOf(Cell(GiftField.Environment)),
            ProblemCode = problem?.Code,
            Problem = problem?.Reason,
        };
    }

    private static GiftEnvironment? EnvironmentOf(string text) =>
        text.Equals(nameof(GiftEnvironment.Sandbox), StringComparison.OrdinalIgnoreCase) ? GiftEnvironment.Sandbox
        : text.Equals(nameof(GiftEnvironment.Production), StringComparison.OrdinalIgnoreCase) ? GiftEnvironment.Production
        : null;

    private string Cell(GiftField field) => SpreadsheetCell.Restore(CellText.Trim(table[map[field]]));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private Money? Price(ref (string Code, string Reason)? problem)
    {
        var currency = Cell(GiftField.Currency) is { Length: 3 } named ? named.ToUpperInvariant() : defaultCurrency;
        var cents = Cell(GiftField.PriceInCents);
        var text = cents.Length > 0 ? cents : Cell(GiftField.Price);
        if (text.Length == 0) return null;
        if (cents.Length > 0 && int.TryParse(cents, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return new Money(whole, currency);
        if (cents.Length == 0 && MoneyText.TryParse(text, currency, out var price)) return price;
        problem ??= (ContactCodes.PriceInvalid, ContactText.Format(ContactCodes.PriceInvalid, CellText.HasControl(text) ? "" : text));
        return null;
    }

    private GiftLink? Link(ref (string Code, string Reason)? problem)
    {
        var text = Cell(GiftField.Link);
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
