using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>An error in Ifeelgoods' shape (ifeelgoods.md §2).</summary>
public sealed class IfeelgoodsRefusedException(int status, string name, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The <c>error_name</c>.</summary>
    public string Name { get; } = name;

    public static IfeelgoodsRefusedException Unauthorized() => new(401, "unauthorized", "The credentials are missing or wrong.");

    public static IfeelgoodsRefusedException NotFound(string what) => new(404, "not_found", $"There is no such {what}.");

    public static IfeelgoodsRefusedException Invalid(string message) => new(422, "invalid_request", message);

    public static IfeelgoodsRefusedException Malformed() => new(400, "bad_request", "The body is not JSON of the form {\"data\":{}}.");

    public Reply ToReply() => Reply.Json(Status, json =>
    {
        json.WriteString("error_name", Name);
        json.WriteString("error_message", Message);
    });
}
