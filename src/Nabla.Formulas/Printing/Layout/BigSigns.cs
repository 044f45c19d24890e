using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <summary>The signs and words of operators over a range.</summary>
internal static class BigSigns
{
    public static Box Of(BigOperatorKind kind) => kind switch
    {
        BigOperatorKind.Sum => Large("∑"),
        BigOperatorKind.Product => Large("∏"),
        BigOperatorKind.Integral => Large("∫"),
        BigOperatorKind.Union => Large("⋃"),
        BigOperatorKind.Intersection => Large("⋂"),
        BigOperatorKind.Concatenation => Large("‖"),
        BigOperatorKind.ForAll => new SignBox("∀", SignRole.Prefix),
        BigOperatorKind.Exists => new SignBox("∃", SignRole.Prefix),
        BigOperatorKind.ArgMax => Word("argmax"),
        BigOperatorKind.ArgMin => Word("argmin"),
        BigOperatorKind.Supremum => Word("sup"),
        BigOperatorKind.Infimum => Word("inf"),
        BigOperatorKind.Limit => Word("lim"),
        BigOperatorKind.Max => Word("max"),
        _ => Word("min"),
    };

    private static SignBox Large(string sign) => new(sign, SignRole.Big);

    private static LetterBox Word(string word) => new(word, Alphabet.Upright, IsFunction: true);
}
