using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

public sealed class GiftContactPairingTests
{
    private int line = 1;

    [Fact]
    public void Gifts_find_their_contacts_by_id_whatever_the_order()
    {
        var result = Join([Gift("C2", "b@example.com"), Gift("C1", "a@example.com")], [Contact("C1", "a@example.com"), Contact("C2", "b@example.com")]);

        Assert.Empty(result.Problems);
        Assert.Equal([("C2", "C2"), ("C1", "C1")], result.Pairs.Select(pair => (pair.Gift.CustomerId, pair.Contact.CustomerId)));
    }

    [Fact]
    public void Without_ids_the_address_decides_whatever_its_capitals_and_spaces()
    {
        var result = Join([Gift(null, " B@Example.com "), Gift(null, "a@example.com")], [Contact("C1", "a@example.com"), Contact(null, "b@example.com")]);

        Assert.Empty(result.Problems);
        Assert.Equal(["b@example.com", "a@example.com"], result.Pairs.Select(pair => pair.Contact.Email));
    }

    [Fact]
    public void The_id_of_a_provider_export_that_no_contact_has_is_not_taken_for_the_customers()
    {
        var result = Join([Gift("9f0c", "a@example.com"), Gift("77aa", "b@example.com")], [Contact("C1", "a@example.com"), Contact("C2", "b@example.com")]);

        Assert.Empty(result.Problems);
        Assert.Equal(["C1", "C2"], result.Pairs.Select(pair => pair.Contact.CustomerId));
    }

    [Fact]
    public void A_customer_may_have_a_new_address()
    {
        var result = Join([Gift("C1", "old@example.com")], [Contact("C1", "new@example.com")]);

        Assert.Equal("new@example.com", result.Pairs.Single().Contact.Email);
    }

    [Fact]
    public void A_household_with_one_address_is_told_apart_by_id()
    {
        var result = Join([Gift("C2", "h@example.com"), Gift("C1", "h@example.com")], [Contact("C1", "h@example.com"), Contact("C2", "h@example.com")]);

        Assert.Empty(result.Problems);
        Assert.All(result.Pairs, pair => Assert.Equal(pair.Gift.CustomerId, pair.Contact.CustomerId));
    }

    [Fact]
    public void A_household_with_one_address_is_not_guessed_at()
    {
        var result = Join([Gift(null, "h@example.com")], [Contact("C1", "h@example.com"), Contact("C2", "h@example.com")]);

        Assert.Empty(result.Pairs);
        Assert.Equal(
            [ContactCodes.GiftEmailAmbiguous, ContactCodes.ContactEmailAmbiguous, ContactCodes.ContactEmailAmbiguous], Codes(result));
    }

    [Fact]
    public void Position_never_pairs_by_itself()
    {
        var result = Join([Gift(null, ""), Gift(null, "")], [Contact("C1", "a@example.com"), Contact("C2", "b@example.com")]);

        Assert.Empty(result.Pairs);
        Assert.Equal(
            [ContactCodes.GiftUnmatched, ContactCodes.GiftUnmatched, ContactCodes.ContactUnmatched, ContactCodes.ContactUnmatched], Codes(result));
    }

    [Fact]
    public void Unpaired_rows_of_both_sides_are_told_with_their_lines_and_the_others_pair()
    {
        var result = Join([Gift("C1", ""), Gift("C7", "")], [Contact("C1", "a@example.com"), Contact("C2", "b@example.com")]);

        Assert.Single(result.Pairs);
        Assert.Equal(
            [(PairingSide.Gift, 3, ContactCodes.GiftUnmatched), (PairingSide.Contact, 5, ContactCodes.ContactUnmatched)],
            result.Problems.Select(problem => (problem.Side, problem.Line, problem.Code)));
        Assert.Contains("line 3", result.Problems[0].Message, StringComparison.Ordinal);
        Assert.All(result.Problems, problem => Assert.NotEmpty(problem.Remedy));
    }

    [Fact]
    public void A_gift_of_a_customer_who_is_not_in_the_file_does_not_go_to_another_with_the_same_address()
    {
        var result = Join([Gift("C1", "a@example.com"), Gift("C9", "h@example.com")], [Contact("C1", "a@example.com"), Contact("C2", "h@example.com")]);

        Assert.Single(result.Pairs);
        Assert.Equal([ContactCodes.GiftUnmatched, ContactCodes.ContactUnmatched], Codes(result));
    }

    [Fact]
    public void An_id_and_an_address_that_name_two_customers_pair_with_neither()
    {
        var result = Join([Gift("C1", "b@example.com"), Gift("C2", "b@example.com")], [Contact("C1", "a@example.com"), Contact("C2", "b@example.com")]);

        Assert.Equal("C2", result.Pairs.Single().Contact.CustomerId);
        Assert.Equal([ContactCodes.Contradiction, ContactCodes.ContactUnmatched], Codes(result));
    }

    [Fact]
    public void Two_gifts_for_one_customer_are_both_refused()
    {
        var result = Join([Gift("C1", ""), Gift("c1", "")], [Contact("C1", "a@example.com")]);

        Assert.Empty(result.Pairs);
        Assert.Equal([ContactCodes.GiftDuplicate, ContactCodes.GiftDuplicate, ContactCodes.ContactTwoGifts], Codes(result));
    }

    [Fact]
    public void Two_contacts_with_one_id_are_both_refused()
    {
        var result = Join([Gift("C1", "")], [Contact("C1", "a@example.com"), Contact("C1", "b@example.com")]);

        Assert.Empty(result.Pairs);
        Assert.Equal([ContactCodes.ContactUnusable, ContactCodes.ContactIdDuplicate, ContactCodes.ContactIdDuplicate], Codes(result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_link_or_one_provider_id_never_serves_two_customers(bool sameLink)
    {
        var first = Gift("C1", "");
        var second = Gift("C2", "");
        second = sameLink ? second with { Link = new GiftLink(first.Link!.Reveal()) } : second with { ProviderGiftId = first.ProviderGiftId!.ToUpperInvariant() };

        var result = Join([first, second], [Contact("C1", "a@example.com"), Contact("C2", "b@example.com")]);

        Assert.Empty(result.Pairs);
        Assert.Equal([ContactCodes.LinkDuplicate, ContactCodes.LinkDuplicate, ContactCodes.GiftUnusable, ContactCodes.GiftUnusable], Codes(result));
    }

    [Fact]
    public void A_flagged_row_pairs_with_nothing_and_its_partner_is_told()
    {
        var result = Join(
            [Gift("C1", ""), Gift("C2", "") with { Link = null, ProblemCode = ContactCodes.LinkMissing, Problem = "no link" }],
            [Contact("C1", "not an address"), Contact("C2", "b@example.com")]);

        Assert.Empty(result.Pairs);
        Assert.Equal([ContactCodes.ContactUnusable, ContactCodes.LinkMissing, ContactCodes.EmailInvalid, ContactCodes.GiftUnusable], Codes(result));
    }

    [Fact]
    public void Gifts_of_the_sandbox_are_not_entered_in_production()
    {
        var result = Join(
            [Gift("C1", "") with { Environment = GiftEnvironment.Sandbox }], [Contact("C1", "a@example.com")],
            new PairingOptions { Environment = GiftEnvironment.Production });

        Assert.Equal([ContactCodes.EnvironmentDiffers, ContactCodes.GiftUnusable], Codes(result));
    }

    [Fact]
    public void Gifts_of_one_campaign_are_not_entered_in_another()
    {
        var result = Join([Gift("C1", "") with { CampaignId = "spring" }], [Contact("C1", "a@example.com")], new PairingOptions { CampaignId = "autumn" });

        Assert.Equal([ContactCodes.CampaignDiffers, ContactCodes.GiftUnusable], Codes(result));
    }

    [Fact]
    public void In_production_a_contact_needs_an_id()
    {
        var result = Join([Gift(null, "a@example.com")], [Contact(null, "a@example.com")], new PairingOptions { Environment = GiftEnvironment.Production });

        Assert.Equal([ContactCodes.ContactUnusable, ContactCodes.IdMissing], Codes(result));
    }

    [Fact]
    public void Position_pairs_when_it_is_asked_for()
    {
        var result = Join(
            [Gift(null, ""), Gift(null, "")], [Contact("C1", "h@example.com"), Contact("C2", "h@example.com")], new PairingOptions { ByPosition = true });

        Assert.Empty(result.Problems);
        Assert.Equal(["C1", "C2"], result.Pairs.Select(pair => pair.Contact.CustomerId));
    }

    [Fact]
    public void Position_does_not_pair_a_gift_that_names_another_customer()
    {
        var result = Join(
            [Gift(null, "b@example.com"), Gift(null, "")], [Contact("C1", "a@example.com"), Contact("C2", "b@example.com")],
            new PairingOptions { ByPosition = true });

        Assert.Equal("C2", result.Pairs.Single().Contact.CustomerId);
        Assert.Equal([ContactCodes.PositionContradiction, ContactCodes.ContactUnmatched], Codes(result));
    }

    [Fact]
    public void No_problem_shows_a_link()
    {
        var first = Gift("C1", "");
        var result = Join([first, first with { Line = 3, CustomerId = "C2" }, Gift("C3", "")], [Contact("C1", "a@example.com")]);

        Assert.All(result.Problems, problem => Assert.DoesNotContain(first.Link!.Reveal(), problem.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(first.Link!.Reveal(), first.ToString(), StringComparison.Ordinal);
    }

    private static string[] Codes(PairingResult result) => [.. result.Problems.Select(problem => problem.Code)];

    private static PairingResult Join(GiftFileRow[] gifts, GiftContact[] contacts, PairingOptions? options = null) =>
        GiftContactPairing.Join(gifts, contacts, options ?? new PairingOptions());

    private GiftFileRow Gift(string? id, string email) => new()
    {
        Line = ++line,
        CustomerId = id,
        Email = email,
        Link = new GiftLink($"http://gtbt.example/secret{line:00000}"),
        ProviderGiftId = $"uuid{line}",
    };

    private GiftContact Contact(string? id, string email) =>
        new() { Line = ++line, CustomerId = id, FirstName = "Marie", LastName = "Roy", Email = email };
}
