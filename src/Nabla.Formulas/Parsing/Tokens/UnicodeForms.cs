using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Characters that are another character in a special form: raised, lowered, with an accent, in an alphabet.
/// </summary>
internal static class UnicodeForms
{
    // Each character followed by the one that it raises or lowers.
    private const string Raised =
        "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁼=⁽(⁾)ᵀ⊤ᴴHᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhⁱiʲjᵏkˡlᵐmⁿnᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻz" +
        "ᴬAᴮBᴰDᴱEᴳGᴵIᴶJᴷKᴸLᴹMᴺNᴼOᴾPᴿRᵁUⱽVᵂWᵝβᵞγᵟδᶿθᵠφᵡχ";

    private const string Lowered =
        "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₌=₍(₎)ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓxᵦβᵧγᵨρᵩφᵪχ";

    // Per accent the letters that carry it in one character, each followed by the letter alone.
    private static readonly (string Accent, string Letters)[] Accented =
    [
        ("hat", "âaêeîiôoûuĉcĝgĥhĵjŝsŵwŷyẑzÂAÊEÎIÔOÛUĈCĜGĤHĴJŜSŴWŶYẐZ"),
        ("bar", "ᾱαῑιῡυāaēeīiōoūuȳyḡgĀAĒEĪIŌOŪUȲYḠG"),
        ("tilde", "ãaõoñnĩiũuṽvỹyẽeÃAÕOÑNĨIŨUṼVỸYẼE"),
        ("dot", "ȧaḃbċcḋdėeḟfġgḣhṁmṅnȯoṗpṙrṡsṫtẇwẋxẏyżzẊXẎYŻZḢHṠS"),
        ("ddot", "ẍxÿyẅw"),
    ];

    // Fractions in one character, each followed by the digits above and below.
    private const string Fractions = "½12¼14¾34⅓13⅔23⅕15⅖25⅗35⅘45⅙16⅚56⅛18⅜38⅝58⅞78";

    // Letters of the mathematical alphabets that stand outside their blocks, each followed by the plain letter.
    private static readonly (Alphabet Alphabet, string Letters)[] Strays =
    [
        (Alphabet.Calligraphic, "ℬBℰEℱFℋHℐIℒLℳMℛRℯeℊgℴo"),
        (Alphabet.Blackboard, "ℂCℍHℕNℙPℚQℝRℤZ"),
        (Alphabet.Fraktur, "ℭCℌHℨZ"),
        (Alphabet.Plain, "ℎhℏh"),
    ];

    // The blocks of 52 Latin letters from U+1D400 on, in their order.
    private static readonly Alphabet[] LatinBlocks =
    [
        Alphabet.Bold, Alphabet.Plain, Alphabet.Bold, Alphabet.Calligraphic, Alphabet.Calligraphic, Alphabet.Fraktur,
        Alphabet.Blackboard, Alphabet.Fraktur, Alphabet.Upright, Alphabet.Bold, Alphabet.Plain, Alphabet.Bold,
        Alphabet.Upright,
    ];

    // The blocks of 58 Greek letters from U+1D6A8 on, and what stands in one.
    private static readonly Alphabet[] GreekBlocks =
        [Alphabet.Bold, Alphabet.Plain, Alphabet.Bold, Alphabet.Bold, Alphabet.Bold];

    private const string GreekLetters = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ";

    private static readonly FrozenDictionary<char, char> RaisedForms = Pairs(Raised).ToFrozenDictionary();
    private static readonly FrozenDictionary<char, char> LoweredForms = Pairs(Lowered).ToFrozenDictionary();

    private static readonly FrozenDictionary<char, (char Letter, string Accent)> AccentedForms = Accented
        .SelectMany(row => Pairs(row.Letters), (row, pair) => KeyValuePair.Create(pair.Key, (pair.Value, row.Accent)))
        .ToFrozenDictionary();

    private static readonly FrozenDictionary<(char Letter, string Accent), char> Composed =
        AccentedForms.ToFrozenDictionary(form => form.Value, form => form.Key);

    private static readonly FrozenDictionary<char, (char Letter, Alphabet Alphabet)> StrayForms = Strays
        .SelectMany(row => Pairs(row.Letters), (row, pair) => KeyValuePair.Create(pair.Key, (pair.Value, row.Alphabet)))
        .ToFrozenDictionary();

    /// <summary>The character that is raised: 2 of ².</summary>
    public static bool TryRaised(char c, out char plain) => RaisedForms.TryGetValue(c, out plain);

    /// <summary>The character that is lowered: i of ᵢ.</summary>
    public static bool TryLowered(char c, out char plain) => LoweredForms.TryGetValue(c, out plain);

    /// <summary>The digits above and below of ½.</summary>
    public static bool TryFraction(char c, out string above, out string below)
    {
        int place = Fractions.IndexOf(c);
        bool found = place >= 0 && !char.IsAsciiDigit(c);
        (above, below) = found ? (Fractions.Substring(place + 1, 1), Fractions.Substring(place + 2, 1)) : ("", "");
        return found;
    }

    /// <summary>The letter and the accent of ŷ.</summary>
    public static bool TryAccented(char c, out char letter, out string accent)
    {
        bool found = AccentedForms.TryGetValue(c, out (char, string) form);
        (letter, accent) = found ? form : ('\0', "");
        return found;
    }

    /// <summary>The one character ŷ for a letter with an accent.</summary>
    public static bool TryCompose(char letter, string accent, out char composed) =>
        Composed.TryGetValue((letter, accent), out composed);

    /// <summary>The plain letter or digit and the alphabet of a mathematical letter such as 𝔼, ℒ or 𝐱.</summary>
    public static bool TryAlphabet(int codePoint, out char plain, out Alphabet alphabet)
    {
        (plain, alphabet) = ('\0', Alphabet.Plain);
        if (codePoint is >= 0x1D400 and < 0x1D6A4)
        {
            (int block, int letter) = Math.DivRem(codePoint - 0x1D400, 52);
            (plain, alphabet) = ((char)(letter < 26 ? 'A' + letter : 'a' + letter - 26), LatinBlocks[block]);
        }
        else if (codePoint is >= 0x1D6A8 and < 0x1D7CA)
        {
            (int block, int letter) = Math.DivRem(codePoint - 0x1D6A8, 58);
            (plain, alphabet) = (GreekLetters[letter], GreekBlocks[block]);
        }
        else if (codePoint is >= 0x1D7CE and < 0x1D800)
        {
            (int block, int digit) = Math.DivRem(codePoint - 0x1D7CE, 10);
            (plain, alphabet) = ((char)('0' + digit), block == 1 ? Alphabet.Blackboard : Alphabet.Bold);
        }
        else if (codePoint <= char.MaxValue && StrayForms.TryGetValue((char)codePoint, out (char, Alphabet) stray))
        {
            (plain, alphabet) = stray;
        }
        return plain != '\0';
    }

    private static IEnumerable<KeyValuePair<char, char>> Pairs(string pairs) =>
        pairs.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
