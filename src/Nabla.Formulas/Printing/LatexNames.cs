using System.Collections.Frozen;
using System.Text;
using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>What letters, signs and brackets are called in LaTeX.</summary>
internal static class LatexNames
{
    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
    {
        ["−"] = "-", ["·"] = @"\cdot", ["×"] = @"\times", ["*"] = "*", ["∗"] = @"\ast", ["⊙"] = @"\odot", ["∘"] = @"\circ",
        ["⊗"] = @"\otimes", ["@"] = "@", ["⊤"] = @"\top", ["†"] = @"\dagger", ["…"] = @"\dots", ["∂"] = @"\partial",
        ["∇"] = @"\nabla", ["∑"] = @"\sum", ["∏"] = @"\prod", ["∫"] = @"\int", ["⋃"] = @"\bigcup", ["⋂"] = @"\bigcap",
        ["∀"] = @"\forall", ["∃"] = @"\exists", ["=" ] = "=", ["≡"] = @"\equiv", ["≜"] = @"\triangleq", [":="] = ":=",
        ["≔"] = @"\coloneqq", ["≝"] = @"\overset{\text{def}}{=}", ["←"] = @"\leftarrow", ["≈"] = @"\approx",
        ["≃"] = @"\simeq", ["≅"] = @"\cong", ["∝"] = @"\propto", ["∼"] = @"\sim", ["~"] = @"\sim", ["≤"] = @"\leq",
        ["≥"] = @"\geq", ["≪"] = @"\ll", ["≫"] = @"\gg", ["≲"] = @"\lesssim", ["≳"] = @"\gtrsim", ["≠"] = @"\neq",
        ["∈"] = @"\in", ["∉"] = @"\notin", ["⊂"] = @"\subset", ["⊆"] = @"\subseteq", ["→"] = @"\to", ["↦"] = @"\mapsto",
        ["⇒"] = @"\Rightarrow", ["⇔"] = @"\Leftrightarrow", ["⟂"] = @"\perp", ["⊥"] = @"\perp", ["∥"] = @"\parallel",
        ["∪"] = @"\cup", ["∩"] = @"\cap", ["∖"] = @"\setminus", ["∧"] = @"\land", ["∨"] = @"\lor", ["⊕"] = @"\oplus",
        ["⊖"] = @"\ominus", ["¬"] = @"\neg", ["±"] = @"\pm", ["∓"] = @"\mp", ["mod"] = @"\bmod", ["|"] = @"\mid",
        ["‖"] = @"\|",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Fences = new Dictionary<string, string>
    {
        [""] = ".", ["{"] = @"\{", ["}"] = @"\}", ["‖"] = @"\|", ["⌊"] = @"\lfloor", ["⌋"] = @"\rfloor",
        ["⌈"] = @"\lceil", ["⌉"] = @"\rceil", ["⟨"] = @"\langle", ["⟩"] = @"\rangle",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Functions = new[]
    {
        "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin",
        "arccos", "arctan", "max", "min", "sup", "inf", "lim", "det", "dim", "ker", "gcd", "deg", "Pr",
    }.Select(name => KeyValuePair.Create(name, @"\" + name))
        .Append(KeyValuePair.Create("argmax", @"\arg\max")).Append(KeyValuePair.Create("argmin", @"\arg\min"))
        .ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Accents = new Dictionary<string, string>
    {
        ["hat"] = @"\hat", ["bar"] = @"\bar", ["tilde"] = @"\tilde", ["dot"] = @"\dot", ["ddot"] = @"\ddot",
        ["vec"] = @"\vec", ["check"] = @"\check", ["breve"] = @"\breve", ["acute"] = @"\acute", ["grave"] = @"\grave",
        ["mathring"] = @"\mathring", ["ring"] = @"\mathring", ["underline"] = @"\underline", ["overline"] = @"\overline",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Alphabet, string> Alphabets = new Dictionary<Alphabet, string>
    {
        [Alphabet.Bold] = @"\mathbf", [Alphabet.Calligraphic] = @"\mathcal", [Alphabet.Blackboard] = @"\mathbb",
        [Alphabet.Upright] = @"\mathrm", [Alphabet.Fraktur] = @"\mathfrak",
    }.ToFrozenDictionary();

    /// <summary>A sign; of the bars between arguments the one with room on both sides.</summary>
    public static string Sign(SignBox sign) => sign switch
    {
        { Role: SignRole.Bar, Sign: "‖" } => @"\,\|\,",
        { Role: SignRole.Big, Sign: "‖" } => @"\big\|",
        _ => Signs.GetValueOrDefault(sign.Sign, sign.Sign),
    };

    /// <summary>A bracket.</summary>
    public static string Fence(string sign) => Fences.GetValueOrDefault(sign, sign);

    /// <summary>A letter in its alphabet, a word upright, a function as an operator.</summary>
    public static string Letter(LetterBox letter)
    {
        if (letter.Letter.Length == 1)
            return Set(letter.Alphabet, letter.Letter);
        if (GreekLetters.IsNamed(letter.Letter))
            return letter.Alphabet switch
            {
                Alphabet.Bold => $@"\boldsymbol{{\{letter.Letter}}}",
                _ => @"\" + letter.Letter,
            };
        if (letter.IsFunction)
            return Functions.GetValueOrDefault(letter.Letter) ?? $@"\operatorname{{{Escape(letter.Letter)}}}";
        Alphabet alphabet = letter.Alphabet == Alphabet.Plain ? Alphabet.Upright : letter.Alphabet;
        return Set(alphabet, Escape(letter.Letter));
    }

    /// <summary>The command of an accent, wide over more than one letter.</summary>
    public static string Accent(AccentBox accent) => (accent.Base, accent.Accent) switch
    {
        (LetterBox { Letter.Length: 1 }, _) => Accents.GetValueOrDefault(accent.Accent, @"\hat"),
        (LetterBox letter, _) when GreekLetters.IsNamed(letter.Letter) => Accents.GetValueOrDefault(accent.Accent, @"\hat"),
        (_, "hat") => @"\widehat",
        (_, "tilde") => @"\widetilde",
        (_, "bar") => @"\overline",
        _ => Accents.GetValueOrDefault(accent.Accent, @"\hat"),
    };

    /// <summary>The environment of a table.</summary>
    public static string Environment(GridKind kind) => kind switch
    {
        GridKind.Cases => "cases",
        GridKind.Aligned => "aligned",
        _ => "bmatrix",
    };

    /// <summary>Words with the signs escaped that mean something to LaTeX.</summary>
    public static string Escape(string words)
    {
        if (words.AsSpan().IndexOfAny(@"\{}$&#%_^~") < 0)
            return words;
        var text = new StringBuilder();
        foreach (char letter in words)
            text.Append(letter switch
            {
                '\\' => @"\textbackslash ",
                '^' => @"\textasciicircum ",
                '~' => @"\textasciitilde ",
                '{' or '}' or '$' or '&' or '#' or '%' or '_' => $@"\{letter}",
                _ => $"{letter}",
            });
        return text.ToString();
    }

    /// <summary>Whether there are ASCII letters and nothing else.</summary>
    public static bool ContainsOnlyLetters(this ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
            if (!char.IsAsciiLetter(letter))
                return false;
        return true;
    }

    private static string Set(Alphabet alphabet, string letter) =>
        Alphabets.TryGetValue(alphabet, out string? command) ? $"{command}{{{letter}}}" : letter;
}
