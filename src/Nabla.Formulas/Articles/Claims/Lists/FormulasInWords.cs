using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>Finds formulas with names that are known among words: "then w^T x + b = 5".</summary>
internal static partial class FormulasInWords
{
    private const int LongestLine = 5000;
    private const string Signs = "+-−*/·⋅×@^()[],ᵀ⊤'";

    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "det", "tr", "Tr", "trace", "rank", "softmax", "relu", "ReLU", "sigmoid", "σ", "tanh", "max", "min", "sum",
        "mean", "dot", "T",
    };

    /// <summary>Each with the number or list behind its sign.</summary>
    public static IEnumerable<MappedText> In(MappedText line, NamedValues names)
    {
        if (line.Length > LongestLine)
            yield break;
        int from = 0;
        foreach ((int start, int end, bool isApproximate) in ArithmeticFinder.Relations(line.Text))
        {
            int left = Start(line.Text, (from, start), names);
            from = end;
            var place = new EquationPlace(line, end, start, end, line.Length) { IsApproximate = isApproximate };
            if (left >= 0 && EquationSide.Right(line.Text, place, ArithmeticContext.Plain) is
                { Value: not null, Ends: true, IsComputed: false, HasUnit: false } right)
                yield return line.Slice(left, right.End - left);
        }
    }

    // Where the formula left of a sign begins; -1 if there is none, or only a part of it can be read.
    private static int Start(string text, (int From, int To) place, NamedValues names)
    {
        int start = -1, depth = 0;
        bool hasList = false, isPart = false;
        foreach (Match piece in Piece().Matches(text[..place.To], place.From))
        {
            string word = piece.Value;
            bool isKnown = char.IsAsciiDigit(word[0]) || Signs.Contains(word[0], StringComparison.Ordinal)
                || char.IsLetter(word[0]) && IsKnown(word, names);
            if (!isKnown || word == "," && depth == 0)
            {
                isPart = char.IsLetter(word[0]) && (word.Length == 1 && word is not ("a" or "I")
                    || EquationSide.ComputesWithNext(word)) || word[0] is '_' or '|' or '‖' or '√' or '\ufffc';
                (start, depth, hasList) = (-1, 0, false);
                continue;
            }
            if (start < 0)
            {
                if (word is "(" && !isPart)
                    continue; // (so w^T x = 5)
                if (!char.IsLetterOrDigit(word[0]) && word[0] is not ('(' or '[' or '-' or '−'))
                    isPart = true;
                start = piece.Index;
            }
            depth += word is "(" or "[" ? 1 : word is ")" or "]" ? -1 : 0;
            hasList |= char.IsLetter(word[0]) && names.Contains(word) && names.IsList(word) || word.Length > 1;
        }
        return isPart || !hasList || depth != 0 ? -1 : start;
    }

    private static bool IsKnown(string word, NamedValues names) => names.Contains(word) || Functions.Contains(word)
        || word.Length is 2 or 3 && word.All(letter => names.Contains(letter.ToString()));

    [GeneratedRegex(@"[\p{L}-[ᵀ]][\p{L}\p{Mn}\d₀-₉_-[ᵀ]]*|\d+(?:\.\d+)?|\S", RegexOptions.None)]
    private static partial Regex Piece();
}
