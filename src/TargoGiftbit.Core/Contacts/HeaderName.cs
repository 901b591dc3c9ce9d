using System.Globalization;
using System.Text;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Folds the many spellings of a column's name into one: <c>"N° de client"</c>, <c>no_de_client</c> and <c>NO DE CLIENT</c> are the same.</summary>
internal static class HeaderName
{
    /// <summary>Letters and digits only, in lower case and without accents; number signs become <c>no</c>.</summary>
    internal static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var c = char.ToLowerInvariant(name[i]);
            // "#", "N°" and "Nº" are all read "numéro".
            if (c is '#' or '№')
                folded.Append("no");
            else if (c is '°' or 'º')
                folded.Append('o');
            else
                folded.Append(Plain(c));
        }
        return folded.ToString();
    }

    private static string Plain(char c) => c switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => c.ToString(),
        // By hand, since normalisation does nothing where the system's globalisation data is missing.
        'à' or 'á' or 'â' or 'ä' or 'ã' or 'å' => "a",
        'é' or 'è' or 'ê' or 'ë' => "e",
        'î' or 'ï' or 'í' or 'ì' => "i",
        'ô' or 'ö' or 'ó' or 'ò' or 'õ' => "o",
        'û' or 'ü' or 'ù' or 'ú' => "u",
        'ç' => "c",
        'ñ' => "n",
        'ÿ' or 'ý' => "y",
        'œ' => "oe",
        'æ' => "ae",
        _ => char.IsLetterOrDigit(c) && char.GetUnicodeCategory(c) != UnicodeCategory.ModifierLetter ? c.ToString() : "",
    };
}
