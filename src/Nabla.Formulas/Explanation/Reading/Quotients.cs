using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How fractions are read.</summary>
internal static class Quotients
{
    public static Phrase Read(English english, Quotient quotient)
    {
        if (quotient is { Numerator: Number numerator, Denominator: Number denominator }
            && Wording.Fraction(numerator.Value, denominator.Value) is { } word)
            return new Phrase(word, Binding.Product);
        if (Averages.Of(quotient) is { } average)
            return BigOperators.Average(english, average);
        Phrase above = Sums.AsFactor(english, quotient.Numerator);
        Phrase below = Denominator(english, quotient.Denominator);
        string sign = IsSimple(quotient.Denominator) && above.IsShort && !above.HasPause ? " over " : " divided by ";
        string begun = (sign == " over " ? above.Text : above.Closed) + sign;
        // "a divided by b plus c" has two readings, so the end is closed whatever it is.
        return new Phrase(begun + below.Text, Binding.Product, begun + Closed(below, sign));
    }

    private static string Closed(Phrase below, string sign) =>
        below.IsOpen || sign == " over " ? below.Closed : below.Text + ",";

    private static Phrase Denominator(English english, Expression node)
    {
        Phrase phrase = Sums.AsFactor(english, node);
        return node switch
        {
            Product { Factors: [Trees.Number, ..] } when !phrase.HasPause => Phrase.Open(phrase.Text),
            Product product => Phrase.Open("the product of " + english.List(product.Factors)),
            Quotient => phrase.Bracketed(),
            _ => phrase,
        };
    }

    private static bool IsSimple(Expression node) => node is Symbol or Number or Root { Radicand: Symbol or Number };
}
