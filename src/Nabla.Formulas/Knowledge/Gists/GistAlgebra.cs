using Nabla.Formulas.Trees;
using static Nabla.Formulas.Knowledge.Gists.GistOps;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>Sums, products and powers in the one form that all ways of writing them come down to.</summary>
internal static class GistAlgebra
{
    /// <summary>A sum without sums in it; the minus of a sum of negative terms stands before it.</summary>
    public static Gist Sum(IEnumerable<Gist> terms)
    {
        var flat = new List<Gist>();
        foreach (Gist term in terms)
        {
            if (term.Op == GistOps.Sum)
                flat.AddRange(term.Children);
            else
                flat.Add(term);
        }
        if (flat.Count == 1)
            return flat[0];
        return flat.TrueForAll(term => term.Op == Neg)
            ? new Gist(Neg, new Gist(GistOps.Sum, [.. flat.Select(term => term.Children[0])]))
            : new Gist(GistOps.Sum, [.. flat]);
    }

    public static Gist Negate(Gist x) => x.Op switch
    {
        Neg => x.Children[0],
        GistOps.Number => Gist.Of(-x.Value),
        _ => new Gist(Neg, x),
    };

    /// <summary>A product without products in it, its numbers multiplied, its sign in front.</summary>
    public static Gist Multiply(IReadOnlyList<Gist> factors)
    {
        var flat = new List<Gist>();
        double number = 1;
        foreach (Gist factor in factors)
            Collect(factor, flat, ref number);
        flat = Averaged(Differentiated(flat));
        bool negative = number < 0;
        number = Math.Abs(number);
        if (number != 1 || flat.Count == 0)
            flat.Insert(0, Gist.Of(number));
        Gist product = flat.Count == 1 ? flat[0] : Softened(flat);
        return negative ? Negate(product) : product;
    }

    private static void Collect(Gist factor, List<Gist> flat, ref double number)
    {
        switch (factor.Op)
        {
            case Mul:
                foreach (Gist inner in factor.Children)
                    Collect(inner, flat, ref number);
                break;
            case Neg:
                number = -number;
                Collect(factor.Children[0], flat, ref number);
                break;
            case GistOps.Number:
                number *= factor.Value;
                break;
            case Leaf when flat is [.., { Op: Leaf } last] && last.Letter == factor.Letter:
                flat[^1] = new Gist(Square, last);
                break;
            default:
                flat.Add(factor);
                break;
        }
    }

    // ∂L/∂w as a quotient of two names.
    private static List<Gist> Differentiated(List<Gist> factors)
    {
        int by = factors.FindIndex(factor =>
            factor is { Op: Inv, Children: [{ Origin: Symbol { Prefix: "partial" } }] });
        int of = by < 0 ? -1 : factors.FindIndex(factor => factor.Origin is Symbol { Prefix: "partial" });
        if (of < 0)
            return factors;
        var derivative = new Gist(GistOps.Derivative, Undressed(factors[of]), Undressed(factors[by].Children[0]));
        return [.. factors.Where((_, i) => i != by && i != of), derivative];
    }

    private static Gist Undressed(Gist differential) =>
        GistBuilder.Build((Symbol)differential.Origin! with { Prefix = "" });

    // 1/N Σᵢ₌₁ᴺ is the mean.
    private static List<Gist> Averaged(List<Gist> factors)
    {
        int total = factors.FindIndex(factor => factor is { Op: Total, Origin: BigOperator });
        if (total < 0)
            return factors;
        Trees.Range range = ((BigOperator)factors[total].Origin!).Range;
        int count = factors.FindIndex(factor => factor.Op == Inv && Counts(factor.Children[0], range));
        if (count < 0)
            return factors;
        Gist mean = Linear(Mean, factors[total].Children[0], factors[total].Origin!);
        return [.. factors.Where((_, i) => i != count && i != total), mean];
    }

    private static bool Counts(Gist divisor, Trees.Range range)
    {
        if (divisor.Op == Abs)
            return true;
        if (!divisor.IsLeaf)
            return false;
        if (range.To is Symbol to)
            return Labels.TellingName(to) == divisor.Letter;
        return range.To is null && divisor.Letter is "N" or "n" or "m" or "M" or "B" or "T" or "K";
    }

    // exp(x) · 1/Σ exp(x) is a softmax, 1/(1 + exp(−x)) a sigmoid.
    private static Gist Softened(List<Gist> factors)
    {
        int share = factors.FindIndex(IsShare);
        int exp = share < 0 ? -1 : factors.FindIndex(factor => factor.Op == Exp);
        if (exp >= 0)
        {
            var softmax = new Gist(Softmax, factors[exp].Children) { Letter = WrittenOut };
            factors = [.. factors.Where((_, i) => i != share && i != exp), softmax];
        }
        return factors.Count == 1 ? factors[0] : new Gist(Mul, [.. factors]);
    }

    /// <summary>The mark of a softmax or sigmoid that is not called by its name.</summary>
    public const string WrittenOut = "written out";

    private static bool IsShare(Gist factor) =>
        factor is { Op: Inv, Children: [{ Op: Total, Children: [{ Op: Exp }] }] };

    public static Gist Invert(Gist x) => x.Op switch
    {
        GistOps.Number when x.Value != 0 => Gist.Of(1 / x.Value),
        Inv => x.Children[0],
        Mul => Multiply([.. x.Children.Select(Invert)]),
        Neg => Negate(Invert(x.Children[0])),
        Exp => new Gist(Exp, Negate(x.Children[0])),
        GistOps.Sum when x.Children is [{ IsNumber: true, Value: 1 }, { Op: Exp, Children: [{ Op: Neg } minus] }] =>
            new Gist(Sigmoid, minus.Children[0]) { Letter = WrittenOut },
        _ => new Gist(Inv, x),
    };

    public static Gist Raise(Gist x, Gist exponent)
    {
        if (exponent.Op == Neg)
            return Invert(Raise(x, exponent.Children[0]));
        if (!exponent.IsNumber)
            return new Gist(Pow, x, exponent);
        return exponent.Value switch
        {
            0.5 => new Gist(Sqrt, x),
            1 => x,
            2 when x.IsNumber => Gist.Of(x.Value * x.Value),
            2 when x.Op == Sqrt => x.Children[0],
            2 => new Gist(Square, x),
            < 0 => Invert(Raise(x, Gist.Of(-exponent.Value))),
            _ => new Gist(Pow, x, exponent),
        };
    }

    /// <summary>The largest of some things; of 0 and another it is ReLU.</summary>
    public static Gist Largest(Gist[] items)
    {
        if (items is [{ Op: "tuple" or "set" } listed])
            items = listed.Children;
        return items switch
        {
            [{ IsNumber: true, Value: 0 }, var x] => new Gist(Relu, x) { Letter = WrittenOut },
            [var x, { IsNumber: true, Value: 0 }] => new Gist(Relu, x) { Letter = WrittenOut },
            _ => new Gist("max", items),
        };
    }

    /// <summary>
    /// An operator through which signs and numbers pass: Σ −2x = −2 Σ x; Σ Σ is one Σ, a mean of means one mean.
    /// </summary>
    public static Gist Linear(string op, Gist body, Expression origin)
    {
        if (body.Op == Neg)
            return Negate(Linear(op, body.Children[0], origin));
        if (body is { Op: Mul, Children: [{ IsNumber: true } number, .. var rest] })
            return Multiply([number, Linear(op, rest.Length == 1 ? rest[0] : new Gist(Mul, rest), origin)]);
        if (body.Op == op)
            return new Gist(op, body.Children) { Origin = origin };
        return new Gist(op, body) { Origin = origin };
    }
}
