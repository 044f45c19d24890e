using System.Globalization;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>
/// Infers the shapes of a formula's parts without numbers: from shapes that are given, from how the formula is put
/// together (QKᵀ needs as many columns in Q as in K), and from custom (Q, K and V are matrices, x beside W is a
/// vector).
/// </summary>
public static class ShapeInference
{
    /// <summary>The shapes of all parts that have one.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="given">Known shapes by <see cref="Symbol.Name"/>; null for none.</param>
    public static ShapeTable Infer(Formula formula, IReadOnlyDictionary<string, Shape>? given = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        var shapes = new ShapeWalk(given ?? new Dictionary<string, Shape>(StringComparer.Ordinal));
        shapes.Visit(formula.Main);
        return shapes.Table();
    }

    /// <summary>The shape written 10x64 or Tx64, whose sizes may be names.</summary>
    public static SymbolicShape Written(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new([.. text.Trim('[', ']').Split(['x', '×', ','], StringSplitOptions.TrimEntries)]);
    }
}

/// <summary>One pass over a tree that gives each part its shape.</summary>
internal sealed class ShapeWalk
{
    private static readonly Dictionary<string, string[]> Customs = new(StringComparer.Ordinal)
    {
        ["Q"] = ["T", "d_k"],
        ["K"] = ["S", "d_k"],
        ["V"] = ["S", "d_v"],
        ["X"] = ["n", "d"],
    };

    // By the names of KnownFunctions: one number from a list.
    private static readonly HashSet<string> ToNumber = new(StringComparer.Ordinal)
    {
        "trace", "det", "logsumexp", "mean", "std", "median", "norm", "rank", "mse", "mae", "bce", "cross_entropy",
            "kl",
        "js", "entropy", "cos_sim", "dot", "rms", "dim",
    };

    private readonly Sizes sizes = new();
    private readonly Dictionary<string, string[]> symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<Expression, string[]?> parts = [];
    private readonly List<string> mismatches = [];
    private readonly HashSet<string> given;

    public ShapeWalk(IReadOnlyDictionary<string, Shape> given)
    {
        this.given = new(given.Keys, StringComparer.Ordinal);
        foreach ((string name, Shape shape) in given)
            symbols[name] = [.. shape.Select(size => size.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>What was found.</summary>
    public ShapeTable Table() => new(
        parts.Where(part => part.Value is not null).ToDictionary(part => part.Key, part => Named(part.Value!)),
        symbols.ToDictionary(symbol => symbol.Key, symbol => Named(symbol.Value), StringComparer.Ordinal),
        mismatches);

    /// <summary>The sizes of a part; null where nothing can be said.</summary>
    public string[]? Visit(Expression node)
    {
        string[]? shape = node switch
        {
            Number => [],
            Symbol symbol => OfSymbol(symbol),
            Annotated annotated => Visit(annotated.Inner),
            Sum sum => Together(sum, sum.Terms),
            Negation negation => Visit(negation.Operand),
            Product product => OfProduct(product),
            Quotient quotient => Together(quotient, [quotient.Numerator, quotient.Denominator]),
            Power power => Visit(power.Base),
            Root root => Visit(root.Radicand),
            Postfix postfix => OfPostfix(postfix),
            Call call => OfCall(call),
            Relation relation => OfRelation(relation),
            Delimited delimited => OfDelimited(delimited),
            BigOperator big => Visit(big.Body),
            Expectation expectation => OfExpectation(expectation),
            Cases cases => Together(cases, cases.Values),
            Qualified qualified => Visit(qualified.Statement),
            _ => null,
        };
        parts[node] = shape;
        return shape;
    }

    private SymbolicShape Named(string[] shape) => new([.. shape.Select(size => sizes.Of(size))]);

    private string[]? OfSymbol(Symbol symbol)
    {
        if (symbols.TryGetValue(symbol.Name, out string[]? known))
            return known;
        if (symbol.Subscripts.Count > 0 && symbols.TryGetValue(symbol.StemName, out string[]? list)
            && given.Contains(symbol.StemName) && list.Length >= symbol.Subscripts.Count)
            return list[symbol.Subscripts.Count..];
        if (symbol.Kind is SymbolKind.Constant or SymbolKind.Index)
            return [];
        return Customs.TryGetValue(symbol.Name, out string[]? custom) && !given.Overlaps(Customs.Keys)
            ? symbols[symbol.Name] = custom
            : null;
    }

    /// <summary>Shapes that must be equal, apart from numbers and sizes of 1.</summary>
    private string[]? Together(Expression node, IEnumerable<Expression> operands)
    {
        string[]? shape = null;
        foreach (Expression operand in operands)
            if (Visit(operand) is { } next)
                shape = shape is null ? next : Broadcast(node, shape, next);
        return shape;
    }

    private string[] Broadcast(Expression node, string[] a, string[] b)
    {
        if (a.Length < b.Length)
            (a, b) = (b, a);
        var result = (string[])a.Clone();
        for (int d = 1; d <= b.Length; d++)
            if (sizes.Of(a[^d]) == "1")
                result[^d] = b[^d];
            else if (sizes.Of(b[^d]) != "1" && !sizes.Unify(a[^d], b[^d]))
                Mismatch(node, $"{Named(a)} and {Named(b)} stand beside each other and must have equal sizes");
        return result;
    }

    private string[]? OfProduct(Product product)
    {
        bool isMatrix = product.Sign is ProductSign.None or ProductSign.Dot or ProductSign.Matrix;
        if (!isMatrix)
            return Together(product, product.Factors);
        string[]? shape = null;
        Expression? before = null;
        foreach (Expression factor in product.Factors)
        {
            string[]? next = Visit(factor);
            if (next is null && shape is { Length: > 0 } && factor is Symbol open)
                next = Guess(open, shape);
            bool isDot = product.Sign == ProductSign.Dot && shape is { Length: 1 } && next is { Length: 1 };
            shape = before is null ? next
                : isDot && shape is not null && next is not null
                    ? Inner(product, (before, shape[0]), (factor, next[0]), [])
                : Times(product, (before, shape), (factor, next));
            before = factor;
        }
        return shape;
    }

    /// <summary>A letter behind a matrix: small ones are vectors, capitals matrices.</summary>
    private string[]? Guess(Symbol symbol, string[] left)
    {
        bool isCapital = symbol.Letter is [>= 'A' and <= 'Z'];
        return left.Length != 2 || symbol.Kind != SymbolKind.Variable || symbol.Letter.Length != 1 ? null
            : symbols[symbol.Name] = isCapital ? [left[1], sizes.Open()] : [left[1]];
    }

    private string[]? Times(Product product, (Expression Node, string[]? Shape) a, (Expression Node, string[]? Shape) b)
    {
        if (a.Shape is null || b.Shape is null)
            return a.Shape is { Length: 0 } ? b.Shape : b.Shape is { Length: 0 } ? a.Shape : null;
        if (a.Shape.Length == 0 || b.Shape.Length == 0)
            return [.. a.Shape, .. b.Shape];
        bool row = IsTransposed(a.Node), toRow = IsTransposed(b.Node);
        return (a.Shape.Length, b.Shape.Length) switch
        {
            (1, 1) when row => Inner(product, (a.Node, a.Shape[0]), (b.Node, b.Shape[0]), []),
            (1, 1) when toRow => [a.Shape[0], b.Shape[0]],
            (1, 1) => Broadcast(product, a.Shape, b.Shape),
            (1, _) => Inner(product, (a.Node, a.Shape[0]), (b.Node, b.Shape[^2]), [.. b.Shape[..^2], b.Shape[^1]]),
            (_, 1) => Inner(product, (a.Node, a.Shape[^1]), (b.Node, b.Shape[0]), a.Shape[..^1]),
            _ => Inner(product, (a.Node, a.Shape[^1]), (b.Node, b.Shape[^2]), [.. a.Shape[..^1], b.Shape[^1]]),
        };
    }

    private string[] Inner(
        Product product, (Expression Node, string Size) a, (Expression Node, string Size) b, string[] result)
    {
        if (!sizes.Unify(a.Size, b.Size))
            Mismatch(product, Explain(a, b));
        return result;
    }

    /// <summary>In the words of what is written: QKᵀ needs as many columns in Q as in K.</summary>
    private string Explain((Expression Node, string Size) a, (Expression Node, string Size) b)
    {
        Expression inner = b.Node is Postfix { Sign: PostfixSign.Transpose } transposed ? transposed.Operand : b.Node;
        string what = ReferenceEquals(inner, b.Node) ? "rows" : "columns";
        return $"the product needs as many columns on the left as {what} in {NameOf(inner)}: {NameOf(a.Node)} is "
            + $"{ShapeText(a.Node)}, {NameOf(inner)} is {ShapeText(inner)} ({sizes.Of(a.Size)} and {sizes.Of(b.Size)})";
    }

    private string ShapeText(Expression node) => parts.TryGetValue(node, out string[]? shape) && shape is not null
        ? Named(shape).ToString()
        : "of another shape";

    private static string NameOf(Expression node) => node is Symbol symbol ? symbol.Name : "the factor";

    private static bool IsTransposed(Expression node) => node is Postfix { Sign: PostfixSign.Transpose };

    private string[]? OfPostfix(Postfix postfix)
    {
        string[]? shape = Visit(postfix.Operand);
        if (postfix.Sign is PostfixSign.Transpose or PostfixSign.Adjoint or PostfixSign.PseudoInverse)
            return shape is { Length: >= 2 } ? [.. shape[..^2], shape[^1], shape[^2]] : shape;
        if (postfix.Sign == PostfixSign.Inverse && shape is { Length: 2 } && !sizes.Unify(shape[0], shape[1]))
            Mismatch(postfix, $"only a square matrix has an inverse, but this one is {Named(shape)}");
        return shape;
    }

    private string[]? OfCall(Call call)
    {
        string[]?[] arguments = [.. call.Arguments.Select(Visit)];
        string? name = KnownFunctions.NameOf(call);
        if (name is null)
            return symbols.GetValueOrDefault(call.Function is Symbol symbol ? symbol.Name : "");
        if (ToNumber.Contains(name) || name is "max" or "min" && arguments.Length == 1)
            return [];
        return arguments.Where(shape => shape is not null).MaxBy(shape => shape!.Length);
    }

    private string[]? OfRelation(Relation relation)
    {
        string[]? last = null;
        foreach (Expression member in relation.Members.Skip(1))
            last = Visit(member) ?? last;
        if (relation.Members[0] is Symbol left && last is not null && relation.Operators[0].Kind == RelationKind.Equal)
            symbols.TryAdd(left.Name, last);
        Visit(relation.Members[0]);
        return last;
    }

    private string[]? OfDelimited(Delimited delimited)
    {
        string[]? inner = null;
        foreach (Expression item in delimited.Items)
            inner = Visit(item);
        return delimited.Kind is DelimiterKind.Absolute or DelimiterKind.Floor or DelimiterKind.Ceiling
            or DelimiterKind.Round or DelimiterKind.EvaluatedAt
            ? inner
            : [];
    }

    private string[] OfExpectation(Expectation expectation)
    {
        foreach (Expression argument in expectation.Arguments)
            Visit(argument);
        return [];
    }

    private void Mismatch(Expression node, string why) => mismatches.Add(
        node.Source.Length > 0 ? $"at {node.Source.Start}: {why}." : why + ".");
}
