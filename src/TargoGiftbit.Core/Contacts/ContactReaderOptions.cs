using System.Text;

namespace TargoGiftbit.Core.Contacts;

/// <summary>What an operator may say about a file, where the reader's own findings are not wanted.</summary>
public sealed record ContactReaderOptions
{
    /// <summary>Encoding; null to find it out. A byte order mark in the file wins.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Separator, an ASCII character; null to find out which of comma, semicolon and tab it is.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether <see cref="Gifts.GiftContact.Other"/> is filled with the columns that this product does not know.</summary>
    public bool KeepOtherColumns { get; init; } = true;
}
