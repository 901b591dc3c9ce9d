using System.Text.Json;
using System.Text.Json.Serialization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>
/// How the live service behaves where its documents leave it open or differ (reference/giftbit.md §11), found out with one gift in the testbed.
/// Holds no link, no token and no address.
/// </summary>
public sealed record GiftbitContract
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "giftbit-contract.json";

    /// <summary>When it was found out.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Whose account.</summary>
    public required string Account { get; init; }

    /// <summary>The testbed order it was found out with.</summary>
    public required string OrderId { get; init; }

    /// <summary>Order mode that is safe with this behaviour.</summary>
    public required OrderMode Recommended { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether links existed when the wait was over; the facts on gifts are null otherwise.</summary>
    public bool LinksWereMade { get; init; }

    /// <summary>Seconds from the order to its links.</summary>
    public double? SecondsToLinks { get; init; }

    /// <summary>Whether a gift in a list carries its link.</summary>
    public bool? GiftsCarryLinks { get; init; }

    /// <summary>Whether a gift in a list tells the recipient's address as it was given.</summary>
    public bool? GiftsTellAddress { get; init; }

    /// <summary>Whether a gift in a list tells the recipient's name.</summary>
    public bool? GiftsTellName { get; init; }

    /// <summary>Whether a gift in a list tells the client id of its order.</summary>
    public bool? GiftsTellOrder { get; init; }

    /// <summary>Status and delivery status of a gift whose link exists.</summary>
    public string? StatusOfLink { get; init; }

    /// <summary>How many links the list of links has for the order of one gift.</summary>
    public int? LinksListed { get; init; }

    /// <summary>Whether an order must say how many links it is for.</summary>
    public bool NeedsLinkCount { get; init; }

    /// <summary>The answer to the same order posted again: status, and Giftbit's code or <c>same order</c> or <c>another order</c>.</summary>
    public required string RepeatedId { get; init; }

    /// <summary>Whether the answer to an order repeats its contacts.</summary>
    public bool EchoesContacts { get; init; }

    /// <summary>The message in the answer to an order: <c>as sent</c>, <c>escaped</c>, <c>changed</c> or <c>absent</c>.</summary>
    public required string MessageEcho { get; init; }

    /// <summary>Most gifts that a page holds; null when it could not be seen.</summary>
    public long? GiftsPerPage { get; init; }

    /// <summary>Most links that a page holds; null when it could not be seen.</summary>
    public long? LinksPerPage { get; init; }

    /// <summary>Most brands that a page holds; null when it could not be seen.</summary>
    public long? BrandsPerPage { get; init; }

    /// <summary>The answer to the id of an order that does not exist.</summary>
    public required string UnknownOrder { get; init; }

    /// <summary>The answer to the id of a gift that does not exist.</summary>
    public required string UnknownGift { get; init; }

    /// <summary>The answer to a cancellation, or null when there was nothing to cancel.</summary>
    public string? Cancellation { get; init; }

    /// <summary>The answer to a second cancellation of the same gift.</summary>
    public string? SecondCancellation { get; init; }

    /// <summary>Writes it to the data folder, for the current user alone.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="cancellationToken">Leaves an older file as it was.</param>
    public Task StoreAsync(string dataFolder, CancellationToken cancellationToken) =>
        PrivateFile.WriteAllBytesAsync(Path.Combine(dataFolder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Default.GiftbitContract), cancellationToken);

    /// <summary>Reads what was found out last; null when nothing was, or the file is not to be used.</summary>
    /// <param name="dataFolder">The data folder.</param>
    public static GiftbitContract? Find(string dataFolder)
    {
        try
        {
            var path = Path.Combine(dataFolder, FileName);
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ContractJson.Default.GiftbitContract) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // A recommendation, not a fact that anything rests on.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(GiftbitContract))]
internal sealed partial class ContractJson : JsonSerializerContext;
