using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class ContactChecksTests
{
    private static readonly ContactCheckOptions Batch = new();
    private static readonly ContactCheckOptions PerRecipient = new() { OrderMode = OrderMode.PerRecipient };
    private static readonly ContactCheckOptions Production = new() { Environment = GiftEnvironment.Production };

    [Fact]
    public void Good_contacts_have_no_problem() =>
        Assert.Empty(ContactChecks.Find([Of(1, "C1", "a@example.com"), Of(2, "C2", "b@example.com"), Of(3, null, "c@example.com")], Batch));

    [Fact]
    public void Every_bad_contact_has_one_problem_with_line_name_reason_and_remedy()
    {
        GiftContact[] contacts =
        [
            Of(2, "C1", "a@example.com"),
            Of(3, "C2", "not an address"),
            Of(4, "C3", "") with { FirstName = "", LastName = "" },
            Of(5, "C4", "d@example.com") with { ProblemCode = ContactCodes.TooManyFields, Problem = "too many" },
        ];

        var problems = ContactChecks.Find(contacts, Batch);

        Assert.Equal(
            [(2, 3, ContactCodes.EmailInvalid), (3, 4, ContactCodes.EmailMissing), (4, 5, ContactCodes.TooManyFields)],
            problems.Select(problem => (problem.Position, problem.Contact.Line, problem.Code)));
        Assert.StartsWith("Line 3 (Marie Roy): ", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("not an address", problems[0].Message, StringComparison.Ordinal);
        Assert.All(problems, problem => Assert.NotEmpty(problem.Remedy));
    }

    [Fact]
    public void A_contact_that_comes_from_no_file_is_told_by_its_position() =>
        Assert.StartsWith("Contact 2 (Marie Roy): ", ContactChecks.Find([Of(0, "1", "a@example.com"), Of(0, "2", "")], Batch).Single().Message, StringComparison.Ordinal);

    [Fact]
    public void A_contact_without_an_id_is_refused_in_production_only()
    {
        GiftContact[] contacts = [Of(2, null, "a@example.com"), Of(3, " \u00a0", "b@example.com")];

        Assert.Empty(ContactChecks.Find(contacts, Batch));
        Assert.Equal([ContactCodes.IdMissing, ContactCodes.IdMissing], ContactChecks.Find(contacts, Production).Select(problem => problem.Code));
    }

    [Fact]
    public void Of_rows_that_repeat_a_customer_the_first_is_good()
    {
        var problem = ContactChecks.Find([Of(2, "C1", "a@example.com"), Of(3, "c1 ", "A@example.com")], PerRecipient).Single();

        Assert.Equal((3, ContactCodes.IdDuplicate), (problem.Contact.Line, problem.Code));
        Assert.Contains("line 2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_rows_that_give_a_customer_two_addresses_none_is_good()
    {
        var problems = ContactChecks.Find([Of(2, "C1", "a@example.com"), Of(3, "C2", "b@example.com"), Of(4, "C1", "other@example.com")], PerRecipient);

        Assert.Equal([(2, ContactCodes.IdConflict), (4, ContactCodes.IdConflict)], problems.Select(problem => (problem.Contact.Line, problem.Code)));
        Assert.Contains("line 4", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("line 2", problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_household_may_share_an_address_where_each_recipient_has_an_order_of_their_own()
    {
        GiftContact[] contacts = [Of(2, "C1", "family@example.com"), Of(3, "C2", "Family@Example.com")];

        Assert.Empty(ContactChecks.Find(contacts, PerRecipient));
        var problem = ContactChecks.Find(contacts, Batch).Single();
        Assert.Equal((3, ContactCodes.EmailDuplicate), (problem.Contact.Line, problem.Code));
        Assert.Contains("PerRecipient", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_takes_neither_its_id_nor_its_address_from_a_good_one()
    {
        var problems = ContactChecks.Find([Of(2, "C1", "wrong@"), Of(3, "C1", "right@example.com"), Of(4, null, "x@example.com"), Of(5, "C2", "x@example.com")], Production);

        Assert.Equal([2, 4], problems.Select(problem => problem.Contact.Line));
    }

    [Fact]
    public void A_contact_that_was_not_read_from_a_file_is_checked_as_strictly()
    {
        GiftContact[] contacts =
        [
            Of(0, "1", "a@example.com") with { FirstName = "Marie\r\nBcc: x" },
            Of(0, "2\0", "b@example.com"),
            Of(0, "3", "c@example.com") with { LastName = "CÃ´tÃ©" },
            Of(0, "4", "d@example.com") with { Problem = "because" },
        ];

        var problems = ContactChecks.Find(contacts, Batch);

        Assert.Equal(
            [ContactCodes.ControlCharacter, ContactCodes.ControlCharacter, ContactCodes.EncodingDoubtful, ContactCodes.Flagged],
            problems.Select(problem => problem.Code));
        Assert.DoesNotContain('\n', problems[0].Message);
    }

    private static GiftContact Of(int line, string? id, string email) =>
        new() { Line = line, CustomerId = id, FirstName = "Marie", LastName = "Roy", Email = email };
}
