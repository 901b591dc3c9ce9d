using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit;

/// <summary>A gift, or all gifts of a campaign, as it was named to a cmdlet. What else the object in hand said is ignored: the ledger is asked.</summary>
/// <param name="Environment">Its environment.</param>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="Row">Its row; null for all gifts of the campaign.</param>
/// <param name="Rehearsal">The gift itself when <c>-WhatIf</c> passed it on; the ledger may not know it.</param>
/// <param name="IsRehearsal">Whether <c>-WhatIf</c> passed on what names the gift: nothing is to be done with it.</param>
internal sealed record PipedGift(GiftEnvironment Environment, string CampaignId, int? Row, Gift? Rehearsal, bool IsRehearsal = false);
