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
        if (quotient is { Numerator: Call upper, Denominator: Call lower } && Calls.IsProbability(upper)
            && Calls.IsProbability(lower))
            return Phrase.Open($"the ratio of {english.Read(upper).Text} to {english.Read(lower).Text}");
        Phrase above = Sums.AsFactor(english, quotient.Numerator);
        Phrase below = Denominator(english, quotient.Denominator);
        if (quotient.Numerator is Sum && !above.Text.StartsWith("the ", StringComparison.Ordinal)
            || above.Text.StartsWith("the quantity", StringComparison.Ordinal))
            return All(english, quotient, below);
        string sign = IsSimple(quotient.Denominator) && above.IsShort && !above.HasPause ? " over " : " divided by ";
        string begun = (sign == " over " ? above.Text : above.Ended) + sign;
        // "a divided by b plus c" has two readings, so the end is closed whatever it is.
        return new Phrase(begun + below.Text, Binding.Product, begun + Closed(below, sign));
    }

    // "a minus b plus c, all divided by d" holds as little together as the sum in it.
    private static Phrase All(English english, Quotient quotient, Phrase below)
    {
        string begun = english.Read(quotient.Numerator).Text + ", all divided by ";
        return new Phrase(begun + below.Text, Binding.Sum, begun + below.Text + ",");
    }

    private static string Closed(Phrase below, string sign) =>
        below.IsOpen || sign == " over " ? below.Closed : below.Text + ",";

    private static Phrase Denominator(English english, Expression node)
    {
        Phrase phrase = Sums.AsFactor(english, node);
        return node switch
        {
            Product { Factors: [Trees.Number, ..] } when !phrase.HasPause => Phrase.Open(phrase.Text),
            Product product when !Products.IsNamed(product) =>
                Phrase.Open("the product of " + english.List(product.Factors)),
            Quotient => phrase.Bracketed(),
            // Nobody divides by 1, so "divided by 1 minus β" has one reading.
            Sum { Terms: [Trees.Number { Value: 1 }, Negation] } when !english.Read(node).HasPause =>
                Phrase.Open(english.Read(node).Text),
            _ => phrase,
        };
    }

    private static bool IsSimple(Expression node) => node is Symbol or Number or Root { Radicand: Symbol or Number };
}
