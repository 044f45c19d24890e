using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>What letters, signs and brackets are called in LaTeX.</summary>
internal static class LatexNames
{
    private static readonly FrozenDictionary<string, string> Signs = NameTable.Of(
        """
        − -  · \cdot  × \times  * *  ∗ \ast  ⊙ \odot  ∘ \circ  ⊗ \otimes  @ @  ⊤ \top  † \dagger  … \dots
        ∂ \partial  ∇ \nabla  ∑ \sum  ∏ \prod  ∫ \int  ⋃ \bigcup  ⋂ \bigcap  ∀ \forall  ∃ \exists  = =
        ≡ \equiv  ≜ \triangleq  := :=  ≔ \coloneqq  ≝ \overset{\text{def}}{=}  ← \leftarrow  ≈ \approx
        ≃ \simeq  ≅ \cong  ∝ \propto  ∼ \sim  ~ \sim  ≤ \leq  ≥ \geq  ≪ \ll  ≫ \gg  ≲ \lesssim  ≳ \gtrsim
        ≠ \neq  ∈ \in  ∉ \notin  ⊂ \subset  ⊆ \subseteq  → \to  ↦ \mapsto  ⇒ \Rightarrow  ⇔ \Leftrightarrow
        ⟂ \perp  ⊥ \perp  ∥ \parallel  ∪ \cup  ∩ \cap  ∖ \setminus  ∧ \land  ∨ \lor  ⊕ \oplus  ⊖ \ominus
        ¬ \neg  ± \pm  ∓ \mp  mod \bmod  | \mid  ‖ \|
        """);

    private static readonly FrozenDictionary<string, string> Fences = NameTable.Of(
        """
        { \{  } \}  ‖ \|  ⌊ \lfloor  ⌋ \rfloor  ⌈ \lceil  ⌉ \rceil  ⟨ \langle  ⟩ \rangle
        """);

    private static readonly FrozenDictionary<string, string> Functions = NameTable.Of(
        """
        log \log  ln \ln  lg \lg  exp \exp  sin \sin  cos \cos  tan \tan  cot \cot  sec \sec  csc \csc  sinh \sinh
        cosh \cosh  tanh \tanh  coth \coth  arcsin \arcsin  arccos \arccos  arctan \arctan  max \max  min \min
        sup \sup  inf \inf  lim \lim  det \det  dim \dim  ker \ker  gcd \gcd  deg \deg  Pr \Pr
        argmax \arg\max  argmin \arg\min
        """);

    private static readonly FrozenDictionary<string, string> Accents = NameTable.Of(
        """
        hat \hat  bar \bar  tilde \tilde  dot \dot  ddot \ddot  vec \vec  check \check  breve \breve  acute \acute
        grave \grave  mathring \mathring  ring \mathring  underline \underline  overline \overline
        """);


    private static readonly SearchValues<char> Special = SearchValues.Create(@"\{}$&#%_^~");

    /// <summary>A sign; of the bars between arguments the one with room on both sides.</summary>
    public static string Sign(SignBox sign) => sign switch
    {
        { Role: SignRole.Bar, Sign: "‖" } => @"\,\|\,",
        { Role: SignRole.Big, Sign: "‖" } => @"\big\|",
        _ => Signs.GetValueOrDefault(sign.Sign, sign.Sign),
    };

    /// <summary>A bracket.</summary>
    public static string Fence(string sign) => sign.Length == 0 ? "." : Fences.GetValueOrDefault(sign, sign);

    /// <summary>A letter in its alphabet, a word upright, a function as an operator.</summary>
    public static string Letter(LetterBox letter)
    {
        if (letter.Letter.Length == 1)
            return Set(letter.Alphabet, Signs.GetValueOrDefault(letter.Letter) ?? Escape(letter.Letter));
        if (GreekLetters.IsNamed(letter.Letter))
        {
            string greek = GreekLetters.Command(letter.IsVariant ? "var" + letter.Letter : letter.Letter);
            return letter.Alphabet == Alphabet.Bold ? $@"\boldsymbol{{{greek}}}" : greek;
        }
        if (Functions.TryGetValue(letter.Letter, out string? command))
            return command;
        if (letter.IsFunction)
            return $@"\operatorname{{{Escape(letter.Letter)}}}";
        Alphabet alphabet = letter.Alphabet == Alphabet.Plain ? Alphabet.Upright : letter.Alphabet;
        return Set(alphabet, Escape(letter.Letter));
    }

    /// <summary>The command of an accent, wide over more than one letter.</summary>
    public static string Accent(AccentBox accent) => (accent.Base, accent.Accent) switch
    {
        (LetterBox { Letter.Length: 1 }, _) => Accents.GetValueOrDefault(accent.Accent, @"\hat"),
        (LetterBox letter, _) when GreekLetters.IsNamed(letter.Letter) =>
            Accents.GetValueOrDefault(accent.Accent, @"\hat"),
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
        if (words.AsSpan().IndexOfAny(Special) < 0)
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

    private static string Set(Alphabet alphabet, string letter) => alphabet switch
    {
        Alphabet.Bold => $@"\mathbf{{{letter}}}",
        Alphabet.Calligraphic => $@"\mathcal{{{letter}}}",
        Alphabet.Blackboard => $@"\mathbb{{{letter}}}",
        Alphabet.Upright => $@"\mathrm{{{letter}}}",
        Alphabet.Fraktur => $@"\mathfrak{{{letter}}}",
        _ => letter,
    };
}
