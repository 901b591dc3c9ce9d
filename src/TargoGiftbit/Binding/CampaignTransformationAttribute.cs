using System.Management.Automation;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Binding;

/// <summary>Lets a campaign's id be given as the campaign itself, as one of its gifts, or as any object with a <c>CampaignId</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CampaignTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Turns what was given into ids; several stay several.</summary>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            GiftCampaign campaign => campaign.CampaignId,
            Gift gift => gift.CampaignId,
            string => value,
            object?[] several => several.Select(one => one is null ? null : Transform(engineIntrinsics, one)).ToArray(),
            _ => PSObject.AsPSObject(inputData).Properties["CampaignId"]?.Value ?? inputData,
        };
    }
}
