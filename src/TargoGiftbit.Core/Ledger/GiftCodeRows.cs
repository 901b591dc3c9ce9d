using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>How the codes of a gift are stored: with the gift, in the same private file as links (spec A7, A8).</summary>
internal static class GiftCodeRows
{
    public static List<GiftCode> Read(LedgerConnection c, GiftId id) => c.Query(
        "SELECT usage, value, name, format FROM gift_codes WHERE environment = $env AND campaign_id = $id AND row_no = $row ORDER BY position",
        r => new GiftCode(r.Enum<GiftCodeUsage>(0), r.Text(1), r.Text(2), r.Enum<BarcodeKind>(3)),
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));

    public static void Insert(LedgerConnection c, GiftId id, IReadOnlyList<GiftCode> codes)
    {
        for (var position = 0; position < codes.Count; position++)
        {
            var code = codes[position];
            c.Execute(
                "INSERT INTO gift_codes (environment, campaign_id, row_no, position, usage, name, value, format) VALUES ($env, $id, $row, $pos, $usage, $name, $value, $format)",
                ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row), ("pos", position),
                ("usage", code.Usage.ToString()), ("name", code.Name), ("value", code.Reveal()), ("format", code.Barcode.ToString()));
        }
    }
}
