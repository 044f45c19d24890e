using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

/// <summary>Trees as short texts in the notation of these tests, so that what is expected can be read.</summary>
internal static class Shown
{
    public static string Of(Expression tree) => tree switch
    {
        Number number => number.Text,
        Symbol symbol => symbol.Name,
        Negation negation => "-" + Enclosed(negation.Operand, negation.Operand is Sum),
        Sum sum => string.Concat(sum.Terms.Select((term, i) => term is Negation minus
            ? (i == 0 ? "-" : " - ") + Enclosed(minus.Operand, minus.Operand is Sum)
            : (i == 0 ? "" : " + ") + Of(term))),
        Product product => string.Join(product.Sign switch
        {
            ProductSign.Hadamard => " o ",
            ProductSign.Dot => " . ",
            _ => " ",
        }, product.Factors.Select(factor => Enclosed(factor, factor is Sum or Negation or Quotient
            || (factor is Product inner && inner.Sign != product.Sign)))),
        Quotient quotient => Enclosed(quotient.Numerator, quotient.Numerator is Sum) + "/"
            + Enclosed(quotient.Denominator, quotient.Denominator is Sum or Product or Quotient),
        Power power => Enclosed(power.Base, power.Base is Sum or Product or Quotient or Negation or Power) + "^"
            + Enclosed(power.Exponent, power.Exponent is Sum or Product or Quotient or Negation),
        Root { Degree: null } root => $"sqrt({Of(root.Radicand)})",
        Postfix { Sign: PostfixSign.Transpose } transposed => Enclosed(transposed.Operand,
            transposed.Operand is not (Symbol or Call)) + "'",
        Postfix { Sign: PostfixSign.Inverse } inverse => $"INV({Of(inverse.Operand)})",
        Call call => $"{Of(call.Function)}({string.Join(", ", call.Arguments.Select(Of))})",
        Delimited { Kind: DelimiterKind.Absolute } bars => $"|{Of(bars.Items[0])}|",
        Delimited { Kind: DelimiterKind.Norm } bars => $"NORM({Of(bars.Items[0])})",
        Delimited { Kind: DelimiterKind.Indicator } bars => $"[{Of(bars.Items[0])}]",
        Relation relation => Of(relation.Members[0]) + " " + relation.Operators[0].Sign + " " + Of(relation.Members[1]),
        BigOperator big => $"{big.Kind.ToString().ToUpperInvariant()}"
            + $"({string.Join(", ", big.Range.Parts.Append(big.Body).Select(Of))})",
        Cases cases => $"IF({string.Join("; ", cases.Values.Select(Of))})",
        Words words => words.Value,
        Expectation mean => $"MEAN({Of(mean.Arguments[0])})",
        _ => tree.GetType().Name,
    };

    private static string Enclosed(Expression tree, bool hasBrackets) => hasBrackets ? $"({Of(tree)})" : Of(tree);
}
