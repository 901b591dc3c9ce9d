using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Makes gifts for tests of views and binding.</summary>
[Cmdlet(VerbsCommon.New, "TestGift")]
[OutputType(typeof(Gift))]
public sealed class NewTestGiftCommand : PSCmdlet
{
    [Parameter] public int Row { get; set; } = 1;

    [Parameter][CampaignTransformation] public string CampaignId { get; set; } = "targo-2026-q2-loyalty";

    [Parameter] public string FirstName { get; set; } = "Marie-Ève";

    [Parameter] public string LastName { get; set; } = "Lachance";

    [Parameter] public string Email { get; set; } = "marie-eve.lachance@example.com";

    [Parameter] public GiftStatus Status { get; set; }

    [Parameter] public MailState MailState { get; set; }

    [Parameter] public string? Link { get; set; }

    [Parameter][MoneyTransformation] public int Price { get; set; } = 6000;

    [Parameter] public GiftEnvironment Environment { get; set; }

    [Parameter] public SwitchParameter Rehearsal { get; set; }

    protected override void ProcessRecord() => WriteObject(new Gift
    {
        Environment = Environment,
        CampaignId = CampaignId,
        Row = Row,
        FirstName = FirstName,
        LastName = LastName,
        Email = Email,
        Status = Status,
        MailState = MailState,
        Link = Link is null ? null : new GiftLink(Link),
        Price = Money.Cad(Price),
        Expiry = new DateOnly(2026, 12, 31),
        IsRehearsal = Rehearsal,
    });
}
