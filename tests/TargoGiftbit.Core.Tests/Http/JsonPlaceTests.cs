using System.Text;
using System.Text.Json;
using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Ifeelgoods;

namespace TargoGiftbit.Core.Tests.Http;

/// <summary>JSON lets texts through that cannot be read; one of them must not cost the rest of an answer.</summary>
public sealed class JsonPlaceTests
{
    public static TheoryData<byte[]> Broken() => new(
        Encoding.UTF8.GetBytes("""{"name":"\ud83c","other":"fine","at":"\udf81"}"""),
        [.. "{\"name\":\"a"u8, 0xff, .. "\",\"other\":\"fine\",\"at\":\""u8, 0xc3, .. "\"}"u8]);

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_text_that_cannot_be_read_is_absent_and_the_others_are_there(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(JsonPlace.TryGet(document.RootElement, "name", out var name));
        Assert.Null(JsonPlace.TextOf(name));
        var person = new ErpNextDocument(document.RootElement);
        Assert.Equal((null, "fine"), (person.Text("name"), person.Text("other")));
        var node = IfeelgoodsNode.Parse(json);
        Assert.Equal((null, "fine", null, null), (node["name"].Text, node["other"].Text, node["at"].Time, node["at"].Number));
    }

    [Fact]
    public void A_field_beside_a_name_that_cannot_be_read_is_absent_rather_than_an_error()
    {
        using var document = JsonDocument.Parse("""{"\ud83c\u0061":1,"b":2}""");
        _ = JsonPlace.TryGet(document.RootElement, "a", out _);
        Assert.True(JsonPlace.TryGet(document.RootElement, "b", out var b));
        Assert.Equal(2, b.GetInt32());
    }
}
