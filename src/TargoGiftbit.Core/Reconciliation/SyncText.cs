using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>The words in which two sides of a difference are told, in one place (French comes next). Never a link.</summary>
internal static class SyncText
{
    public const string None = "not there";
    public const string Made = "made";
    public const string OtherLink = "another link";
    public const string NoReminder = "no reminder";
    public const string UnderWay = "another run is handing it over now";
    public const string OtherAddress = "a message of this row went to an address that the ledger does not know";
    public const string NobodyToAsk = "nobody can be asked";
    public const string TooEarly = "not found yet, may still be indexed";

    public static string Order(string id, OrderState state) => $"order {id} {state}";

    public static string Gift(Gift gift) => gift.IsReady ? gift.Status.ToString() : $"{gift.Status}, no link";

    public static string Gift(ProviderGift gift) => gift.RawStatus ?? gift.Status?.ToString() ?? Made;

    public static string Stranger(ProviderGift gift) => $"{gift.RecipientEmail ?? gift.RecipientName ?? gift.ProviderGiftId} in order {gift.OrderId ?? gift.ProviderOrderId}";

    public static string Message(FoundMessage message) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"message {message.MessageId}, {message.ArrivedAt:yyyy-MM-dd HH:mm}Z");
}
