using System.Text.RegularExpressions;
using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Grammar;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing;

/// <summary>Reads formulas.</summary>
internal static partial class FormulaReader
{
    /// <summary>The most characters that are read as one formula.</summary>
    public const int LongestText = 10_000;

    private const int MostChoices = 50;

    public static Formula Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new FormulaException(
                $"the text has {text.Length} characters; a formula of at most {LongestText} is read", LongestText,
                    "a shorter formula");
        }
        RefuseHalfCharacters(text);
        if (text.Contains('\n') && AreAssignments(text))
            text = text.Replace('\n', ';');
        var choices = new List<Choice>();
        List<Token> tokens = TokenRewriter.Rewrite(
            VariantLetters.Named(Tokenizer.Read(text, choices), text), text, choices);
        Expression tree = new Parser(text, tokens, choices).ParseAll();
        TreeLimits.Check(tree, text);
        tree = SumReachConvention.Read(Meaning(tree, choices), text, choices);
        tree = FamilyConvention.Read(WithoutArrows(tree, text), text, choices);
        return new Formula(text, StyleOf(text), tree)
        {
            Choices = [.. choices.DistinctBy(choice =>
                (choice.Taken, choice.Source.Start, choice.Source.Length)).Take(MostChoices)],
        };
    }

    // Lines of a program: each gives a name a value.
    private static bool AreAssignments(string text) => !Tokenizer.HasMacro(text) && !text.Contains('$')
        && Array.TrueForAll(text.Split('\n'), line => string.IsNullOrWhiteSpace(line) || Assignment().IsMatch(line));

    [GeneratedRegex(@"^\s*[A-Za-z_]\w*\s*[-+*/]?=(?!=)")]
    private static partial Regex Assignment();

    // Neither normalisation nor UTF-8 takes a surrogate that stands alone.
    private static void RefuseHalfCharacters(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                throw new FormulaException($"half of a character (U+{(int)text[i]:X4}) stands alone; take it out", i,
                    "a whole character");
            i++;
        }
    }

    private static Expression Meaning(Expression tree, List<Choice> choices)
    {
        tree = DefinitionConvention.Read(tree);
        choices.AddRange(tree.All().Where(ScoreConvention.IsElement).Select(element => new Choice(element.Source,
            "σ: the softmax, because an entry of it is taken", "the sigmoid of each entry")));
        Expression settled = NamedOperationConvention.IsDefined(tree) ? tree.Rewrite(LateConvention.Read)
            : tree.Rewrite(node => LateConvention.Read(NamedOperationConvention.Read(node)));
        return ProgramProductConvention.Read(CosineConvention.Read(GradientNameConvention.Read(
            SizeConvention.Read(settled))), choices);
    }

    // \vec x is called x, as a bold x is; in r = |\vec r| there are two letters.
    private static Expression WithoutArrows(Expression tree, string text)
    {
        if (!text.Contains("vec", StringComparison.Ordinal) && !text.Contains('\u20D7', StringComparison.Ordinal))
            return tree;
        static bool HasArrow(Symbol symbol) => symbol.Accents.Any(accent => accent == "vec");

        Symbol[] symbols = [.. tree.All().OfType<Symbol>()];
        if (!Array.Exists(symbols, HasArrow))
            return tree;
        HashSet<string> others =
            symbols.Where(symbol => !HasArrow(symbol)).Select(symbol => symbol.StemName).ToHashSet(
                StringComparer.Ordinal);
        return tree.Rewrite(node => node is Symbol symbol && HasArrow(symbol)
            && symbol with { IsNamedByLetter = true } is var named && !others.Contains(named.StemName) ? named : node);
    }

    private static InputStyle StyleOf(string text)
    {
        if (Tokenizer.HasMacro(text))
            return InputStyle.Latex;
        if (text.Any(c => c > 127 && !char.IsWhiteSpace(c)))
            return InputStyle.Unicode;
        return text.Contains('$') ? InputStyle.Latex : InputStyle.Ascii;
    }
}
