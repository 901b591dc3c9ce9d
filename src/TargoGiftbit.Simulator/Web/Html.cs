using System.Globalization;
using System.Net;
using System.Text;

namespace TargoGiftbit.Simulator.Web;

/// <summary>HTML that is finished: it is not escaped again.</summary>
public readonly record struct Markup(string Text)
{
    public override string ToString() => Text;
}

/// <summary>Builds HTML from interpolated text: every value is escaped unless it is <see cref="Markup"/> itself.</summary>
public static class Html
{
    public static Markup Of(FormattableString template)
    {
        var values = template.GetArguments().Select(value => (object)Escape(value)).ToArray();
        return new Markup(string.Format(CultureInfo.InvariantCulture, template.Format, values));
    }

    public static Markup Each<T>(IEnumerable<T> items, Func<T, Markup> write)
    {
        var text = new StringBuilder();
        foreach (var item in items)
            text.Append(write(item).Text);
        return new Markup(text.ToString());
    }

    public static Markup When(bool condition, Func<Markup> write) => condition ? write() : default;

    private static string Escape(object? value) => value switch
    {
        Markup markup => markup.Text ?? "",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture)) ?? "",
    };
}
