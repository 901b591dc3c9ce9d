using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>Writes Ifeelgoods' objects (ifeelgoods.md §4, §5), each in the form that the switches say.</summary>
internal sealed class IfeelgoodsJson(IfeelgoodsSwitches switches, IfeelgoodsStore store)
{
    public string LinkBase { get; set; } = "";

    public string LinkOf(Redemption redemption) => (switches.LinkBase == "local" ? LinkBase : switches.LinkBase) + redemption.Id;

    /// <summary><c>{"data":{…}}</c>.</summary>
    public static Reply One(int status, Action<Utf8JsonWriter> write) => Reply.Json(status, json =>
    {
        json.WriteStartObject("data");
        write(json);
        json.WriteEndObject();
        json.WriteNumber("version", 1);
    });

    /// <summary><c>{"data":[…],"paging":{…}}</c>.</summary>
    public Reply List<T>(ServiceRequest request, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        var size = Math.Clamp(request.QueryNumber("per_page") ?? 20, 1, switches.MaxPage);
        var page = switches.Paging == PagingAnswer.Ignored ? 1 : Math.Max(1, request.QueryNumber("page") ?? 1);
        if (switches.Paging == PagingAnswer.Ignored)
            size = 20;
        return Reply.Json(200, json =>
        {
            json.WriteStartArray("data");
            foreach (var row in rows.Skip((page - 1) * size).Take(size))
            {
                json.WriteStartObject();
                write(json, row);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("paging");
            json.WriteNumber("page", page);
            json.WriteNumber("per_page", size);
            json.WriteNumber("total", rows.Count);
            json.WriteEndObject();
        });
    }

    public void Redemption(Utf8JsonWriter json, Redemption redemption, bool withCodes)
    {
        json.WriteString("id", redemption.Id);
        json.WriteString("url", LinkOf(redemption));
        json.WriteString("state", redemption.State.ToString().ToLowerInvariant());
        json.WriteString("order_id", redemption.OrderId);
        json.WriteBoolean("testing", true);
        Time(json, "activation_datetime", redemption.CreatedAt);
        Time(json, "expiration_datetime", redemption.ExpiresAt);
        Time(json, "redeemed_datetime", redemption.RedeemedAt);
        Time(json, "updated_datetime", redemption.UpdatedAt);
        Object(json, "client", ("id", redemption.Promotion.ClientId));
        Object(json, "promotion", ("id", redemption.Promotion.Id), ("status", redemption.Promotion.Status), ("state", redemption.Promotion.State));
        if (redemption.Reward is { } reward)
            Object(json, "reward", (switches.RewardKey == RewardKey.Sku ? "sku" : "id", reward.Sku), ("name", reward.Name), ("status", reward.Status), ("state", "ready"));
        else
            json.WriteNull("reward");
        Value(json, redemption);
        if (redemption.User is { } user)
            Object(json, "user", ("id", user.Id));
        else
            json.WriteNull("user");
        if (switches.TellsCancelable)
            json.WriteBoolean("cancelable", store.IsCancelable(redemption));
        Texts(json, "authentication_systems", ["email"]);
        Texts(json, "notification_channels", switches.NotifiesByEmail ? ["email"] : []);
        if (redemption.Reward is { } format)
        {
            json.WriteStartObject("reward_format");
            Texts(json, "usages", CodeMaker.UsagesOf(format));
            json.WriteString("barcode_type", format.Barcode);
            json.WriteEndObject();
        }

        if (withCodes && redemption.Codes.Count > 0)
            Codes(json, redemption);
    }

    public void Reward(Utf8JsonWriter json, Reward reward, bool withCost, bool withInstructions)
    {
        json.WriteString("sku", reward.Sku);
        json.WriteString("name", reward.Name);
        json.WriteString("denomination", reward.Denomination);
        if (withCost)
        {
            Number(json, "cost", (reward.FaceValue ?? 0) * reward.CostShare);
            json.WriteString("cost_currency", reward.Currency);
        }

        if (reward.FaceValue is { } value)
            Number(json, "face_value", value);
        Texts(json, "categories", ["Gift cards"]);
        Texts(json, "country", [reward.Country]);
        // Scheme-relative, as in the samples (§5).
        json.WriteString("logo_url", $"//cdn.example/{reward.Sku}/logo.png");
        json.WriteString("catalog_badge_url", $"//cdn.example/{reward.Sku}/badge.png");
        json.WriteString("catalog_card_url", $"https://cdn.example/{reward.Sku}/card.png");
        json.WriteString("description", $"<p>A <b>{reward.Name}</b> gift card, simulated.</p>");
        json.WriteString("terms_and_conditions", "Simulated.");
        json.WriteBoolean("in_stock", reward.Stock is not 0);
        if (reward.Stock is { } stock)
            json.WriteNumber("stock_quantity", stock);
        else
            json.WriteNull("stock_quantity");
        json.WriteString("expiration_date", reward.Expiration?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("status", reward.Status);
        json.WriteBoolean("free_value", reward.FreeValue is not null);
        json.WriteStartObject("dimensions");
        json.WriteString("available_denominations_range", reward.FreeValue is null ? null : reward.Range);
        json.WriteEndObject();
        if (!withInstructions)
            return;
        json.WriteString("how_to_use_instructions", "<p>Show the code at the till.</p>");
        json.WriteString("important_instructions", "<p>Treat it like cash.</p>");
    }

    public static void Promotion(Utf8JsonWriter json, Promotion promotion)
    {
        json.WriteString("id", promotion.Id);
        json.WriteString("name", promotion.Name);
        json.WriteString("status", promotion.Status);
        json.WriteString("state", promotion.State);
        json.WriteString("locale", "fr-CA");
        Object(json, "client", ("id", promotion.ClientId));
        json.WriteStartArray("rewards");
        foreach (var sku in promotion.Rewards)
        {
            json.WriteStartObject();
            json.WriteString("sku", sku);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public void Client(Utf8JsonWriter json)
    {
        json.WriteString("id", IfeelgoodsStore.ClientId);
        json.WriteString("name", "TARGO (simulated)");
        Number(json, "balance", store.Balance);
        json.WriteString("balance_currency", "CAD");
        Texts(json, "operating_countries", ["CA"]);
        json.WriteStartArray("budget_alerts");
        foreach (var cents in switches.BudgetAlerts)
        {
            var amount = decimal.Parse(cents, CultureInfo.InvariantCulture) / 100m;
            if (switches.AlertForm == AlertForm.Objects)
            {
                json.WriteStartObject();
                Number(json, "amount", amount);
                json.WriteEndObject();
            }
            else if (switches.Numbers == NumberForm.Text)
            {
                json.WriteStringValue(Decimal(amount));
            }
            else
            {
                json.WriteNumberValue(amount);
            }
        }

        json.WriteEndArray();
    }

    public void Number(Utf8JsonWriter json, string name, decimal value)
    {
        if (switches.Numbers == NumberForm.Text)
            json.WriteString(name, Decimal(value));
        else
            json.WriteNumber(name, value);
    }

    private void Value(Utf8JsonWriter json, Redemption redemption)
    {
        if (redemption is not { Amount: { } amount, Reward: { } reward })
        {
            json.WriteNull("value");
            return;
        }

        json.WriteStartObject("value");
        Number(json, "amount", amount);
        json.WriteString("currency", reward.Currency);
        json.WriteEndObject();
    }

    private void Codes(Utf8JsonWriter json, Redemption redemption)
    {
        json.WriteStartObject("reward_codes");
        json.WriteString("type", "unique_code");
        json.WriteStartArray("codes");
        foreach (var code in redemption.Codes)
        {
            json.WriteStartObject();
            json.WriteString("name", code.Name);
            json.WriteString("value", code.Value);
            json.WriteString("format", code.Format);
            json.WriteString("usage", code.Usage);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Time(json, "expiration_datetime", redemption.RedeemedAt?.AddYears(1));
        json.WriteEndObject();
    }

    private static string Decimal(decimal value) => value.ToString("0.0#", CultureInfo.InvariantCulture);

    private void Time(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } instant)
        {
            json.WriteString(name, switches.Times == TimeForm.Utc
                ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                : instant.ToOffset(TimeSpan.FromHours(-8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Object(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        json.WriteStartObject(name);
        foreach (var (field, value) in fields)
            json.WriteString(field, value);
        json.WriteEndObject();
    }
}
