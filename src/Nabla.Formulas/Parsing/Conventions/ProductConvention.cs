using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>Factors side by side, and what a sign between them means.</summary>
internal static class ProductConvention
{
    /// <summary>The meaning of a sign between two operands; ∘ between arrays is elementwise.</summary>
    public static ProductSign SignOf(Token sign) =>
        sign.Value == "Circle" ? ProductSign.Hadamard : Enum.Parse<ProductSign>(sign.Value);

    /// <summary>
    /// The product of factors; operators d/dx and differentials among them take what follows, and products joined by
    /// the same sign that nobody put in brackets become one.
    /// </summary>
    public static Expression Join(List<Expression> factors, ProductSign sign)
    {
        if (sign == ProductSign.None)
        {
            int operation = factors.FindIndex(factor => factor is Derivative { Of: null } or Gradient { Of: null });
            if (operation >= 0 && operation < factors.Count - 1)
                factors = Applied(factors, operation);
        }
        return factors.Count == 1 ? factors[0] : new Product([.. factors], sign);
    }

    /// <summary>
    /// Whether a bar behind the last factor says where the whole is taken, x² y |_{x=2}: nothing, no \left. and no
    /// brace, tells where that begins.
    /// </summary>
    public static bool IsEvaluated(Expression run, string text) =>
        run is Product { Sign: ProductSign.None, Factors: [.., Delimited last] } && IsOpen(last, text);

    /// <summary>Whether nothing tells where what is taken at a place begins.</summary>
    public static bool IsOpen(Delimited bar, string text) => bar.Kind == DelimiterKind.EvaluatedAt
        && bar.Items[0] is not (Derivative or Gradient or Call { Function: Symbol { Primes: > 0 } })
        && text[bar.Source.Start] is not ('.' or '{');

    /// <summary>The product at that place.</summary>
    public static Delimited Evaluated(Product run)
    {
        var last = (Delimited)run.Factors[^1];
        return last with { Items = [run with { Factors = [.. run.Factors.SkipLast(1), last.Items[0]] }] };
    }

    private static List<Expression> Applied(List<Expression> factors, int operation)
    {
        var rest = factors.Skip(operation + 1).ToList();
        Expression of = Join(rest, ProductSign.None);
        Expression applied = factors[operation] is Derivative derivative
            ? DerivativeConvention.Apply(derivative, of)
            : (Gradient)factors[operation] is var gradient ? new Gradient(gradient.Kind, gradient.Variables, of) : of;
        return [.. factors.Take(operation),
            applied with { Source = SourceSpan.Cover(factors[operation].Source, of.Source) }];
    }

    /// <summary>The factors of a product without signs that no brackets hold together, else the thing itself.</summary>
    public static IEnumerable<Expression> FactorsOf(Expression run) =>
        run is Product { Sign: ProductSign.None } product ? product.Factors : [run];
}
