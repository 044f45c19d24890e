using System.Globalization;
using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <content>Functions and expectations.</content>
internal sealed partial class ProgramBuilder
{
    private Term Map(string function, Expression argument) => Known(function, Value(argument));

    private Term Known(string function, Term x) => dialect.Map(function, x)
        ?? throw new FormulaException($"{function} cannot be written in {dialect.Name}; write its formula instead.");

    private Term CallValue(Call call)
    {
        if (call.Function is not Symbol function)
            throw Unsayable(call);
        bool isOwn = symbols.IsBound(function.Name) || call.Arguments.Count == 0;
        string? name = isOwn ? null : KnownFunctions.NameOf(call) ?? FunctionTable.Find(call)?.Name;
        if (!isOwn && SteepFunction.WrittenOut(call) is { } written)
            return Value(written);
        if (!isOwn && CallRules.WithSetting(call, function) is { } setting)
            return Value(setting);
        if (name == "exp" && IsMatrixExponential(call.Arguments[0]))
            throw Unsayable(call, "it is the matrix exponential; write its series.");
        PowerSense around = powerSense;
        powerSense = MatrixForms.In(name ?? function.Letter, around);
        Term? value = name is null ? null : Library(name, function, call.Arguments);
        if (!isOwn)
            value ??= WrittenOut(call);
        powerSense = around;
        if (value is not null)
            return value;
        if (IsFactor(function, call))
            return Multiply(ProductSign.None, SymbolValue(function), Value(call.Arguments[0]));
        if (!isOwn && call.Arguments.Any(argument => argument is Relation))
            throw Unsayable(call, "it asks for a condition; write it as a mean of [x > 0].");
        if (!isOwn && function is { Letter: "binom" })
            return call.Arguments is [var n, var k] && dialect.Choose(Value(n), Value(k)) is { } ways
                ? ways : throw Unsayable(call, "it has no binomial coefficients; write it as factorials.");
        if (isOwn && TakesOtherEntries(call))
            throw Unsayable(call, "which entry each argument means; write elements with indices.");
        if (symbols.HasOtherOrder(call))
            throw Unsayable(call, "its table does not have its arguments in this order; write elements with indices.");
        if (symbols.Find(call) is { } table)
        {
            if (!symbols.KnowsShapes && call.Arguments.Count > table.Indices.Count)
                throw Unsayable(call, "only some of its arguments run; give the shapes of the symbols.");
            Term term = Named(table.Name, table.Indices.Count);
            return table.Indices.Count == 0 ? term : dialect.Element(term, Positions(table.Name, table.Indices));
        }
        if (!isOwn && FunctionTable.Find(call) is not null) // to take it for a name would give other numbers
            throw Unsayable(call, $"{function.Letter} is not among its functions; write out what it computes.");
        return Named(function.Name + string.Concat(call.Arguments.Select(argument => "_" + NameOf(argument))));
    }

    // V(s_{t+1}) is V_{t+1}, s(x_i, y_i) is s_{ii}
    private static bool TakesOtherEntries(Call call)
    {
        Expression[] marks = [.. call.Arguments.OfType<Symbol>().SelectMany(argument => argument.Subscripts)];
        return Array.Exists(marks, mark => mark is Sum) || marks.Distinct().Count() < marks.Length;
    }

    // What a function without a name in the language computes, however often its formula has an argument. Not bound,
    // ε is what evaluation takes.
    private Term? WrittenOut(Call call)
    {
        if (call is not { Function: Symbol { Subscripts: [] }, Arguments.Count: > 0 }
            || FunctionTable.Find(call) is not { } function || !WrittenFunctions.Has(function.Name))
            return null;
        Expression[] first = [.. call.Arguments.Where(argument => !known.ContainsKey(argument))];
        foreach (Expression argument in first)
            known[argument] = Value(argument);
        bool isWithin = symbols.IsOfLibrary;
        Expression epsilon = new Number(Layers.Epsilon, Layers.Epsilon.ToString("R", CultureInfo.InvariantCulture));
        if (!isWithin && symbols.IsBound("epsilon"))
            known[epsilon] = Value(new Symbol("epsilon"));
        Expression? written =
            WrittenFunctions.Of(function.Name, call.Arguments, known[call.Arguments[0]].Rank, epsilon);
        Term? value;
        symbols.IsOfLibrary = true;
        try
        {
            value = written is null ? null : Value(written);
        }
        finally
        {
            symbols.IsOfLibrary = isWithin;
        }
        foreach (Expression argument in first)
            known.Remove(argument); // an index in it may be another one next time
        return value;
    }

    private bool IsMatrixExponential(Expression exponent) =>
        (powerSense == PowerSense.OfMatrix || MatrixExponential.IsMeant(exponent, besideIdentity))
        && Value(exponent).Rank == 2;

    // δ(|a| − δ/2) with a number δ is a product, where f(x) with a number f is that number.
    private bool IsFactor(Symbol function, Call call) => call.Arguments is [Sum or Quotient or Product]
        && symbols.Rank(function.Name) == 0
        && CallRules.IsNumberBefore(function, call, symbols.IsBound(function.Name));

    private Term? Library(string name, Symbol function, NodeList<Expression> arguments) => (name, arguments) switch
    {
        ("log", [var x]) when function.Subscripts is [Number { Value: not Math.E } number] =>
            Logarithm(Value(x), number),
        ("softmax", [var x]) => Softmax(Value(x), function, isLog: false),
        ("log_softmax", [var x]) => Softmax(Value(x), function, isLog: true),
        ("max" or "min" or "mean" or "std" or "sample_var" or "sample_std" or "logsumexp", [var x]) =>
            dialect.Reduce(name, Value(x)),
        ("max" or "min", [_, _, ..]) => arguments.Skip(1).Aggregate(
            Value(arguments[0]), (all, x) => dialect.Extreme(name == "max", all, Value(x))),
        ("clip", [var x, var low, var high]) =>
            dialect.Extreme(false, dialect.Extreme(true, Value(x), Value(low)), Value(high)),
        ("norm", [var x]) => dialect.Norm(Value(x), 2),
        ("median" or "cumsum", [var x]) => dialect.OfList(name, Value(x)),
        ("outer", [var a, var b]) => dialect.Outer(Value(a), Value(b)),
        ("lg", [var x]) => dialect.Map("log10", Value(x)),
        ("atan2" or "gcd", [var a, var b]) => dialect.Zip(name, Value(a), Value(b)),
        ("rms", [var x]) => Known("sqrt", dialect.Reduce("mean", Squared(Value(x)))),
        ("trace" or "det" or "diag", [var x]) => dialect.OfMatrix(name, Value(x)),
        ("concat", [Collection { Range: null } list]) => dialect.Concat([.. list.Items.Select(Value)]),
        ("concat", _) => dialect.Concat([.. arguments.Select(Value)]),
        ("dot", [var a, var b]) when Value(a).Rank == 2 || Value(b).Rank == 2 =>
            Multiply(ProductSign.Matrix, Value(a), Value(b)),
        ("dot", [var a, var b]) => dialect.Reduce("sum", dialect.Combine('*', Value(a), Value(b))),
        ("cos_sim", [var a, var b]) => CosineSimilarity(Value(a), Value(b)),
        ("transpose", [var x]) => PostfixValue(new Postfix(x, PostfixSign.Transpose)),
        ("stop_gradient", [var x]) => Value(x),
        (_, [var x]) => dialect.Map(name, Value(x)),
        _ => null,
    };

    // The subscript of softmax_j is the element that is taken.
    private Term Softmax(Term x, Symbol function, bool isLog)
    {
        if (x.Rank == 0 && symbols.KnowsShapes && function.Subscripts.Count > 0)
            throw new FormulaException($"a softmax over an index cannot be written in {dialect.Name}; write it as a "
                + "quotient of exponentials.");
        Term all = dialect.Softmax(x, isLog);
        return function.Subscripts is [Symbol { Name: var name }] && indices.TryGetValue(name, out Term? index)
            ? dialect.Element(all, [index])
            : all;
    }

    private Term Logarithm(Term x, Number number) => number.Value switch
    {
        2 => Known("log2", x),
        10 => Known("log10", x),
        _ => dialect.Combine('/', Known("log", x), Known("log", dialect.Number(number.Value, number.Text))),
    };

    private Term Squared(Term x) => dialect.Power(x, dialect.Number(2, "2"));

    private Term CosineSimilarity(Term a, Term b) => dialect.Combine('/',
        dialect.Reduce("sum", dialect.Combine('*', a, b)),
            dialect.Combine('*', dialect.Norm(a, 2), dialect.Norm(b, 2)));

    private Term ExpectationValue(Expectation expectation)
    {
        if (expectation.Kind == ExpectationKind.Probability)
            throw Unsayable(expectation, "a probability of an event is no computation; write it as a number or a sum.");
        if (expectation.Given.Any(given => given is Relation))
            throw Unsayable(expectation, "it is taken where a condition holds; write it as a quotient of sums.");
        if (HasRowsOfSamples(expectation))
            throw Unsayable(expectation, "each row is one sample; write it as a mean over an index, E_i[x_i].");
        if (expectation is { Kind: ExpectationKind.Covariance, Arguments: [var a, var b] })
            return dialect.Reduce("mean", dialect.Combine('*', Centred(Value(a)), Centred(Value(b))));
        if (expectation.Arguments is not [var argument])
            throw Unsayable(expectation);
        if (expectation.Over is [Symbol under] && symbols.IsBound(under.Name)
            || expectation.Over is [Call { Function: Symbol of }] && symbols.IsBound(of.Name))
            throw Unsayable(expectation, "it is weighted with probabilities; write it as a sum, sum_x p(x) f(x).");
        if (expectation is { Kind: ExpectationKind.Mean, Over: [Relation { Members: [Symbol drawn, Symbol table] }] }
            && symbols.Rank(table.Name) == 1 && !symbols.IsBound(drawn.Name) && symbols.KnowsShapes)
            return Value(new BigOperator(BigOperatorKind.Sum, new([drawn]),
                new Product([new Call(table, drawn), argument])));
        Term x = Value(argument);
        if (x.Rank == 0)
            throw Unsayable(
                expectation, "nothing in it is a list to take the mean over; give its shape, as in x=[1,2,3].");
        return dialect.Reduce(expectation.Kind switch
        {
            ExpectationKind.Mean => "mean",
            ExpectationKind.Variance => "var",
            _ => "std",
        }, x);
    }

    // E[x xᵀ], E‖X‖² and E[x] with matrices: samples that are vectors.
    private bool HasRowsOfSamples(Expectation expectation)
    {
        bool IsMatrix(Expression part) => part is Symbol symbol && symbols.Rank(symbol.Name) == 2;
        bool IsSmall(Expression part) => part is Symbol { Letter: [>= 'a' and <= 'z', ..] } && IsMatrix(part);
        bool IsTaken(Expression part) => part switch
        {
            Postfix { Sign: PostfixSign.Transpose } turned => IsMatrix(turned.Operand),
            Delimited { Kind: DelimiterKind.Norm } norm => norm.Children[0].All().Any(IsMatrix),
            _ => false,
        };
        return expectation.Over.Count == 0 && expectation.Arguments is [var first, ..] && first.All().Any(IsTaken)
            || expectation.Arguments is [var argument] && argument.All().Any(IsSmall);
    }

    private Term Centred(Term x) => dialect.Combine('-', x, dialect.Reduce("mean", x));
}
