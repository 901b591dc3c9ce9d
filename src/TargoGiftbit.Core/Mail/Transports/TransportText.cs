namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>What an operator reads from the mail transports, in one place.</summary>
internal static class TransportText
{
    public static string AddressInvalid(string field) =>
        $"The address in {field} of a message is not a valid e-mail address. Correct it; the message was not sent.";

    public static string HeaderInvalid(string header) =>
        $"The header '{header}' of a message is not allowed or holds characters a header cannot carry. Correct the setting it comes from; the message was not sent.";

    public static string IdInvalid(string field) =>
        $"{field} of a message is empty, longer than 200 characters, or holds a space or a character beyond ASCII. The message was not sent.";

    public static string ImageInvalid(string field) =>
        $"{field} of an inline image is not usable (PNG, JPEG or GIF, with a plain id). Replace the image; the message was not sent.";
}
