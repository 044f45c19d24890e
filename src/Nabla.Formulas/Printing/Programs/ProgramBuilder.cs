using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>
/// Says in a programming language what a formula computes: which products are those of matrices, what runs over what,
/// which names are parameters. The meaning is that of evaluation; the dialect only knows how each step is written.
/// </summary>
internal sealed partial class ProgramBuilder(ArrayDialect dialect, SymbolTable symbols)
{
    private readonly Dictionary<string, Term> indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> identifiers = new(StringComparer.Ordinal);
    // Arguments that were computed for what is applied to them.
    private readonly Dictionary<Expression, Term> known = new(ReferenceEqualityComparer.Instance);
    private PowerSense powerSense;
    private Lazy<bool> besideIdentity = new(false);

    /// <summary>The parameters: the name in the formula, the identifier, the rank.</summary>
    public IEnumerable<(string Name, string Identifier, int Rank)> Parameters =>
        symbols.Parameters.Select(name => (name, Identifier(name), symbols.Rank(name)));

    /// <summary>The value of a right side; a list over the indices of the left side.</summary>
    public Term Build(Expression right, Expression? left)
    {
        besideIdentity = MatrixExponential.BesideIdentity(right);
        Symbol[] outer = [.. LeftIndices(left).Concat(FreeIndices(right)).Distinct()
            .Where(index => !symbols.IsBound(index.Name) && RunsThrough(index, right))];
        return OverLeft(outer, 0, right);
    }

    private Term Value(Expression node) => node switch
    {
        _ when known.TryGetValue(node, out Term? argument) => argument,
        { ByRow.IsSaid: true } => RowValue(node),
        Number number => dialect.Number(number.Value, number.Text),
        Symbol symbol => SymbolValue(symbol),
        Sum sum => SumValue(sum),
        Negation negation => dialect.Negate(Value(negation.Operand)),
        Product product => ProductValue(product),
        Quotient quotient => dialect.Combine('/', Value(quotient.Numerator), ValueIn(
            ArithmeticRules.HasRoot(quotient.Denominator) ? PowerSense.OfEntries : powerSense, quotient.Denominator)),
        Power power => PowerValue(power),
        Root root => RootValue(root),
        Postfix postfix => PostfixValue(postfix),
        Call call => CallValue(call),
        Element { Indices: [Number { Value: > 9 }] } digits when Value(digits.Target).Rank > 1 =>
            throw Unsayable(digits, "write its indices apart, as in A_{1,2}."),
        Element element => dialect.Element(Value(element.Target), [.. element.Indices.Select(Position)]),
        BigOperator big => BigValue(big),
        Expectation expectation => ExpectationValue(expectation),
        Infix { Sign: "mod", Operands: [var a, var b] } => dialect.Zip("mod", Value(a), Value(b))
            ?? Value(WrittenFunctions.Remainder(a, b)),
        Gradient { Kind: GradientKind.Gradient } gradient when !HasRunning(node)
            && SlopeOf(gradient) is { } slope => Value(slope),
        Gradient { Of: Symbol or Call } when !HasRunning(node) => Named("grad_" + NameOf(((Gradient)node).Of!)),
        Derivative { Of: Symbol or Call } when !HasRunning(node) => Named(DerivativeName((Derivative)node)),
        Derivative { Of: { } body, Variables: [Symbol by] } when !HasRunning(node)
            && Differentiator.Derivative(body, by) is { Form: DerivativeForm.Entrywise } derived =>
            Value(derived.Formula),
        Delimited delimited => DelimitedValue(delimited),
        Collection { Range: null } collection => CollectionValue(collection),
        MatrixLiteral matrix => dialect.Stack([.. matrix.Rows.Select(Value)]),
        Cases cases => CasesValue(cases),
        Annotated annotated => Value(annotated.Inner),
        Relation relation => RelationValue(relation),
        _ => throw Unsayable(node),
    };

    private Term ValueIn(PowerSense sense, Expression node)
    {
        PowerSense before = powerSense;
        powerSense = sense;
        Term value = Value(node);
        powerSense = before;
        return value;
    }

    private bool HasRunning(Expression node) =>
        node.All().Any(inner => inner is Symbol symbol && indices.ContainsKey(symbol.Name));

    private string Identifier(string name)
    {
        if (identifiers.TryGetValue(name, out string? known))
            return known;
        string wanted = dialect.Identifier(name), free = wanted;
        if (identifiers.ContainsValue(free) && !string.Equals(name, wanted, StringComparison.Ordinal))
            free = name.All(char.IsAsciiLetterOrDigit) ? name : wanted;
        for (int i = 2; identifiers.ContainsValue(free); i++)
            free = $"{wanted}{i}";
        return identifiers[name] = free;
    }

    private Term Named(string name, int rank = 0)
    {
        symbols.Use(name, rank);
        return dialect.Parameter(Identifier(name), symbols.Rank(name), symbols.Sizes(name));
    }

    private Term SymbolValue(Symbol symbol)
    {
        if (indices.TryGetValue(symbol.Name, out Term? index))
            return index;
        if (!symbols.IsBound(symbol.Name) && symbol.IsBare)
        {
            if (symbol.Letter is "pi" or "e" && symbol.Kind == SymbolKind.Constant && !symbols.IsVariable(symbol.Name))
                return dialect.Constant(symbol.Letter);
            if (symbol is { Letter: "1", Alphabet: Alphabet.Bold or Alphabet.Blackboard })
                throw Unsayable(symbol, "how many ones there are is not said; write the product as a sum.");
            if (symbol.Letter is "infinity")
                return dialect.Number(double.PositiveInfinity, "∞");
        }
        (string name, NodeList<Expression> positions) = symbols.Find(symbol);
        int entry = positions.Count > 0 && !symbols.KnowsShapes ? symbols.Rank(symbol.Name) : 0; // of uᵢ in uᵢvᵢᵀ
        if (MeanOf(symbol) is { } mean)
            return mean;
        Term table = Named(name, positions.Count + entry);
        return positions.Count == 0 ? table : dialect.Element(table, Positions(name, positions));
    }

    // x̄ beside a list x is its mean, where no value is given for it.
    private Term? MeanOf(Symbol symbol)
    {
        if (symbol is not { Accents: ["bar"], Subscripts: [], Superscripts: [], Primes: 0 }
            || symbols.IsBound(symbol.Name))
            return null;
        string list = (symbol with { Accents = [] }).Name;
        return symbols.IsBound(list) && symbols.Rank(list) == 1 ? dialect.Reduce("mean", Named(list)) : null;
    }

    // ∇ₐ a² of numbers that are given; ∇L of a loss is a quantity that is given itself.
    private Expression? SlopeOf(Gradient gradient)
    {
        bool isOfNumbers = gradient is { Of: { } body and not (Symbol or Call), Variables: [Symbol by] }
            && symbols.IsBound(by.Name) && body.All().OfType<Symbol>().All(symbol =>
                symbol.Kind == SymbolKind.Constant || symbols.IsBound(symbol.Name) && symbols.Rank(symbol.Name) == 0);
        return isOfNumbers && Differentiator.Derivative(gradient.Of!, (Symbol)gradient.Variables[0])
            is { Form: DerivativeForm.Entrywise } slope ? slope.Formula : null;
    }

    /// <summary>An index or a bound: a whole number of the programming language.</summary>
    private Term Position(Expression node) => node switch
    {
        Symbol symbol when indices.TryGetValue(symbol.Name, out Term? index) => index,
        Symbol { Letter: ":" } => throw Unsayable(node, "a part of a list is taken; write it with an index."),
        Sum sum => sum.Terms.Skip(1).Aggregate(Position(sum.Terms[0]), (all, term) => term is Negation negation
            ? dialect.CombineWhole('-', all, Position(negation.Operand))
            : dialect.CombineWhole('+', all, Position(term))),
        Product product => product.Factors.Skip(1).Aggregate(
            Position(product.Factors[0]), (all, factor) => dialect.CombineWhole('*', all, Position(factor))),
        _ => dialect.Whole(Value(node)),
    };

    private FormulaException Unsayable(Expression node, string? why = null) => new(
        $"{Short(FormulaPrinter.Text(node))} cannot be written in {dialect.Name}: {why ?? Remedy(node)}");

    private static string Short(string text) => Shortened.To(text, 60);

    private static string Remedy(Expression node) => node switch
    {
        BigOperator { Kind: BigOperatorKind.Integral } => "an integral needs a rule of its own; write it as a sum.",
        BigOperator { Range.To: Symbol { Letter: "infinity" } } => "infinitely many terms; write how many are enough.",
        BigOperator { Kind: BigOperatorKind.Limit } => "a limit is no computation; write the value at a point.",
        BigOperator => "nothing says over what it runs; write its range, or give the shapes of the symbols.",
        Call => "the function is not known; give its values under its name.",
        Collection or Ellipsis =>
            "sets and dots stand for what a program has to be given; write it as a list or a sum.",
        Words => "words cannot be computed; write the formula they stand for.",
        Gradient or Derivative => "it is another one for each index, or stands alone; write out what it is.",
        _ => "write the right side as arithmetic.",
    };

    private static string NameOf(Expression node) => node switch
    {
        Symbol symbol => symbol.Name,
        Call { Function: Symbol function } => function.Name,
        _ => string.Concat(FormulaPrinter.Text(node).Where(char.IsLetterOrDigit)),
    };

    private static string DerivativeName(Derivative derivative) =>
        $"d{NameOf(derivative.Of!)}/{string.Concat(derivative.Variables.Select(variable => "d" + NameOf(variable)))}";
}
