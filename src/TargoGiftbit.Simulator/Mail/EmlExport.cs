using System.Globalization;

namespace TargoGiftbit.Simulator.Mail;

/// <summary>Writes the inbox to a folder, one file a mail.</summary>
public static class EmlExport
{
    /// <summary>Writes every mail whose content is kept; returns how many.</summary>
    public static int Write(Inbox inbox, string folder)
    {
        Directory.CreateDirectory(folder);
        var count = 0;
        foreach (var message in inbox.Messages)
        {
            if (message.Content is null)
                continue;
            File.WriteAllBytes(Path.Combine(folder, FileName(message, ++count)), message.Content.ToEml(message));
        }

        return count;
    }

    /// <summary>A name that sorts by arrival and tells the mails apart: number and CustomID.</summary>
    private static string FileName(InboxMessage message, int number)
    {
        var id = string.Concat(message.CustomId.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        return string.Create(CultureInfo.InvariantCulture, $"{number:00000}{(id.Length > 0 ? "-" : "")}{id}.eml");
    }
}
