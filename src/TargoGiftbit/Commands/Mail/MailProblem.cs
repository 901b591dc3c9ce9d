using System.Management.Automation;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Mail;

/// <summary>Which results of a send run are errors, and with which id. The others are no news, or a warning.</summary>
internal static class MailProblem
{
    internal static ErrorRecord? Of(MailingResult result)
    {
        if (result.Error is { } error) return ErrorFactory.Create(error, result.Id);
        var code = result.Outcome switch
        {
            MailingOutcome.Refused => result.Refusal == ClaimRefusal.RefusedBefore ? "MailRefusedBefore" : "MailRefused",
            MailingOutcome.Deferred => "MailDeferred",
            MailingOutcome.Uncertain => "MailUncertain",
            MailingOutcome.NotSent => result.Refusal switch
            {
                ClaimRefusal.NoLink => "GiftLinkMissing",
                ClaimRefusal.Unknown => "GiftUnknown",
                ClaimRefusal.None => "MailNotTried",
                _ => null,
            },
            _ => null,
        };
        return code is null ? null : ErrorFactory.Create(code, result.Reason is { Length: > 0 } reason ? CommandText.MailProblem(result.Id, reason) : CommandText.MailNotSent(result.Id), result.Id);
    }
}
