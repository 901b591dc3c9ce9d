namespace TargoGiftbit.Core.Gifts;

/// <summary>How the gifts of a campaign are ordered (spec B5). Chosen before ordering and stored.</summary>
public enum OrderMode
{
    /// <summary>One order with all contacts.</summary>
    Batch,

    /// <summary>One order of one gift per contact, id <c>campaign-row</c>.</summary>
    PerRecipient,
}
