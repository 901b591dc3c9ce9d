using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>One pairing. A row that has a problem is not paired, and its first problem is the one that is told.</summary>
internal sealed class PairingRun
{
    private const int None = -1;

    private readonly IReadOnlyList<GiftFileRow> gifts;
    private readonly IReadOnlyList<GiftContact> contacts;
    private readonly PairingOptions options;
    private readonly ContactIndex index;
    private readonly (string Code, string Reason)?[] giftProblems;
    private readonly (string Code, string Reason)?[] contactProblems;

    private readonly HashSet<string> ambiguous = new(StringComparer.Ordinal);

    /// <summary>The contact that each gift belongs to, or <see cref="None"/>.</summary>
    private readonly int[] owners;

    /// <summary>The gift of each contact, or <see cref="None"/>.</summary>
    private readonly int[] owned;

    internal PairingRun(IReadOnlyList<GiftFileRow> gifts, IReadOnlyList<GiftContact> contacts, PairingOptions options)
    {
        this.gifts = gifts;
        this.contacts = contacts;
        this.options = options;
        index = new ContactIndex(gifts, contacts);
        giftProblems = new (string, string)?[gifts.Count];
        contactProblems = new (string, string)?[contacts.Count];
        owners = new int[gifts.Count];
        owned = new int[contacts.Count];
        Array.Fill(owners, None);
        Array.Fill(owned, None);
    }

    internal PairingResult Run()
    {
        CheckGifts();
        CheckContacts();
        for (var gift = 0; gift < gifts.Count; gift++) FindOwner(gift);
        CheckPartners();
        return Result();
    }

    private void CheckGifts()
    {
        var links = new Dictionary<GiftLink, int>(gifts.Count);
        var ids = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < gifts.Count; i++)
        {
            var gift = gifts[i];
            if (gift.ProblemCode is not null)
                giftProblems[i] = (gift.ProblemCode, gift.Problem ?? gift.ProblemCode);
            else if (gift.Environment is { } environment && environment != options.Environment)
                Gift(i, ContactCodes.EnvironmentDiffers, environment, options.Environment);
            else if (gift.CampaignId is { } campaign && options.CampaignId is { } wanted && campaign != wanted)
                Gift(i, ContactCodes.CampaignDiffers, campaign, wanted);
            if (gift.Link is { } link && !links.TryAdd(link, i)) Twice(links[link], i);
            if (gift.ProviderGiftId is { } id && !ids.TryAdd(id, i)) Twice(ids[id], i);
        }

        void Twice(int first, int second)
        {
            Gift(second, ContactCodes.LinkDuplicate, gifts[first].Line);
            Gift(first, ContactCodes.LinkDuplicate, gifts[second].Line);
        }
    }

    private void CheckContacts()
    {
        for (var i = 0; i < contacts.Count; i++)
        {
            var contact = contacts[i];
            if (ContactRules.Find(contact) is { } own)
                contactProblems[i] = own;
            else if (contact.CustomerId is null && options.Environment == GiftEnvironment.Production)
                Contact(i, ContactCodes.IdMissing);
            else if (contact.CustomerId is { } id && index.OtherWithId(i) is { } other)
                Contact(i, ContactCodes.ContactIdDuplicate, id, contacts[other].Line);
        }
    }

    private void FindOwner(int gift)
    {
        var found = index.Find(gifts[gift]);
        var owner = options.ByPosition ? gift : found.Contact;
        switch (found.Outcome)
        {
            case ContactMatch.TwoByEmail:
                // Position is what tells the two apart, when it was asked for.
                if (options.ByPosition) break;
                Gift(gift, ContactCodes.GiftEmailAmbiguous, gifts[gift].Email);
                if (ambiguous.Add(EmailAddress.Key(gifts[gift].Email))) FlagRivals(gifts[gift].Email);
                return;
            case ContactMatch.Contradiction:
                Gift(gift, ContactCodes.Contradiction, contacts[found.Contact].Line, contacts[found.Rival].Line);
                return;
            case ContactMatch.One when options.ByPosition && found.Contact != gift:
                Gift(gift, ContactCodes.PositionContradiction, contacts[gift].Line, contacts[found.Contact].Line);
                return;
            case ContactMatch.No when !options.ByPosition:
                Gift(gift, ContactCodes.GiftUnmatched);
                return;
        }

        if (owned[owner] is var earlier and not None)
        {
            Gift(gift, ContactCodes.GiftDuplicate, gifts[earlier].Line, contacts[owner].Line);
            Gift(earlier, ContactCodes.GiftDuplicate, gifts[gift].Line, contacts[owner].Line);
            Contact(owner, ContactCodes.ContactTwoGifts, gifts[earlier].Line, gifts[gift].Line);
            return;
        }
        owners[gift] = owner;
        owned[owner] = gift;
    }

    private void FlagRivals(string email)
    {
        foreach (var rival in index.AllWithEmail(email))
            Contact(rival, ContactCodes.ContactEmailAmbiguous, contacts[rival].Email, contacts[index.OtherWithEmail(rival) ?? rival].Line);
    }

    /// <summary>A pair is good only if both of its rows are.</summary>
    private void CheckPartners()
    {
        for (var gift = 0; gift < gifts.Count; gift++)
        {
            if (owners[gift] is var owner and not None && contactProblems[owner] is not null)
                Gift(gift, ContactCodes.ContactUnusable, contacts[owner].Line);
        }
        for (var contact = 0; contact < contacts.Count; contact++)
        {
            if (owned[contact] is var gift and not None)
            {
                if (giftProblems[gift] is not null) Contact(contact, ContactCodes.GiftUnusable, gifts[gift].Line);
            }
            else
            {
                Contact(contact, ContactCodes.ContactUnmatched);
            }
        }
    }

    private PairingResult Result()
    {
        var pairs = new List<GiftPair>(gifts.Count);
        var problems = new List<PairingProblem>();
        for (var i = 0; i < gifts.Count; i++)
        {
            if (giftProblems[i] is { } problem)
                problems.Add(new PairingProblem(PairingSide.Gift, gifts[i].Line, problem.Code,
                    ContactText.Format("PairingProblemGift", gifts[i].Line, problem.Reason), ContactText.Remedy(problem.Code)));
            else
                pairs.Add(new GiftPair(contacts[owners[i]], gifts[i]));
        }
        for (var i = 0; i < contacts.Count; i++)
        {
            if (contactProblems[i] is { } problem)
                problems.Add(new PairingProblem(PairingSide.Contact, contacts[i].Line, problem.Code,
                    ContactText.Format("PairingProblemContact", contacts[i].Line, CellText.InParentheses(contacts[i]), problem.Reason), ContactText.Remedy(problem.Code)));
        }
        return new PairingResult(pairs, problems);
    }

    private void Gift(int gift, string code, params object?[] values) => giftProblems[gift] ??= (code, Words(code, values));

    private void Contact(int contact, string code, params object?[] values) => contactProblems[contact] ??= (code, Words(code, values));

    private static string Words(string code, object?[] values) =>
        ContactText.Format(code, Array.ConvertAll(values, value => value is string cell ? CellText.Shown(cell) : value));
}
