using System.Reflection;
using TargoGiftbit.Simulator.Giftbit;
using Xunit.Sdk;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

/// <summary>Every combination of the switches that shape the answer to a repeated order.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CombinatorialSwitchesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from duplicate in Enum.GetValues<DuplicateIdAnswer>()
        from contacts in Enum.GetValues<LinkContacts>()
        from spelling in Enum.GetValues<SpellingSet>()
        from unknown in Enum.GetValues<UnknownIdAnswer>()
        from odd in (bool[])[false, true]
        select new object[] { duplicate, contacts, spelling, unknown, odd };
}
