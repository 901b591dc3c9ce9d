using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>What became of the money.</summary>
internal static class MoneySection
{
    public static HtmlText Draw(MoneyFigures money, ReportWords words)
    {
        (string Name, Money Amount, string Colour)[] parts =
        [
            ("MoneyRedeemed", money.Redeemed, "c-good"), ("MoneyOutstanding", money.Outstanding, "c-pale"), ("MoneyReturned", money.Returned, "c-blue"), ("MoneyExpired", money.Expired, "c-warn"),
        ];
        var html = new HtmlText();
        if (money.Ordered.Cents > 0)
        {
            html.Add($"""<svg class="money" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-labelledby="mo-t mo-d"><title id="mo-t">{words["Money"]}</title><desc id="mo-d">{words.Of("MoneyDesc", words.Format.Money(money.Ordered))}</desc>""");
            var from = 0.0;
            foreach (var (_, amount, colour) in parts)
            {
                var width = 100.0 * amount.Cents / money.Ordered.Cents;
                if (width > 0) html.Add($"""<rect class="{colour}" x="{from}" width="{Math.Max(0.3, width - 0.3)}" height="6"/>""");
                from += width;
            }
            html.AddRaw("</svg>");
        }
        html.Add($"""<table><caption class="sr">{words["Money"]}</caption><thead><tr><th scope="col">{words["MoneyWhat"]}</th><th scope="col" class="n">{words["Amount"]}</th><th scope="col" class="n">{words["Share"]}</th></tr></thead><tbody>""");
        foreach (var (name, amount, colour) in parts)
            html.Add($"""<tr><th scope="row"><span class="dot {colour}" aria-hidden="true"></span> {words[name]}</th><td class="n">{words.Format.Money(amount)}</td><td class="n">{words.Format.Percent(money.Ordered.Cents == 0 ? null : (double)amount.Cents / money.Ordered.Cents)}</td></tr>""");
        html.Add($"""</tbody><tfoot><tr><th scope="row">{words["MoneyOrdered"]}</th><td class="n">{words.Format.Money(money.Ordered)}</td><td class="n">{words.Format.Percent(money.Ordered.Cents == 0 ? null : 1.0)}</td></tr></tfoot></table>""");
        return html.Add($"""<p class="note">{words["MoneyNote"]}</p>""");
    }
}
