using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// Readings that are open as long as nobody knows what is bound: with a number p, pᵏ(1 − p)ᵐ is a product of powers
/// and not a function to a power; where Ê is no quantity, Ê[x] is a mean.
/// </summary>
internal sealed class BoundReadings(Bindings bindings)
{
    /// <summary>The tree as the bindings settle it.</summary>
    public Expression Settle(Expression tree) =>
        tree.Rewrite(Factors).Rewrite(node => node switch
        {
            Power { Base: Element element } power when IsConcentration(element) =>
                new Product([element.Target, power with { Base = element.Indices[0] }]) { Source = power.Source },
            Power { Base: Call call } power when IsNumberToAPower(call, power) => Product(call, power.Exponent, null),
            Product product => Mean(product),
            _ => node,
        });

    private Expression Factors(Expression node) =>
        node is Power { Base: Power { Base: Call call } inner } outer && IsNumberToAPower(call, inner)
            ? Product(call, inner.Exponent, outer.Exponent)
            : node;

    private static Product Product(Call call, Expression exponent, Expression? ofArgument) => new(
    [
        new Power(call.Function, exponent),
        ofArgument is null ? call.Arguments[0] : new Power(call.Arguments[0], ofArgument),
    ]);

    /// <summary>Whether the exponent stands directly behind a bound number, before the bracket.</summary>
    private bool IsNumberToAPower(Call call, Power power) => call is { Function: Symbol symbol, Arguments.Count: 1 }
        && bindings.TryGet(symbol.Name, out NumberArray value) && value.IsScalar
        && power.Exponent.Source.Length > 0 && power.Exponent.Source.Start < call.Arguments[0].Source.Start;

    // k[A]ᵐ with numbers k and A, as chemists write it: the brackets are a factor with a power of its own.
    private bool IsConcentration(Element element) => element is { Target: Symbol factor, Indices: [Symbol amount] }
        && char.IsAsciiLetterUpper(amount.Letter[0]) && element.Source.Start == factor.Source.Start
        && IsNumber(factor) && IsNumber(amount);

    private bool IsNumber(Symbol symbol) => bindings.TryGet(symbol.Name, out NumberArray value) && value.IsScalar;

    private Expression Mean(Product product)
    {
        if (product is not { Sign: ProductSign.None, Factors: [Symbol symbol, ..] }
            || KindOf(symbol) is not { } kind || bindings.TryGet(symbol.Name, out _))
            return product;
        Expression body = product.Factors.Count == 2
            ? product.Factors[1]
            : product with { Factors = [.. product.Factors.Skip(1)] };
        return new Expectation(kind, symbol.Subscripts, [body], []) { Source = product.Source };
    }

    private static ExpectationKind? KindOf(Symbol symbol) => symbol switch
    {
        { Letter: "E", Accents: ["hat"] } => ExpectationKind.Mean,
        { Letter: "E", Alphabet: Alphabet.Blackboard } => ExpectationKind.Mean,
        { Letter: "Var" } => ExpectationKind.Variance,
        _ => null,
    };
}
