using System.Management.Automation;
using System.Text;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Puts a ledger into a state that time or another process would bring about.</summary>
[Cmdlet(VerbsData.Edit, "TestLedger")]
public sealed class EditTestLedgerCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string DataPath { get; set; } = "";

    /// <summary>A sandbox campaign whose poll is to have been due for an hour.</summary>
    [Parameter] public string? Due { get; set; }

    /// <summary>A lease that another process is to hold for a minute.</summary>
    [Parameter] public string? Lease { get; set; }

    /// <summary>Give that lease back.</summary>
    [Parameter] public SwitchParameter Release { get; set; }

    /// <summary>A body of mail events that the mail service is to have posted.</summary>
    [Parameter] public string? MailEvent { get; set; }

    /// <summary>A sandbox gift, as <c>campaign:row</c>, that the provider is to have said is expired.</summary>
    [Parameter] public string? Expire { get; set; }

    protected override void EndProcessing()
    {
        using var ledger = GiftLedger.Open(DataPath, TimeProvider.System, mustExist: true);
        if (Due is not null) ledger.Campaigns.NotePoll(GiftEnvironment.Sandbox, Due, null, DateTimeOffset.UtcNow.AddHours(-1));
        if (MailEvent is not null) ledger.Events.Store([MailjetEventReader.Read(Encoding.UTF8.GetBytes(MailEvent))]);
        if (GiftId.TryParseCustomId(Expire, GiftEnvironment.Sandbox, out var expired))
            ledger.Gifts.StoreStatuses([(expired, new ProviderGift { ProviderGiftId = ledger.Gifts.Get(expired).ProviderGiftId!, Status = GiftStatus.Expired, RawStatus = "EXPIRED" })]);
        if (Lease is null) return;
        if (Release) ledger.Leases.Release(Lease, "another");
        else if (!ledger.Leases.TryTake(Lease, "another", TimeSpan.FromMinutes(1))) throw new InvalidOperationException("The lease is taken.");
    }
}
