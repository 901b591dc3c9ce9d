using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>An error answer in Giftbit's shape (giftbit.md §2.4). Codes that begin with SIMULATED_ are made up here.</summary>
public sealed record GiftbitRefusal(int Status, string Code, string Name, string Message)
{
    public static GiftbitRefusal Malformed(string message) => new(400, "SIMULATED_BAD_REQUEST", "Bad Request", message);

    public static GiftbitRefusal Parameter(string property, string message) =>
        new(422, "SIMULATED_INVALID_PARAMETERS", "Invalid request parameters", $"Invalid request parameters: Property [{property}]: {message}");

    public static GiftbitRefusal Brand(string brand, int price) => new(
        422, "ERROR_CAMPAIGN_INVALID_BRAND", "Invalid Brand or Brand/Price combination",
        $"The brand_code [{brand}] does not exist or cannot be ordered at the price of [{price}] cents.");

    public static GiftbitRefusal InvalidId(string message) => new(422, "ERROR_CAMPAIGN_INVALID_ID", "Invalid id", message);

    public static GiftbitRefusal InvalidState(string message) =>
        new(422, "ERROR_CAMPAIGN_INVALID_STATE", "Campaign in invalid state", message);

    public static GiftbitRefusal NoContacts() =>
        new(422, "ERROR_CAMPAIGN_NO_CONTACTS", "No Contacts", "There must be at least one contact.");

    public static GiftbitRefusal Unknown(string what, bool notFound) =>
        new(notFound ? 404 : 422, "SIMULATED_NOT_FOUND", "Not Found", $"No {what} with this id.");

    public Reply ToReply() => Reply.Json(Status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", Code);
        json.WriteString("name", Name);
        json.WriteString("message", Message);
        json.WriteEndObject();
        json.WriteNumber("status", Status);
    });
}
