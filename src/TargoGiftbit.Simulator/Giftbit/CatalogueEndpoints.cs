using System.Collections.Concurrent;
using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Brands, regions, funds and logos (giftbit.md §7).</summary>
internal sealed class CatalogueEndpoints(BrandCatalogue catalogue, GiftbitStore store, GiftbitSwitches switches, GiftbitJson writer)
{
    private readonly ConcurrentDictionary<string, byte[]> _logos = new();

    public string LogoBase { get; set; } = "";

    public Reply Answer(ServiceRequest request, string last) => request.Route switch
    {
        "giftbit.brands" => Brands(request),
        "giftbit.brand" => OneBrand(last),
        "giftbit.regions" => Regions(),
        "giftbit.funds.get" => Funds(),
        "giftbit.funds.add" => AddFunds(request),
        _ => GiftbitRefusal.Unknown("resource", notFound: true).ToReply(),
    };

    public Reply Logo(string file)
    {
        var code = Path.GetFileNameWithoutExtension(file);
        if (catalogue.Find(code) is not { } brand)
            return Reply.Text(404, "no such logo");
        return new Reply(200, "image/png", _logos.GetOrAdd(brand.Code, _ => BrandLogo.Draw(brand)));
    }

    private Reply Brands(ServiceRequest request)
    {
        // A region that is no number is silently ignored (§7).
        var region = request.QueryNumber("region");
        var min = request.QueryNumber("min_price_in_cents");
        var max = request.QueryNumber("max_price_in_cents");
        var search = request.Query("search");
        var currency = request.Query("currencyisocode");
        var embeddable = request.Query("embeddable");
        var brands = catalogue.Search(brand =>
            (region is null || brand.Region == region)
            && (min is null || brand.HighestPrice >= min)
            && (max is null || brand.LowestPrice <= max)
            && (currency is null || brand.Currency.Equals(currency, StringComparison.OrdinalIgnoreCase))
            && (embeddable is null || brand.Embeddable == (embeddable == "true"))
            && (search is null || brand.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
                || brand.Code.Contains(search, StringComparison.OrdinalIgnoreCase)));
        return Reply.Json(200, json =>
        {
            GiftbitJson.Info(json, "INFO_BRANDS_RETRIEVED");
            json.WriteNumber("status", 200);
            var (from, count) = writer.Page(json, request, brands.Count, 20, switches.MaxBrandsPage);
            json.WriteStartArray("brands");
            foreach (var brand in brands.Skip(from).Take(count))
            {
                json.WriteStartObject();
                Row(json, brand);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }) with
        { Headers = [("Cache-Control", "private, max-age=60")] };
    }

    private Reply OneBrand(string code)
    {
        if (catalogue.Find(code) is not { } brand)
            return new GiftbitRefusal(422, "ERROR_BRANDS_NO_SUCH_BRAND", "No brand found", $"No brand [{code}].").ToReply();
        return Reply.Json(200, json =>
        {
            GiftbitJson.Info(json, "INFO_BRANDS_RETRIEVED");
            json.WriteNumber("status", 200);
            json.WriteStartObject("brand");
            Row(json, brand);
            json.WriteString("description", $"A gift card of {brand.Name}, simulated.");
            json.WriteStartArray("regions");
            json.WriteNumberValue(brand.Region);
            json.WriteEndArray();
            json.WriteString("fund_currencyisocode", brand.Currency);
            json.WriteBoolean("inapp_available", brand.Embeddable);
            json.WriteBoolean("variable_price", brand.HasVariablePrice);
            if (brand.HasVariablePrice)
            {
                writer.Number(json, "min_price_in_cents", brand.LowestPrice);
                writer.Number(json, "max_price_in_cents", brand.HighestPrice);
            }
            else
            {
                json.WriteStartArray("allowed_prices_in_cents");
                foreach (var price in brand.AllowedPrices)
                    json.WriteNumberValue(price);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    private void Row(Utf8JsonWriter json, Brand brand)
    {
        json.WriteString("brand_code", brand.Code);
        json.WriteString("name", brand.Name);
        json.WriteString("image_url", $"{LogoBase}{brand.Code}.png");
        if (brand.Disclaimer is not null)
            json.WriteString("disclaimer", brand.Disclaimer);
        else if (switches.AbsentFields == AbsentFields.Null)
            json.WriteNull("disclaimer");
    }

    private Reply Regions() => Reply.Json(200, json =>
    {
        GiftbitJson.Info(json, "INFO_RETRIEVED_REGIONS");
        json.WriteNumber("status", 200);
        json.WriteStartArray("regions");
        foreach (var (id, name) in BrandCatalogue.RegionList)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("name", name);
            json.WriteString("image_url", $"{LogoBase}region{id}.png");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private Reply Funds() => Reply.Json(200, json =>
    {
        GiftbitJson.Info(json, "INFO_FUNDS");
        json.WriteNumber("status", 200);
        WriteFunds(json);
    });

    private Reply AddFunds(ServiceRequest request)
    {
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            var root = document.RootElement;
            var cents = root.GetProperty("fund_amount_in_cents").GetInt64();
            var currency = root.GetProperty("currencyisocode").GetString() ?? "";
            var id = root.GetProperty("id").GetString();
            if (currency is not ("CAD" or "USD"))
                return GiftbitRefusal.Parameter("currencyisocode", "must be CAD or USD").ToReply();
            // Bounds of the documents' sample (§2.4).
            if (cents is < 25_000 or > 1_000_000)
            {
                return new GiftbitRefusal(
                    400, "ERROR_FUNDS_INVALID_FUND_AMOUNT", "Invalid fund amount", "The amount must lie between 25000 and 1000000 cents.").ToReply();
            }

            store.AddFunds(currency, cents, id);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return GiftbitRefusal.Malformed("The body must hold currencyisocode, fund_amount_in_cents and id.").ToReply();
        }

        return Reply.Json(200, json =>
        {
            GiftbitJson.Info(json, "INFO_FUNDS_ADDED");
            json.WriteNumber("status", 200);
            WriteFunds(json);
        });
    }

    private void WriteFunds(Utf8JsonWriter json)
    {
        json.WriteStartObject("fundsbycurrency");
        foreach (var (currency, line) in store.Funds.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(currency);
            writer.Number(json, "available_in_cents", line.Available);
            writer.Number(json, "pending_in_cents", line.Pending);
            writer.Number(json, "reserved_in_cents", line.Reserved);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
