using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Tests.Parsing;

/// <summary>Writes a tree on one line, so that tests can say what they expect.</summary>
internal static class Lisp
{
    public static string Of(string formula) => Of(Formula.Parse(formula).Tree);

    public static string Of(Expression node) => node switch
    {
        Symbol { Kind: SymbolKind.Constant } symbol => "#" + symbol.Name,
        Symbol symbol => symbol.Name,
        Number number => number.Text,
        Words words => $"\"{words.Value}\"",
        Ellipsis => "…",
        Sum sum => List("+", sum.Terms),
        Product product => List(SignOf(product.Sign), product.Factors),
        Negation negation => List("-", [negation.Operand]),
        Quotient quotient => List("/", quotient.Children),
        Power power => List("^", power.Children),
        Root root => List("√", root.Children),
        Postfix postfix => List(postfix.Sign.ToString().ToLowerInvariant(), [postfix.Operand]),
        Infix infix => List(infix.Sign, infix.Operands),
        Call call => $"({Of(call.Function)}: {Listed(call)})",
        Element element => List("element", element.Children),
        BigOperator big => $"({big.Kind.ToString().ToLowerInvariant()} {Of(big.Range)} {Of(big.Body)})",
        Expectation mean =>
            $"({mean.Kind.ToString().ToLowerInvariant()} {Brackets(mean.Over)} {Brackets(mean.Arguments)}"
            + (mean.Given.Count > 0 ? $" | {Brackets(mean.Given)})" : ")"),
        Derivative derivative =>
            $"({(derivative.IsPartial ? "∂" : "d")} {(derivative.Of is null ? "_" : Of(derivative.Of))} "
            + $"{Brackets(derivative.Variables)})",
        Gradient gradient => $"({gradient.Kind.ToString().ToLowerInvariant()} {Brackets(gradient.Variables)} "
            + $"{(gradient.Of is null ? "_" : Of(gradient.Of))})",
        Delimited delimited => List(delimited.Kind.ToString().ToLowerInvariant(), delimited.Children),
        Collection collection => List(collection.Kind.ToString().ToLowerInvariant(), collection.Items)
            + (collection.Range is { } range ? Of(range) : ""),
        MatrixLiteral matrix => List("matrix", matrix.Rows),
        Cases cases =>
            "(cases " + string.Join("; ", cases.Values.Zip(cases.Conditions, (v, c) => $"{Of(v)} if {Of(c)}")) + ")",
        Annotated annotated => List("note", annotated.Children),
        Relation relation => "(" + string.Concat(relation.Members.Select((member, i) =>
            (i > 0 ? $" {relation.Operators[i - 1].Sign} " : "") + Of(member))) + ")",
        FormulaSystem system => List("system", system.Formulas),
        Qualified qualified => $"({qualified.Word} {Of(qualified.Statement)} {Of(qualified.Condition)})",
        _ => node.ToString(),
    };

    private static string Of(Range range) => "{" + string.Join(" ", new[]
    {
        string.Join(",", range.Variables.Select(Of)),
        range.From is null ? "" : "from " + Of(range.From),
        range.To is null ? "" : "to " + Of(range.To),
        range.Domain is null ? "" : "in " + Of(range.Domain),
        range.Condition is null ? "" : "with " + Of(range.Condition),
    }.Where(part => part.Length > 0)) + "}";

    private static string Brackets(IEnumerable<Expression> items) => "[" + string.Join(" ", items.Select(Of)) + "]";

    private static string List(string head, IEnumerable<Expression> items) =>
        $"({string.Join(" ", items.Select(Of).Prepend(head))})";

    private static string Listed(Call call) => string.Concat(call.Arguments.Select((argument, i) =>
        (i > 0 ? call.Separators[i - 1] + " " : "") + Of(argument)));

    private static string SignOf(ProductSign sign) => sign switch
    {
        ProductSign.None => "*",
        ProductSign.Dot => "·",
        ProductSign.Times => "×",
        ProductSign.Star => "**",
        ProductSign.Hadamard => "⊙",
        ProductSign.Outer => "⊗",
        ProductSign.Matrix => "@",
        _ => "∗",
    };
}
