using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>How gifts and contacts are paired.</summary>
public sealed record PairingOptions
{
    /// <summary>Pair the first gift with the first contact and so on, which nothing but this asks for; the counts must be equal.</summary>
    public bool ByPosition { get; init; }

    /// <summary>The environment that the gifts are to be entered in; a row that says another one is refused.</summary>
    public GiftEnvironment Environment { get; init; }

    /// <summary>The campaign that the gifts are to be entered in; a row that says another one is refused. Null to accept any.</summary>
    public string? CampaignId { get; init; }

    /// <summary>ISO 4217 code for amounts without a currency.</summary>
    public string DefaultCurrency { get; init; } = "CAD";

    /// <summary>What the operator says about the contact file.</summary>
    public ContactReaderOptions Contacts { get; init; } = new() { KeepOtherColumns = false };

    /// <summary>What the operator says about the gift file.</summary>
    public ContactReaderOptions Gifts { get; init; } = new();
}

/// <summary>A gift and the customer it is for.</summary>
/// <param name="Contact">The customer, as the contact file has it.</param>
/// <param name="Gift">The gift, with its link.</param>
public sealed record GiftPair(GiftContact Contact, GiftFileRow Gift);

/// <summary>In which of the two files a row stands.</summary>
public enum PairingSide
{
    /// <summary>The gift file.</summary>
    Gift,

    /// <summary>The contact file.</summary>
    Contact,
}

/// <summary>Why a row was not paired.</summary>
/// <param name="Side">Its file.</param>
/// <param name="Line">Its line there, from 1.</param>
/// <param name="Code">Stable code, one of <see cref="ContactCodes"/>.</param>
/// <param name="Message">Where and what; no link.</param>
/// <param name="Remedy">What to do.</param>
public sealed record PairingProblem(PairingSide Side, int Line, string Code, string Message, string Remedy);

/// <summary>What came of a pairing. Every row of both files is either in one pair or has one problem.</summary>
/// <param name="Pairs">The pairs, in the order of the gift file.</param>
/// <param name="Problems">The problems: those of the gift file first, each file's in the order of its lines.</param>
public sealed record PairingResult(IReadOnlyList<GiftPair> Pairs, IReadOnlyList<PairingProblem> Problems);
