using System.Globalization;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>One pass over a tree that gives each part its shape; null where nothing can be said.</summary>
internal sealed class ShapeWalk
{
    // What is not found at once may be found when more is known of its symbols, but not by asking on and on.
    private const int MostVisits = 4;

    private readonly Dictionary<Expression, int> visits = new(ReferenceEqualityComparer.Instance);
    private readonly ShapeFacts facts;
    private readonly ShapeProducts products;
    private readonly Dictionary<Expression, string[]> parts = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> mismatches = [];

    public ShapeWalk(ShapeFacts facts)
    {
        this.facts = facts;
        products = new ShapeProducts(facts, this);
    }

    /// <summary>What was found.</summary>
    public ShapeTable Table(Formula formula)
    {
        var symbols = new Dictionary<string, InferredShape>(StringComparer.Ordinal);
        foreach ((string name, string[] shape, bool isUsual) in facts.Known)
            symbols[name] = new(Named(shape), isUsual && shape.Length > 0);
        var found = new Dictionary<Expression, InferredShape>(ReferenceEqualityComparer.Instance);
        foreach ((Expression part, string[] shape) in parts)
            found[part] = new(Named(shape), facts.HasUsual && shape.Length > 0);
        return new(found, symbols, mismatches)
        {
            Value = Value(formula) is { } value ? new(Named(value), facts.HasUsual && value.Length > 0) : null,
        };
    }

    /// <summary>The sizes of a part.</summary>
    public string[]? Visit(Expression node)
    {
        if (node is not Symbol && parts.TryGetValue(node, out string[]? known))
            return known;
        int visit = visits[node] = visits.GetValueOrDefault(node) + 1;
        if (node is not Symbol && visit > MostVisits)
            return null;
        string[]? shape = node switch
        {
            { ByRow.IsSaid: true } when !RowRules.GivesLists(node)
                && RowRules.ArgumentOf(node) is { } rows => OfRows(rows, node.ByRow),
            Call { ByRow.IsSaid: true, Arguments: [var left, var right] } =>
                OfRows(Visit(left) is { Length: > 1 } ? left : right, node.ByRow),
            Number => [],
            Symbol symbol => facts.Find(symbol),
            Annotated annotated => Visit(annotated.Inner),
            Sum sum => OfSum(sum),
            Negation negation => Visit(negation.Operand),
            Product product => products.Of(product),
            Quotient quotient => Together(quotient, [quotient.Numerator, quotient.Denominator]),
            Power power => OfPower(power),
            Root root => Visit(root.Radicand),
            Postfix postfix => OfPostfix(postfix),
            Call call => ShapeFunctions.Of(call, this, facts),
            Relation relation => OfRelation(relation),
            Delimited delimited => OfDelimited(delimited),
            BigOperator big => OfBigOperator(big),
            Expectation expectation => OfExpectation(expectation),
            Derivative derivative => OfDerivative(derivative.Of, derivative.Variables),
            Gradient { Kind: GradientKind.Gradient } gradient => OfDerivative(gradient.Of, gradient.Variables),
            Element element => OfElement(element),
            MatrixLiteral matrix => OfMatrix(matrix),
            Cases cases => OfCases(cases),
            Infix { Sign: "mod" } infix => Together(infix, infix.Operands),
            Infix { Sign: "±" or "∓" } infix => BothSigns(infix),
            Qualified qualified => OfSystem([qualified.Condition, qualified.Statement]),
            FormulaSystem system => OfSystem(system.Formulas),
            _ => null,
        };
        if (shape is not null)
            parts[node] = shape;
        return shape;
    }

    /// <summary>A shape with its sizes as they are called.</summary>
    public SymbolicShape Named(string[] shape) => new(
        [.. shape.Select((size, i) => facts.Sizes.Named(size, isRow: shape.Length > 1 && i == shape.Length - 2))]);

    /// <summary>
    /// Shapes that must be equal, apart from numbers and sizes of 1. Where the shape of one is not known, it is taken
    /// for a number beside something larger.
    /// </summary>
    public string[]? Together(Expression node, IEnumerable<Expression> operands)
    {
        string[]? shape = null;
        bool isOpen = false;
        foreach (Expression operand in operands)
            if (Visit(operand) is not { } next)
                isOpen = true;
            else if (shape is null)
                shape = next;
            else if (Broadcast(node, shape, next) is { } both)
                shape = both;
            else
                return null;
        return isOpen && (shape is null or []
            || operands.Any(operand => !parts.ContainsKey(operand) && HasCapital(operand))) ? null : shape;
    }

    /// <summary>The shape of two that are joined number by number.</summary>
    public string[]? Broadcast(Expression node, string[] a, string[] b)
    {
        if (a.Length < b.Length)
            (a, b) = (b, a);
        var result = (string[])a.Clone();
        for (int d = 1; d <= b.Length; d++)
            if (facts.Sizes.Of(a[^d]) == "1")
                result[^d] = b[^d];
            else if (facts.Sizes.Of(b[^d]) != "1" && !facts.Sizes.Unify(a[^d], b[^d]))
            {
                Mismatch(node, $"{Named(a)} and {Named(b)} stand beside each other, and what is joined number by "
                    + "number needs equal sizes.");
                return null;
            }
        return result;
    }

    /// <summary>Notes that a part cannot be computed.</summary>
    public void Mismatch(Expression node, string why) =>
        mismatches.Add($"The shapes do not fit in {ShapeProducts.Text(node)}"
            + (node.Source.Length > 0
                ? string.Create(CultureInfo.InvariantCulture, $" (position {node.Source.Start})") : "") + $": {why}");

    /// <summary>
    /// The sizes of what is squared or under a logarithm: there x_i is by custom a number, as of a vector one would
    /// write the norm.
    /// </summary>
    public string[]? Entries(Expression node)
    {
        if (Visit(node) is { } known)
            return known;
        Symbol[] open = [.. Leaves(node)];
        if (open.Length == 0 || !Array.TrueForAll(open, IsEntry))
            return null;
        foreach (Symbol symbol in open)
            facts.Learn(symbol, []);
        return Visit(node);
    }

    private bool IsEntry(Symbol symbol) => symbol.Kind == SymbolKind.Variable && symbol.Alphabet == Alphabet.Plain
        && symbol.Letter is [>= 'a' and <= 'z'] && symbol.Subscripts.Count == 1
        && facts.Indices.Runs(symbol.Subscripts[0]);

    // The symbols that are joined number by number and have no shape; one that stands elsewhere hides all.
    private IEnumerable<Symbol> Leaves(Expression node) => node switch
    {
        _ when parts.ContainsKey(node) => [],
        Symbol symbol => [symbol],
        Sum or Negation or Quotient or Root => node.Children.SelectMany(Leaves),
        BigOperator big => Leaves(big.Body),
        _ => [new Symbol("")],
    };

    private string[]? OfPower(Power power)
    {
        if (power.Exponent is Number { Value: 2 })
            Entries(power.Base);
        else if (power.Base is Symbol { Kind: SymbolKind.Constant })
            Entries(power.Exponent);
        return Together(power, [power.Base, power.Exponent]);
    }

    // The list over the indices of the left side.
    private string[]? Value(Formula formula)
    {
        string[]? shape = parts.GetValueOrDefault(formula.Right);
        if (formula.Left is null || facts.Indices.Left.Count == 0)
            return formula.Left is Symbol left && NamesMoments(left, formula.Right) ? null : shape;
        return shape is null || !formula.Right.All().OfType<BigOperator>().Any() ? null
            : [.. facts.Indices.Left.Select(facts.Indices.Of), .. shape];
    }

    // ∏ₛ αₛ up to t on the right of ᾱₜ: it could be one moment or all of them.
    private static bool NamesMoments(Symbol left, Expression right) => left.Subscripts.Any(index =>
        index is Symbol moment && right.All().OfType<BigOperator>().Any(big => big.Range.Parts.Concat([big.Body])
            .SelectMany(part => part.All()).OfType<Symbol>().Any(symbol => symbol.Name == moment.Name)));

    private string[]? OfSum(Sum sum)
    {
        string[]? shape = Together(sum, sum.Terms);
        bool IsNumber(Expression term) => IsBias(term) || parts.GetValueOrDefault(term) is [];
        if (shape is null && sum.Terms.Any(IsBias) && sum.Terms.All(IsNumber))
            return OfBias(sum);
        if (shape is null or [])
            return shape;
        foreach (Expression term in sum.Terms)
            if (Bare(term) is Symbol { Kind: SymbolKind.Variable } symbol && facts.Find(symbol) is null)
                if (symbol.Letter == "b" && shape.Length <= 2)
                    parts[symbol] = facts.Learn(symbol, shape[^1..]);
                else if (symbol is { Letter: "I", IsBare: true } && shape.Length == 2)
                    parts[symbol] = facts.Learn(symbol, shape);
        return shape;
    }

    // The bias of a number is a number.
    private string[] OfBias(Sum sum)
    {
        foreach (Expression bias in sum.Terms.Where(IsBias))
            parts[bias] = facts.Learn((Symbol)bias, []);
        return [];
    }

    private bool IsBias(Expression term) =>
        term is Symbol { Letter: "b", Kind: SymbolKind.Variable } symbol && facts.Find(symbol) is null or [];

    // I in λI.
    private static Expression Bare(Expression term) => term switch
    {
        Negation negation => Bare(negation.Operand),
        Product { Factors: [.., Symbol { Letter: "I" } identity] } => identity,
        _ => term,
    };

    private static bool HasCapital(Expression node) =>
        node.All().Any(part => part is Symbol { Letter: [>= 'A' and <= 'Z', ..], Kind: SymbolKind.Variable });

    private string[]? OfRows(Expression argument, RowSense sense) => Visit(argument) switch
    {
        [_, var columns] when sense.Lines == Lines.Columns => sense.IsKept ? ["1", columns] : [columns],
        [_, _, ..] and var all when sense.IsKept => [.. all[..^1], "1"],
        [_, ..] and var all => all[..^1],
        var other => other,
    };

    private string[]? OfPostfix(Postfix postfix)
    {
        string[]? shape = Visit(postfix.Operand);
        bool isTransposed = postfix.Sign is PostfixSign.Transpose or PostfixSign.Adjoint;
        if (shape is null && isTransposed && postfix.Operand is Symbol symbol)
            shape = parts[symbol] = facts.Learn(symbol, ShapeCustoms.IsMatrixLetter(symbol)
                ? [facts.Sizes.Open(), facts.Sizes.Open()] : [facts.Sizes.Open()]);
        if (isTransposed || postfix.Sign == PostfixSign.PseudoInverse)
            return shape is { Length: >= 2 } ? [.. shape[..^2], shape[^1], shape[^2]] : shape;
        if (postfix.Sign == PostfixSign.Inverse && shape is { Length: 2 } && !facts.Sizes.Unify(shape[0], shape[1]))
            Mismatch(postfix, $"only a square matrix has an inverse, and this one is {Named(shape)}.");
        return shape;
    }

    private string[]? OfRelation(Relation relation)
    {
        string[]? last = null;
        foreach (Expression member in relation.Members.Skip(1))
            last = Visit(member) ?? last;
        bool isSame = relation.Operators[0].Kind is RelationKind.Equal or RelationKind.Definition
            or RelationKind.Assignment or RelationKind.Approximate;
        if (relation.Members[0] is Symbol left && isSame)
        {
            string[]? known = facts.Find(left);
            if (known is null && last is not null)
                facts.Define(left, last);
            else if (known is not null && last is not null && known.Length == last.Length)
                foreach ((string a, string b) in known.Zip(last))
                    facts.Sizes.Unify(a, b);
        }
        string[]? first = Visit(relation.Members[0]);
        return isSame ? last ?? first : null;
    }

    private string[]? OfDelimited(Delimited delimited)
    {
        string[]? inner = null;
        foreach (Expression item in delimited.Items)
            inner = Visit(item);
        return delimited.Kind switch
        {
            DelimiterKind.Absolute or DelimiterKind.Floor or DelimiterKind.Ceiling or DelimiterKind.Round
                or DelimiterKind.EvaluatedAt or DelimiterKind.Indicator => inner,
            DelimiterKind.Average => inner is [] ? inner : null,
            _ => [],
        };
    }

    // Where no range is written, the numbers of a vector are added up.
    private string[]? OfBigOperator(BigOperator big)
    {
        foreach (Expression part in big.Range.Parts)
            Visit(part);
        string[]? body = Visit(big.Body);
        return big.Kind switch
        {
            BigOperatorKind.ArgMax or BigOperatorKind.ArgMin or BigOperatorKind.Union or BigOperatorKind.Intersection
                or BigOperatorKind.ForAll or BigOperatorKind.Exists or BigOperatorKind.Concatenation => null,
            _ when big.Range.Variables.Count > 0 => body,
            _ => body is { Length: <= 1 } ? [] : null,
        };
    }

    // The mean of a list is a number; what is inside may be one of the list, or all of it.
    private string[]? OfExpectation(Expectation expectation)
    {
        foreach (Expression given in expectation.Over.Concat(expectation.Given))
            Visit(given);
        string[]?[] arguments = [.. expectation.Arguments.Select(Visit)];
        bool isOfList = expectation.Over.Count == 0 && expectation.Arguments is [Symbol];
        return Array.TrueForAll(arguments, shape => shape is [] || (isOfList && shape is [_])) ? [] : null;
    }

    // The derivative of a number by something has its shape.
    private string[]? OfDerivative(Expression? of, IReadOnlyList<Expression> variables)
    {
        string[]? numerator = of is null ? null : Visit(of);
        string[]?[] by = [.. variables.Select(Visit)];
        bool isOfNumber = numerator is [] || of is Symbol { Letter: "L" or "J" or "ell" or "E" };
        return isOfNumber && by is [{ } shape] ? shape : null;
    }

    private string[]? OfElement(Element element)
    {
        string[]? shape = Visit(element.Target);
        return shape is not null && shape.Length >= element.Indices.Count ? shape[element.Indices.Count..] : null;
    }

    private string[]? OfMatrix(MatrixLiteral matrix)
    {
        foreach (Expression entry in matrix.Rows.SelectMany(row => row.Children))
            Visit(entry);
        int columns = matrix.Rows[0].Children.Count;
        if (matrix.All().Any(part => part is Ellipsis) || matrix.Rows.SelectMany(row => row.Children)
            .Any(entry => parts.GetValueOrDefault(entry) is not ([] or null)))
            return null;
        string rows = matrix.Rows.Count.ToString(CultureInfo.InvariantCulture);
        return columns == 1 ? [rows] : [rows, columns.ToString(CultureInfo.InvariantCulture)];
    }

    private string[]? OfCases(Cases cases)
    {
        foreach (Expression condition in cases.Conditions)
            Visit(condition);
        return Together(cases, cases.Values.Concat(cases.Conditions.OfType<Relation>().SelectMany(one => one.Members)));
    }

    // Both values of two numbers; of lists it has none.
    private string[]? BothSigns(Infix infix) => Together(infix, infix.Operands) is [] ? ["2"] : null;

    private string[]? OfSystem(IEnumerable<Expression> formulas)
    {
        string[]? last = null;
        foreach (Expression formula in formulas)
            last = Visit(formula);
        return last;
    }
}
