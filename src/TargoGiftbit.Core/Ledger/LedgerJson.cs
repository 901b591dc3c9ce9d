using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Ledger;

[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
