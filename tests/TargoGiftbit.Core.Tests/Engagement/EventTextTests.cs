using System.Text;
using TargoGiftbit.Core.Engagement;

namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>Kept events are read in every form in which people keep them.</summary>
public sealed class EventTextTests
{
    private static readonly string[] Two = ["""{"event":"sent","time":1777900000,"CustomID":"spring:1"}""", """{"event":"open","time":1777900060,"CustomID":"spring:2"}"""];

    [Theory]
    [InlineData("[A,B]")]
    [InlineData("A\nB\n")]
    [InlineData("A\r\n\r\nB")]
    [InlineData("[A]\n[B]\n")]
    [InlineData("[\n  A,\n  B,\n]\n")]
    [InlineData("A B")]
    public void Arrays_objects_and_lines_are_read(string form)
    {
        var bodies = Read(form);
        Assert.Equal(["sent", "open"], bodies.SelectMany(b => b.Events).Select(e => e.Word));
        Assert.Empty(bodies.SelectMany(b => b.Unusable));
    }

    [Theory]
    [InlineData("A\n{\"event\":\"se\nB", 1)]
    [InlineData("nonsense\nA\nB", 1)]
    [InlineData("[\nA,\n{\"event\":,\nB\n]", 1)]
    [InlineData("A\nB\n[[[{", 1)]
    public void A_line_that_is_no_json_does_not_take_the_others_along(string form, int unusable)
    {
        var bodies = Read(form);
        Assert.Equal(["sent", "open"], bodies.SelectMany(b => b.Events).Select(e => e.Word));
        Assert.Equal(unusable, bodies.SelectMany(b => b.Unusable).Count());
    }

    [Fact]
    public void What_PowerShell_and_Windows_wrote_is_read()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal(2, EventText.Read(encoding.GetPreamble().Concat(encoding.GetBytes(string.Join('\n', Two))).ToArray()).Sum(b => b.Events.Count));
    }

    [Fact]
    public void Many_events_come_in_bodies_of_some_hundred()
    {
        var bodies = EventText.Read(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(Two[0], 1200)) + "]")).ToList();
        Assert.Equal([500, 500, 200], bodies.Select(b => b.Events.Count));
    }

    [Fact]
    public void Nothing_is_nothing() => Assert.Empty(EventText.Read(" \n\uFEFF"u8.ToArray()[..2]));

    private static List<MailjetEventBody> Read(string form) =>
        [.. EventText.Read(Encoding.UTF8.GetBytes(form.Replace("A", Two[0], StringComparison.Ordinal).Replace("B", Two[1], StringComparison.Ordinal)))];
}
