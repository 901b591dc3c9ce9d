using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>
/// A mail of a campaign, rendered once by Handlebars with marks in place of the values that differ from gift to gift, and cut
/// at the marks. Each gift is then a matter of its own values, many times faster than running the template again.
/// </summary>
internal sealed class MailShape
{
    private readonly Part subject;
    private readonly Part html;
    private readonly Part text;

    /// <summary>Renders and cuts.</summary>
    /// <param name="mail">The compiled templates.</param>
    /// <param name="marked">The model with marks.</param>
    public MailShape(CompiledMail mail, GiftMailModel marked)
    {
        subject = new Part(mail.Subject(marked), escape: false);
        html = new Part(mail.Html(marked), escape: true);
        text = new Part(mail.Text(marked), escape: false);
    }

    /// <summary>The subject of one gift's mail.</summary>
    public string Subject(MailSlots values) => subject.Fill(values).Text;

    /// <summary>The HTML part of one gift's mail.</summary>
    public MailBody Html(MailSlots values) => html.Fill(values);

    /// <summary>The text part of one gift's mail.</summary>
    public MailBody Text(MailSlots values) => text.Fill(values);

    private sealed class Part
    {
        private readonly bool escape;
        private readonly SharedText[] literals;
        private readonly MailSlot[] slots;

        public Part(string rendered, bool escape)
        {
            this.escape = escape;
            List<string> between = [];
            List<MailSlot> found = [];
            var from = 0;
            for (var at = 0; at < rendered.Length; at++)
            {
                if (!MailSlots.IsMark(rendered[at])) continue;
                between.Add(rendered[from..at]);
                found.Add(MailSlots.SlotOf(rendered[at]));
                from = at + 1;
            }
            between.Add(rendered[from..]);
            (literals, slots) = ([.. between.Select(text => new SharedText(text))], [.. found]);
        }

        public MailBody Fill(MailSlots values)
        {
            var own = new string[slots.Length];
            for (var i = 0; i < own.Length; i++)
            {
                var value = values[slots[i]];
                own[i] = escape ? MarkupEncoder.Escape(value) : value;
            }
            return new MailBody(literals, own);
        }
    }
}
