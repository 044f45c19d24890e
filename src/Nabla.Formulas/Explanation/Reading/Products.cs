using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How factors are read.</summary>
internal static class Products
{
    public static Phrase Read(English english, Product product)
    {
        if (product.Sign == ProductSign.Outer)
            return Between(english, product.Factors.All(IsMatrix) ? "the Kronecker product of" : "the outer product of",
                product);
        if (product.Sign == ProductSign.Hadamard)
            return Between(english, "the elementwise product of", product);
        if (product.Sign == ProductSign.Convolution)
            return Between(english, "the convolution of", product);
        if (product.Sign == ProductSign.Dot && product.Factors.All(english.IsVector))
            return Between(english, "the dot product of", product);
        return Averages.Of(product) is { } average ? BigOperators.Average(english, average)
            : Times(english, product);
    }

    /// <summary>Whether something is set as a matrix is: A, W_1, Bᵀ.</summary>
    public static bool IsMatrix(Expression node) => node switch
    {
        Symbol { Letter: [>= 'A' and <= 'Z'] } => true,
        Postfix { Sign: PostfixSign.Transpose or PostfixSign.Inverse or PostfixSign.Adjoint } turned =>
            IsMatrix(turned.Operand),
        _ => false,
    };

    /// <summary>Whether the product is read with its name, "the dot product of".</summary>
    public static bool IsNamed(Product product) =>
        product.Sign is ProductSign.Outer or ProductSign.Hadamard or ProductSign.Convolution
        || product.Sign == ProductSign.Dot && product.Factors.All(factor => factor is Symbol { IsVector: true });

    private static Phrase Times(English english, Product product)
    {
        Phrase last = Factor(english, product.Factors[0]);
        var text = new StringBuilder();
        for (int i = 1; i < product.Factors.Count; i++)
        {
            Expression factor = product.Factors[i];
            text.Append(IsShare(product, i) ? last.Text + " of " : last.Closed + Sign(factor));
            last = Factor(english, factor);
        }
        return new Phrase(text + last.Text, Binding.Product, text + last.Closed);
    }

    private static string Sign(Expression factor) => factor is Ellipsis ? " " : " times ";

    // "One half of x" instead of "one half times x".
    private static bool IsShare(Product product, int index) =>
        index == 1 && product.Factors[0] is Quotient
        {
            Numerator: Number numerator, Denominator: Number denominator,
        } && Wording.Fraction(numerator.Value, denominator.Value) is not null;

    private static Phrase Factor(English english, Expression factor)
    {
        Phrase phrase = Sums.AsFactor(english, factor);
        return factor is Negation or Infix { Operands.Count: 1 } ? phrase.Bracketed() : phrase;
    }

    private static Phrase Between(English english, string head, Product product)
    {
        string[] words = [.. product.Factors.Select(factor => Sums.AsFactor(english, factor)).Select(phrase =>
            phrase.HasPause ? phrase.Bracketed().Text : phrase.Text)];
        return Phrase.Open($"{head} {Wording.List(words)}");
    }
}
