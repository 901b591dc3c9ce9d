using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Mail;

/// <summary>Every sentence of a send run that an operator reads, in one place (French comes next).</summary>
internal static class MailingText
{
    public static string Of(MailClaim claim) => claim.Refusal switch
    {
        ClaimRefusal.Unknown => $"Gift {claim.Id} is not in the ledger. Order it with New-GiftbitCampaign, or enter it with Join-GiftContact.",
        ClaimRefusal.NotOpen => $"Gift {claim.Id} is {claim.Gift?.Status.ToString().ToLowerInvariant()}: there is nothing to send.",
        ClaimRefusal.NoLink => $"Gift {claim.Id} has no link yet. Run Get-GiftbitShortlink -CampaignId {claim.Id.CampaignId} -Wait first.",
        ClaimRefusal.Suppressed => $"Gift {claim.Id}: the address asked not to be written to (Get-GiftSuppression). Nothing was sent.",
        ClaimRefusal.AlreadySent => $"Gift {claim.Id} was sent on {claim.Gift?.SentAt?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}. Use -Resend to send it again.",
        ClaimRefusal.InProgress => $"Gift {claim.Id} is being sent by another run.",
        ClaimRefusal.Uncertain => $"Gift {claim.Id}: an earlier hand-over may or may not have gone out. Resolve-GiftDelivery settles it; it is not sent again blindly.",
        ClaimRefusal.RefusedBefore => $"Gift {claim.Id} was refused before ({claim.Gift?.MailError}). Correct the address with Set-GiftContact, or use -Resend.",
        _ => "",
    };

    public static string NoService(string folder) =>
        $"No mail service is set up, so nothing can be sent. Set MJ_APIKEY_PUBLIC and MJ_APIKEY_PRIVATE (Mailjet), or GIFT_SMTP and GIFT_SMTP_PASSWORD, in the environment or in '{folder}/.env'.";

    public static string Unknown(GiftId id, string? reason) =>
        $"Gift {id}: the connection was lost after the hand-over ({reason}). It may or may not have gone out; Resolve-GiftDelivery settles it.";

    public static string Stopped(int refused, int bounced, int handedOver) => string.Create(CultureInfo.InvariantCulture,
        $"The run stopped by itself: of {handedOver} messages {refused} were refused and {bounced} bounced. Look at the reasons (Get-Gift … | Where-Object MailError), mend the cause, and run the same command again: what was sent stays sent.");

    public static string Summary(MailingSummary s) => string.Create(CultureInfo.InvariantCulture,
        $"{s.Sent} sent, {s.AlreadySent} sent before, {s.Refused} refused, {s.Deferred} deferred, {s.Uncertain} uncertain, {s.Suppressed} suppressed, {s.NotSent} not sent, {s.Bounced} bounced so far; {s.Elapsed.TotalSeconds:0.0} s, {s.Rate:0.0} per second.");
}
