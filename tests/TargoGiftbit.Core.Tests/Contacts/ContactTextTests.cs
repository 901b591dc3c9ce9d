using System.Reflection;
using TargoGiftbit.Core.Contacts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class ContactTextTests
{
    public static TheoryData<string> Codes =>
        [.. typeof(ContactCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_words_and_a_remedy(string code)
    {
        Assert.NotEmpty(ContactText.Get(code));
        Assert.NotEmpty(ContactText.Remedy(code));
    }

    [Fact]
    public void Every_field_and_every_fault_has_a_name()
    {
        Assert.All(Enum.GetValues<EmailFault>().Except([EmailFault.None]), fault => Assert.NotEmpty(EmailAddress.Describe(fault)));
        Assert.All(Enum.GetValues<ContactField>(), field => Assert.NotEmpty(ContactText.FieldName(field)));
        Assert.All(Enum.GetValues<GiftField>(), field => Assert.NotEmpty(ContactText.FieldName(field)));
    }
}
