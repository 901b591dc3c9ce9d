namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>The values of a mail that differ from gift to gift; everything else is the same for a whole campaign.</summary>
internal enum MailSlot
{
    /// <summary><see cref="GiftMailModel.FirstName"/>.</summary>
    FirstName,

    /// <summary><see cref="GiftMailModel.LastName"/>.</summary>
    LastName,

    /// <summary><see cref="GiftMailModel.Amount"/>.</summary>
    Amount,

    /// <summary><see cref="GiftMailModel.Expiry"/>.</summary>
    Expiry,

    /// <summary><see cref="GiftMailModel.GiftUrl"/>.</summary>
    GiftUrl,

    /// <summary><see cref="GiftMailModel.LinkHost"/>.</summary>
    LinkHost,

    /// <summary><see cref="GiftMailModel.Partner"/>.</summary>
    Partner,

    /// <summary><see cref="GiftMailModel.Reference"/>.</summary>
    Reference,

    /// <summary><see cref="GiftMailModel.Subject"/>.</summary>
    Subject,

    /// <summary><see cref="GiftMailModel.SupportUrl"/>.</summary>
    SupportUrl,

    /// <summary><see cref="GiftMailModel.RefuseUrl"/>.</summary>
    RefuseUrl,

    /// <summary><see cref="GiftMailModel.ReplaceUrl"/>.</summary>
    ReplaceUrl,

    /// <summary><see cref="GiftMailModel.OtherLanguageUrl"/>.</summary>
    OtherLanguageUrl,

    /// <summary><see cref="GiftMailModel.UnsubscribeUrl"/>.</summary>
    UnsubscribeUrl,

    /// <summary><see cref="GiftMailModel.Code"/>.</summary>
    Code,

    /// <summary><see cref="GiftMailModel.Pin"/>.</summary>
    Pin,

    /// <summary><see cref="GiftMailModel.UrlCode"/>.</summary>
    UrlCode,

    /// <summary><see cref="GiftMailModel.PrintableUrl"/>.</summary>
    PrintableUrl,

    /// <summary><see cref="GiftMailModel.BarcodeText"/>.</summary>
    BarcodeText,

    /// <summary><see cref="GiftMailModel.BarcodeCid"/>.</summary>
    BarcodeCid,

    /// <summary><see cref="GiftMailModel.BarcodeWidth"/>.</summary>
    BarcodeWidth,
}

/// <summary>The values of one gift, by <see cref="MailSlot"/>.</summary>
internal sealed class MailSlots
{
    /// <summary>How many slots there are.</summary>
    public const int Count = (int)MailSlot.BarcodeWidth + 1;

    // U+FDD0…U+FDEF are noncharacters: no text from outside may hold them, and MailValue and TemplateSet see to it.
    private const char FirstMark = '\uFDD0';

    private readonly string[] values = new string[Count];

    /// <summary>The value of a slot.</summary>
    public string this[MailSlot slot]
    {
        get => values[(int)slot] ?? "";
        set => values[(int)slot] = value;
    }

    /// <summary>Which slots are empty, one bit each: what <c>{{#if}}</c> can tell apart.</summary>
    public int EmptyOnes
    {
        get
        {
            var mask = 0;
            for (var i = 0; i < Count; i++) if (string.IsNullOrEmpty(values[i])) mask |= 1 << i;
            return mask;
        }
    }

    /// <summary>A mark in place of every value that is not empty.</summary>
    public static MailSlots Marks(int emptyOnes)
    {
        var marks = new MailSlots();
        for (var i = 0; i < Count; i++) marks.values[i] = (emptyOnes & (1 << i)) != 0 ? "" : ((char)(FirstMark + i)).ToString();
        return marks;
    }

    /// <summary>True for a character that stands for a slot, or could.</summary>
    public static bool IsMark(char c) => c is >= FirstMark and <= '\uFDEF';

    /// <summary>The slot a mark stands for.</summary>
    public static MailSlot SlotOf(char mark) => (MailSlot)(mark - FirstMark);
}
