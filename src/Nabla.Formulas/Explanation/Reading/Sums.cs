using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How terms are read.</summary>
internal static class Sums
{
    private const int MostWordsInNoun = 18;

    public static Phrase Read(English english, Sum sum)
    {
        var text = new StringBuilder();
        Phrase last = default;
        for (int i = 0; i < sum.Terms.Count; i++)
        {
            Expression term = sum.Terms[i];
            bool isMinus = i > 0 && term is Negation;
            if (i > 0)
                text.Append(last.Ended).Append(Sign(term, isMinus));
            last = Term(english, isMinus ? ((Negation)term).Operand : term);
        }
        return new Phrase(text + last.Text, Binding.Sum, text + last.Closed);
    }

    public static Phrase Minus(English english, Negation negation)
    {
        Phrase operand = english.Read(negation.Operand).AsFactor();
        return new Phrase("minus " + operand.Text, Binding.Product, "minus " + operand.Closed);
    }

    /// <summary>
    /// The reading of something after "of": a sum whose words hold commas becomes "the sum of a and b".
    /// </summary>
    public static Phrase AsNoun(English english, Expression node)
    {
        Phrase phrase = english.Read(node);
        return node is Sum sum && phrase.HasPause ? Noun(english, sum) ?? phrase : phrase;
    }

    /// <summary>The reading of a factor: "the sum of a and b", "the difference between a and b".</summary>
    public static Phrase AsFactor(English english, Expression node)
    {
        Phrase phrase = english.Read(node);
        return node is Sum sum ? Noun(english, sum) ?? phrase.AsFactor() : phrase.AsFactor();
    }

    // Null where the terms have their own "and" or a mixture of signs.
    private static Phrase? Noun(English english, Sum sum)
    {
        int minuses = sum.Terms.Count(term => term is Negation);
        bool isDifference = sum.Terms.Count == 2 && sum.Terms[1] is Negation && sum.Terms[0] is not Negation;
        if ((minuses > 0 && !isDifference) || sum.Terms.Any(term => term is Ellipsis))
            return null;
        if (isDifference && (sum.Terms[0] is Number || sum.Terms[1] is Negation { Operand: Number }))
            return null;
        string[] words = [.. sum.Terms.Select(term =>
            Term(english, term is Negation negation ? negation.Operand : term).Text)];
        if (words.SkipLast(1).Any(word => word.Contains(" and ", StringComparison.Ordinal)
            || word.Contains(", ", StringComparison.Ordinal)) || words[^1].Contains(" and ", StringComparison.Ordinal))
            return null;
        if (!isDifference && words.Any(word => word.StartsWith("the sum", StringComparison.Ordinal)))
            return null;
        // Longer ones are lost before the "and" comes.
        if (words.Sum(word => word.AsSpan().Count(' ') + 1) > MostWordsInNoun)
            return null;
        return Phrase.Open((isDifference ? "the difference between " : "the sum of ") + Wording.List(words));
    }

    private static Phrase Term(English english, Expression term) => term is Delimited
    {
        Kind: DelimiterKind.Indicator,
    } or Symbol { Letter: "1", Subscripts: [_] } && english.Read(term) is { IsOpen: true } choice
        ? choice.Bracketed() : english.Read(term).AsFactor();

    private static string Sign(Expression term, bool isMinus) =>
        term is Ellipsis ? " " : isMinus ? " minus " : " plus ";
}
