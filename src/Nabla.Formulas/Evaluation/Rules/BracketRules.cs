using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>What signs around something mean: |x|, ‖x‖, [a, b], x[i].</summary>
internal static class BracketRules
{
    private static readonly FrozenDictionary<DelimiterKind, Func<Interpreter, Delimited, Scope, Quantity>> Delimiters =
        new Dictionary<DelimiterKind, Func<Interpreter, Delimited, Scope, Quantity>>
        {
            [DelimiterKind.Absolute] = Absolute,
            [DelimiterKind.Cardinality] = (c, node, scope) => Neighbours.Counted(c, node.Items[0]) is { } members
                ? c.Evaluate(members, scope) : OfNumber(c, c.Evaluate(node.Items[0], scope), set => Count(c, set)),
            [DelimiterKind.Determinant] = (c, node, scope) => OfNumber(c, c.Evaluate(node.Items[0], scope),
                matrix => Matrices.Determinant(c.Algebra, matrix)),
            [DelimiterKind.Norm] = Norm,
            [DelimiterKind.Floor] = (c, node, scope) => Map(c, Elementary.Floor, node, scope),
            [DelimiterKind.Ceiling] = (c, node, scope) => Map(c, Elementary.Ceil, node, scope),
            [DelimiterKind.Round] = (c, node, scope) => Map(c, Elementary.Round, node, scope),
            [DelimiterKind.InnerProduct] = InnerProduct,
            [DelimiterKind.Average] = (c, node, scope) => c.Algebra.Mean(c.Evaluate(node.Items[0], scope)),
            [DelimiterKind.Indicator] = (c, node, scope) => node.Items
                .Select(item => ConditionRules.Condition(c, item, scope)).Aggregate(c.Algebra.Multiply),
            [DelimiterKind.EvaluatedAt] = EvaluatedAt,
        }.ToFrozenDictionary();

    /// <summary>The value between delimiters.</summary>
    public static Quantity Delimited(Interpreter c, Delimited node, Scope scope) =>
        Delimiters.TryGetValue(node.Kind, out Func<Interpreter, Delimited, Scope, Quantity>? rule)
            ? rule(c, node, scope)
            : throw NodeRules.NoValue(node, "what stands between these brackets has");

    /// <summary>Things listed: a vector of numbers, a matrix of vectors, or parts put one after another.</summary>
    public static Quantity Collection(Interpreter c, Collection collection, Scope scope)
    {
        if (collection.Kind >= CollectionKind.ClosedInterval)
            throw NodeRules.NoValue(collection, "an interval has");
        if (collection.Range is not null && collection.Items.Count == 0)
            throw NodeRules.NoValue(collection, "an element of empty braces has");
        if (collection.Range is { } range)
        {
            Entered entered = RangeReader.Enter(c, range, collection.Items[0], scope);
            if (range.Condition is not null)
                throw NodeRules.NoValue(collection, "a list of those entries for which a condition holds has");
            Quantity body = c.Evaluate(collection.Items[0], entered.Scope);
            return entered.Axes.Reverse().Aggregate(body, c.Algebra.Own);
        }
        if (collection.Items.Count == 0)
            return c.Algebra.Vector([]);
        if (collection.Items.Count > 2 && collection.Items[^2] is Ellipsis
            && Progression.Of(c, [.. collection.Items.SkipLast(2)], collection.Items[^1], scope) is { } parts)
            return Collection(
                c, new(collection.Kind, [parts.General], new([Series.Index], parts.From, parts.To)), scope);
        Quantity[] items = [.. collection.Items.Select(item => c.Evaluate(item, scope))];
        if (collection.Kind == CollectionKind.Concatenation)
            return items.All(item => item.Rank == 2) ? Stack(c.Algebra, items, joins: true)
                : Lists.Join(c.Algebra, items);
        bool areLists = items.Any(item => item.Rank > 0) && (items.Any(item => item.Rank == 0)
            || collection.Kind == CollectionKind.List && items.All(item => item.Rank == 1)
            && !collection.Items.All(item => item is Collection));
        return areLists // [h, x] of vectors is one after the other, as in recurrent networks
            ? Lists.Join(c.Algebra, items)
            : Stack(c.Algebra, items, joins: false);
    }

    /// <summary>A matrix written out; its entries may be matrices themselves.</summary>
    public static Quantity Matrix(Interpreter c, MatrixLiteral matrix, Scope scope)
    {
        Quantity[] rows =
        [
            .. matrix.Rows.Select(row => row is Collection { Items: [var only] } ? Single(c.Evaluate(only, scope))
                : row is Collection cells ? Row([.. cells.Items.Select(cell => c.Evaluate(cell, scope))])
                : c.Evaluate(row, scope)),
        ];
        return rows.All(row => row.Rank == 2) ? Stack(c.Algebra, rows, joins: true)
            : rows.All(row => row.Rank == 1 && row.Own[0] == 1)
                ? c.Algebra.Reshape(Lists.Join(c.Algebra, rows), [rows.Length])
            : Stack(c.Algebra, rows, joins: false);

        Quantity Single(Quantity value) => value.Rank == 0 ? c.Algebra.Reshape(value, [1]) : value;

        Quantity Row(Quantity[] cells) =>
            cells.All(cell => cell.Rank == 0) ? Stack(c.Algebra, cells, joins: false) : Lists.Join(c.Algebra, cells);
    }

    /// <summary>An element of something that is computed: softmax(z)ᵢ.</summary>
    public static Quantity Element(Interpreter c, Element element, Scope scope)
    {
        if (element.Target is Number)
            throw NodeRules.NoValue(element, "a number with something below it has");
        Quantity value = c.Evaluate(element.Target, scope);
        bool isBelow = element.Source.Start < element.Target.Source.Start; // (x)_n, but k[A]
        if (value.Rank == 0 && value.Axes.Length == 0
            && (element.Indices is [Number] || element.Indices is [Symbol { Letter: var of }]
                && (isBelow || !char.IsAsciiLetterUpper(of[0]))))
            throw NodeRules.NoValue(element, "an element of a single number (a falling or rising factorial is written "
                + "as a quotient of factorials) has");
        if (value.Rank > 0 || element.Indices.Count != 1)
            return Elements(c, "the value", value, element.Indices, scope);
        c.Note("brackets behind a number are a factor, not an index.");
        return c.Algebra.Multiply(value, c.Evaluate(element.Indices[0], scope));
    }

    /// <summary>Elements of a value by written indices; a letter that nothing bounds runs over all.</summary>
    public static Quantity Elements(
        Interpreter c, string name, Quantity value, NodeList<Expression> indices, Scope scope)
    {
        Expression[] flat =
        [
            .. indices.SelectMany(index =>
                index is Product { Sign: ProductSign.None } product ? [.. product.Factors] : new[] { index }),
        ];
        if (flat is [Number { Text: { Length: > 1 } digits }] && digits.Length == value.Rank
            && digits.All(digit => digit is >= '1' and <= '9') && value.Own.All(size => size < 10))
            flat = [.. digits.Select(digit => new Number(digit - '0', digit.ToString()))]; // (AᵀA)_{12}
        if (flat.Length > value.Rank)
            throw new FormulaException(
                $"{name} has {value.Rank} dimensions, but {flat.Length} indices are given.", flat[0].Source.Start,
                    "fewer indices");
        var positions = new List<TableIndex>();
        for (int i = 0; i < flat.Length; i++)
        {
            Expression index = flat[i];
            if (index is Symbol { Letter: ":" })
                continue; // A[1, :] takes all of that dimension
            Quantity position = index is Symbol symbol && scope.Find(symbol.Name) is null && c.Lookup.MayRun(symbol)
                && (c.IsLeftIndex(symbol.Name) || c.Symbols.Size(symbol.Name) is null)
                ? c.RunFreely(symbol.Name, value.Own[i]).Value
                : c.Silently(() => c.Evaluate(index, scope));
            positions.Add(new(i, position));
        }
        return c.Algebra.Elements(name, value, positions, scope.Mask);
    }

    private static Quantity Map(Interpreter c, ElementwiseRule rule, Delimited node, Scope scope) =>
        c.Algebra.Map(rule, c.Evaluate(node.Items[0], scope));

    /// <summary>Whether |…| of a list with this letter says how many entries it has.</summary>
    public static bool IsCounted(Expression inner) => inner is Symbol { Letter: [var letter], Subscripts: [] }
        && "YSDVQNCBTRU".Contains(letter, StringComparison.Ordinal);

    private static Quantity Absolute(Interpreter c, Delimited node, Scope scope)
    {
        if (Neighbours.Counted(c, node.Items[0]) is { } members)
            return c.Evaluate(members, scope);
        if (node.Items[0] is Collection { Range: { } range } chosen)
            return CountOf(c, chosen, range, scope);
        Quantity value = c.Evaluate(node.Items[0], scope);
        if (node.Items[0] is Infix { Sign: "∪" or "∩" or "∖" } or Collection { Kind: CollectionKind.Set })
            return Count(c, value);
        bool isCapital = node.Items[0] is Symbol { Letter: [>= 'A' and <= 'Z', ..] };
        if (isCapital && value.Rank == 2 && value.Own[0] == value.Own[1])
        {
            c.Note("|…| of a square matrix is its determinant.");
            return Matrices.Determinant(c.Algebra, value);
        }
        if (IsCounted(node.Items[0]) && value.Rank == 1 && c.PowerSense != PowerSense.OfEntries && !c.TakesEntries)
        {
            c.Note("|…| of a list with a capital letter is how many entries it has.");
            return Count(c, value);
        }
        if (node.Items[0] is Symbol { IsVector: true } && value.Rank == 1)
            return Matrices.Euclidean(c.Algebra, value);
        if (node.Items[0] is Symbol && value.Rank == 1)
            c.Note("|…| of a list is taken entry by entry; its length is ‖…‖, and how many entries it has is n.");
        return c.Algebra.Map(Elementary.Abs, value);
    }

    /// <summary>|{i : xᵢ &gt; 1}|: of how many the condition holds.</summary>
    private static Quantity CountOf(Interpreter c, Collection set, Trees.Range range, Scope scope)
    {
        Trees.Range over = range.Variables.Count == 0 && set.Items is [Symbol { IsBare: true } index]
            ? range with { Variables = [index] } : range;
        if (set.Items is [Symbol { Subscripts: [Symbol { IsBare: true } below] }] && over.Variables.Count == 0)
            over = over with { Variables = [below] };
        return c.Evaluate(new BigOperator(BigOperatorKind.Sum, over with { Condition = null },
            new Delimited(DelimiterKind.Indicator, [range.Condition ?? new Relation(new Number(1, "1"),
                RelationOperator.EqualSign, new Number(1, "1"))])), scope);
    }

    // Of a number bars are the absolute value, whatever its letter.
    private static Quantity OfNumber(Interpreter c, Quantity value, Func<Quantity, Quantity> otherwise) =>
        value.Rank == 0 ? c.Algebra.Map(Elementary.Abs, value) : otherwise(value);

    private static Quantity Count(Interpreter c, Quantity set) => set.Rank == 0 ? set : c.Algebra.Number(set.Own[0]);

    private static Quantity Norm(Interpreter c, Delimited node, Scope scope)
    {
        Quantity value = c.Evaluate(node.Items[0], scope);
        if (node.Subscript is Collection)
            throw NodeRules.NoValue(node, "a mixed norm, which some take over rows and some over columns (write it as "
                + "\\sum_i \\|x_i\\|_2), has");
        if (node.Subscript is null && value.Rank == 2)
            c.Note("the norm of a matrix is the Frobenius norm, the root of all squared entries; as the norm of a map "
                + "it is the largest singular value, written with a 2 below.");
        string order = node.Subscript switch
        {
            null => value.Rank == 2 ? "F" : "2",
            Number number => number.Text,
            Symbol symbol => symbol.Name,
            _ => "",
        };
        if (value.Rank == 2 && order is "2" or "star" or "op")
        {
            Matrices.RequireOne(value, "singular values");
            return new(SingularNorm.Apply(c.Tape, value.Node, sums: order == "star"));
        }
        Quantity sizes = c.Algebra.Map(Elementary.Abs, value);
        if (value.Rank == 2 && order is "1" or "infinity" or "infty" or "inf" or "∞")
        {
            (string name, string line) = order == "1" ? ("1-norm", "column") : ("maximum norm", "row");
            c.Warn($"the {name} of a matrix is taken over all its entries, as penalties do; as the norm of a map it is "
                + $"the largest sum of a {line}.");
        }
        return order switch
        {
            "2" or "F" or "fro" => Matrices.Euclidean(c.Algebra, value),
            "1" => c.Algebra.FoldOwn(sizes, Reductions.Sum),
            "infinity" or "infty" or "inf" or "∞" or "max" => c.Algebra.FoldOwn(sizes, Reductions.Max),
            "0" => c.Algebra.FoldOwn(c.Algebra.Map(Elementary.ByName["sign"], sizes), Reductions.Sum),
            _ when node.Subscript is not null && !IsMatrixLike(c, node.Subscript, scope) =>
                PowerNorm(c, sizes, node.Subscript, scope),
            _ => Mahalanobis(c, value, node.Subscript!, scope),
        };
    }

    private static bool IsMatrixLike(Interpreter c, Expression subscript, Scope scope) =>
        c.Silently(() => c.Evaluate(subscript, scope)).Rank == 2;

    private static Quantity PowerNorm(Interpreter c, Quantity sizes, Expression order, Scope scope)
    {
        Quantity p = c.Evaluate(order, scope);
        Quantity sum = c.Algebra.FoldOwn(PowerRules.Raise(c.Algebra, sizes, p), Reductions.Sum);
        return PowerRules.Raise(c.Algebra, sum, c.Algebra.Divide(c.Algebra.Number(1), p));
    }

    /// <summary>‖x‖_A = √(xᵀAx).</summary>
    private static Quantity Mahalanobis(Interpreter c, Quantity x, Expression metric, Scope scope)
    {
        Quantity row = c.Algebra.MatrixProduct(x with { IsRow = true }, c.Evaluate(metric, scope));
        return c.Algebra.Map(Elementary.Sqrt, c.Algebra.MatrixProduct(row, x));
    }

    private static Quantity InnerProduct(Interpreter c, Delimited node, Scope scope)
    {
        if (node.Items.Count != 2)
            return c.Algebra.Mean(c.Evaluate(node.Items[0], scope));
        return c.Algebra.Dot(c.Evaluate(node.Items[0], scope), c.Evaluate(node.Items[1], scope));
    }

    /// <summary>f|_{x=a}, and [f]ₐᵇ only where it says which letter.</summary>
    private static Quantity EvaluatedAt(Interpreter c, Delimited node, Scope scope)
    {
        if (node.Subscript is not Relation { Members: [Symbol variable, var at] })
            throw NodeRules.NoValue(node, "something evaluated at a place that is not written as x = a has");
        return c.Evaluate(node.Items[0], scope.With(new(variable.Name, c.Evaluate(at, scope))));
    }

    /// <summary>Values of one shape under one another; or, where they are matrices, all their rows.</summary>
    private static Quantity Stack(Algebra algebra, Quantity[] items, bool joins)
    {
        Axis[] axes = items.Aggregate(Array.Empty<Axis>(), (all, item) => Algebra.Union(all, item.Axes));
        Shape own = items[0].Own;
        if (items.Any(item => joins ? item.Own[-1] != own[-1] : item.Own != own))
            throw new FormulaException(
                "parts of the shapes " + string.Join(", ", items.Take(6).Select(item => item.Own))
                + " cannot be put under one another.");
        Node[] nodes = [.. items.Select(item => Inside(algebra, algebra.Stretch(item, axes)))];
        Node flat = Rearranging.Concat(algebra.Tape, nodes);
        int[] sizes = Algebra.Sizes(axes);
        int rows = joins ? items.Sum(item => item.Own[0]) : items.Length;
        int[] rest = joins ? [own[-1]] : [.. own];
        Node stacked = Rearranging.Reshape(algebra.Tape, flat, [rows, .. rest, .. sizes]);
        int inner = 1 + rest.Length;
        int[] order = [.. Enumerable.Range(inner, sizes.Length), .. Enumerable.Range(0, inner)];
        return new(sizes.Length == 0 ? stacked : Rearranging.Permute(algebra.Tape, stacked, order), axes);
    }

    /// <summary>The axes behind the own dimensions.</summary>
    private static Node Inside(Algebra algebra, Quantity item)
    {
        int axes = item.Axes.Length, rank = item.Node.Shape.Rank;
        return axes == 0 || rank == axes
            ? item.Node
            : Rearranging.Permute(
                algebra.Tape, item.Node, [.. Enumerable.Range(axes, rank - axes), .. Enumerable.Range(0, axes)]);
    }
}
