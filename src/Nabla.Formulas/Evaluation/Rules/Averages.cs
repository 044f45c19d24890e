using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>How a mean is taken: over which indices, with which weights.</summary>
/// <param name="Scope">The letters inside.</param>
/// <param name="Axes">What the mean is taken over; nothing stands for the entries of a list.</param>
internal sealed record Average(Scope Scope, Axis[] Axes)
{
    // An error that small, compared with the value, is not worth a word.
    private const double Exact = 1e-9;

    /// <summary>The weights, which add up to 1; null for equal ones.</summary>
    public Quantity? Weights { get; init; }

    /// <summary>The weights of the entries of a list, which add up to 1; null where an index runs.</summary>
    public Quantity? OwnWeights { get; init; }

    /// <summary>Whether the weights are those of an integral, so that half of the points tell the error.</summary>
    public bool IsQuadrature { get; init; }

    /// <summary>Whether the values are samples, so that the mean has an error.</summary>
    public bool IsSampled { get; init; }

    /// <summary>The mean.</summary>
    public Quantity Of(Interpreter c, Quantity x)
    {
        if (OwnWeights is { } own && x.Rank > 0)
            return x.Rank == 1 && x.Own[0] == own.Own[0] ? c.Algebra.Dot(own, x)
                : throw new FormulaException(
                    $"{own.Own[0]} probabilities do not fit what the mean is taken of, whose shape is {x.Own}.");
        if (Axes.Length == 0 || Weights is null && !Axes.Any(x.Has))
            return OverEntries(c, x);
        Quantity mean = Weights is { } weights
            ? c.Algebra.SumOver(c.Algebra.Multiply(c.Algebra.Stretch(x, Axes), weights), Axes)
            : Axes.Where(x.Has).Aggregate(x, (left, axis) =>
                c.Algebra.Divide(c.Algebra.SumOver(left, axis), c.Algebra.Number(axis.Size)));
        if (IsSampled)
            NoteError(c, x, mean);
        if (IsQuadrature)
            NoteRoughness(c, x, mean);
        return mean;
    }

    /// <summary>How far the mean over every other point is from that over all.</summary>
    private void NoteRoughness(Interpreter c, Quantity x, Quantity mean)
    {
        double[] half = [.. Weights!.Value.Node.Values.Select((weight, i) => i % 2 == 0 ? 2 * weight : 0)];
        Quantity rough = c.Algebra.SumOver(
            c.Algebra.Multiply(c.Algebra.Stretch(x, Axes), c.Algebra.Along(Axes[0], half)), Axes);
        double error = 0;
        for (int i = 0; i < mean.Node.Values.Length; i++)
        {
            double value = mean.Node.Values[i], difference = Math.Abs(rough.Node.Values[i] - value);
            if (!double.IsFinite(value))
                c.Warn($"the expectation over {Axes[0].Name} is not finite, or not defined everywhere.");
            else if (!(difference <= Exact * Math.Max(1, Math.Abs(value))))
                error = Math.Max(error, difference);
        }
        if (error > 0)
            c.Warn(FormattableString.Invariant(
                $"the expectation over {Axes[0].Name} has an error of about {error:G1}: the function is rough."));
    }

    private static Quantity OverEntries(Interpreter c, Quantity x)
    {
        if (x.Rank > 0)
            return c.Algebra.Mean(x);
        Axis[] free = [.. c.Free.Values.Select(running => running.Axis!)
            .Where(axis => x.Has(axis) && !c.IsLeftIndex(axis.Name))];
        return free.Aggregate(x, (left, axis) =>
            c.Algebra.Divide(c.Algebra.SumOver(left, axis), c.Algebra.Number(axis.Size)));
    }

    /// <summary>The standard deviation of the samples over the root of their number.</summary>
    private void NoteError(Interpreter c, Quantity x, Quantity mean)
    {
        Quantity distance = c.Algebra.Subtract(x, mean);
        Quantity squares = c.Algebra.SumOver(c.Algebra.Map(Elementary.Square, distance), Axes);
        int count = Axes.Where(x.Has).Aggregate(1, (product, axis) => product * axis.Size);
        double error = squares.Node.Values.Length == 0 ? 0 : Math.Sqrt(squares.Node.Values.Max()) / count;
        c.StandardError = Math.Max(c.StandardError ?? 0, error);
    }
}

/// <summary>Finds out what a mean is taken over.</summary>
internal static class Averages
{
    // In standard deviations; beyond it the density is less than any number.
    private const double Reach = 38;
    private const int Points = 9600;

    /// <summary>The letters below 𝔼 run from here on.</summary>
    public static Average Enter(Interpreter c, Expectation node, Scope scope)
    {
        if (node.Over.FirstOrDefault(over => over is Number) is { } number)
            throw NodeRules.NoValue(number, "an expectation over a number (a power is written (𝔼[x])²) has");
        if (node.Over is [Symbol or Call] && OfTable(c, node, scope) is { } weighted)
            return weighted;
        Relation[] drawn = [.. node.Over.OfType<Relation>().Where(relation =>
            relation is { Members.Count: 2 } && relation.Operators[0].Kind == RelationKind.Distributed)];
        if (drawn is [{ Members: [Symbol variable, var source] }])
        {
            bool isBound = c.Store.Find(variable.Name) is { Shape.Rank: > 0 };
            if (!isBound && source is Call { Function: Symbol } named
                && Named(c, node, variable.Name, named, scope) is { } known)
                return known;
            if (Table(c, variable, source, node, scope) is { } table)
                return table;
        }
        else if (drawn.Length > 1)
        {
            Average all = new(scope, []) { IsSampled = true };
            foreach (Relation relation in drawn)
                if (relation is { Members: [Symbol one, Call { Function: Symbol } call] }
                    && c.Store.Find(one.Name) is null)
                    all = Sampled(c, all, one.Name, call);
            if (all.Axes.Length > 0)
                return all;
        }
        return SampleRows.Enter(c, node, scope) ?? OverIndices(c, node, scope);
    }

    /// <summary>𝔼_{p(x)}[f(x)] and 𝔼_p[log q] with a bound list p of probabilities.</summary>
    private static Average? OfTable(Interpreter c, Expectation node, Scope scope)
    {
        if (node.Over[0] is Call { Function: Symbol of, Arguments: [Symbol { IsBare: true } named] } call
            && c.StoredFunction(of, scope) is { Shape.Rank: > 0 } && c.Store.Find(named.Name) is null)
            return Table(c, named, call, node, scope);
        if (node.Over[0] is Call && c.Store.Find(node.Over[0]) is { Shape.Rank: 1 } weights
            && AreProbabilities(weights.Quantity().Node.Values))
            return new(scope, []) { OwnWeights = weights.Quantity() };
        if (node.Over[0] is not Symbol table || c.Store.Find(table.Name) is not { Shape.Rank: 1 } stored
            || !AreProbabilities(stored.Quantity().Node.Values))
            return null;
        string[] letters = [.. node.Arguments[0].All().OfType<Call>().SelectMany(inner => inner.Arguments)
            .OfType<Symbol>().Where(c.Lookup.MayRun).Select(letter => letter.Name).Distinct(StringComparer.Ordinal)];
        if (letters is [var letter] && scope.Find(letter) is null)
            return Table(c, new Symbol(letter), table, node, scope);
        c.Note($"the expectation under {table.Name} is exact: weighted with the probabilities.");
        return new(scope, []) { OwnWeights = stored.Quantity() };
    }

    private static bool AreProbabilities(double[] values) =>
        Array.TrueForAll(values, value => value >= 0) && Math.Abs(values.Sum() - 1) < 1e-6;

    /// <summary>𝔼ᵢ, 𝔼_{x∼D} where lists say how far the letters run.</summary>
    private static Average OverIndices(Interpreter c, Expectation node, Scope scope)
    {
        Symbol[] letters =
        [
            .. node.Over.SelectMany(over => over is Relation relation ? relation.Members[0].All() : over.All())
                .OfType<Symbol>().Where(symbol => symbol.IsBare && c.Store.Find(symbol.Name) is null),
        ];
        var axes = new List<Axis>();
        Scope inner = scope;
        Expression body = new Collection(CollectionKind.Tuple, node.Arguments);
        bool isDrawn = node.Over.Any(over => over is Relation);
        foreach (Symbol letter in letters)
            if (scope.Find(letter.Name) is null && !c.Store.IsMark(letter.Name)
                && (IsSubscript(letter, body) || !isDrawn && !HasWholeList(c, body))
                && c.Ranges.Range(letter.Name, c.Ranges.Uses(body, inner, [letter.Name]), inner) is { } range
                && range.To >= range.From)
            {
                Running running = c.Run(letter.Name, range.From, range.To);
                inner = inner.With(running);
                axes.Add(running.Axis!);
            }
        return new(inner, [.. axes]);
    }

    /// <summary>Whether the letter is an index; x ∼ D only says what the entries of the lists are.</summary>
    private static bool IsSubscript(Symbol letter, Expression body) =>
        body.All().OfType<Symbol>().Any(symbol => symbol.Subscripts.Any(mark => mark.All().Contains(letter)));

    // The ε of ‖ε − ε_θ(x_t, t)‖² goes number by number with what ε_θ gives.
    private static bool HasWholeList(Interpreter c, Expression body) => body switch
    {
        Symbol symbol => symbol.IsBare && c.Store.Find(symbol.Name) is { Shape.Rank: > 0 },
        Call { Function: Symbol function } when c.Store.Find(function.Name) is not null => false,
        _ => body.Children.Any(child => HasWholeList(c, child)),
    };

    /// <summary>x ∼ p with a bound list p of probabilities: exact.</summary>
    private static Average? Table(Interpreter c, Symbol variable, Expression source, Expectation node, Scope scope)
    {
        Symbol? function = source as Symbol ?? (source as Call)?.Function as Symbol;
        if (function is null || c.StoredFunction(function, scope) is not { Shape.Rank: > 0 })
            return null;
        Call weight = source is Call call
            && call.Arguments is [Symbol { Letter: "dot" or "·" or "cdot" } or Words or Ellipsis, ..]
            ? call with { Arguments = [variable, .. call.Arguments.Skip(1)] }
            : source as Call ?? new Call(function, variable);
        Entered entered = RangeReader.Enter(c, new Range([variable]), weight, scope);
        if (entered.Indices.Count == 0)
            return null;
        Quantity weights = c.Silently(() => c.Evaluate(weight, entered.Scope));
        int tables = weights.Node.Values.Length / Math.Max(1, entered.Axes[0].Size);
        double total = weights.Node.Values.Sum() / Math.Max(1, tables);
        if (!(Math.Abs(total - 1) < 1e-6) || Array.Exists(weights.Node.Values, value => value < 0))
        {
            c.Note($"{function.Name} is no list of probabilities that add up to 1; the mean is over the list.");
            return null;
        }
        c.Note(
            $"the expectation over {variable.Name} ∼ {function.Name} is exact: weighted with the probabilities.");
        return new(entered.Scope, entered.Axes) { Weights = weights };
    }

    /// <summary>x ∼ 𝒩(μ, σ²), U(a, b), Bernoulli(p).</summary>
    private static Average? Named(Interpreter c, Expectation node, string variable, Call source, Scope scope)
    {
        string? name = NameOf(source);
        if (name is null)
            return null;
        Quantity[] settings = [.. source.Arguments.Select(argument => c.Evaluate(argument, scope))];
        if (name == "bernoulli" && settings is [{ Rank: 0 } chance])
            return Bernoulli(c, variable, chance, scope);
        if (settings.Length != 2)
            return null;
        if (name == "normal")
            settings[1] = Variance(c, source.Arguments[1], settings[1]);
        if (settings[0].Rank > 0 || node.Over.Count > 1)
            return Sampled(c, new(scope, []) { IsSampled = true }, variable, source);
        return name == "normal" ? Normal(c, variable, settings, scope) : Uniform(c, variable, settings, scope);
    }

    /// <summary>What stands second in N(μ, σ²): a variance, unless it is the letter of a deviation.</summary>
    public static Quantity Variance(Interpreter c, Expression written, Quantity value)
    {
        if (written is not Symbol { Letter: "sigma", Superscripts.Count: 0 } || value.Rank == 2)
            return value;
        c.Note("the second setting of the normal distribution is σ, so it is taken as its standard deviation; a "
            + "variance is written σ².");
        return c.Algebra.Map(Elementary.Square, value);
    }

    private static string? NameOf(Call source) => ((Symbol)source.Function).Letter switch
    {
        "N" or "Normal" => "normal",
        "U" or "Uniform" or "Unif" => "uniform",
        "Bernoulli" or "Bern" or "Ber" => "bernoulli",
        _ => null,
    };

    private static Average Bernoulli(Interpreter c, string variable, Quantity chance, Scope scope)
    {
        Axis axis = c.NewAxis(variable, 2);
        Quantity x = c.Algebra.Along(axis, [0, 1]), one = c.Algebra.Number(1);
        Quantity weights = c.Algebra.Add(
            c.Algebra.Multiply(x, chance),
                c.Algebra.Multiply(c.Algebra.Subtract(one, x), c.Algebra.Subtract(one, chance)));
        return new(scope.With(new(variable, x) { Axis = axis }), [axis]) { Weights = weights };
    }

    /// <summary>x = μ + σε by the trapezoidal rule over ε, which is exact to rounding for smooth functions.</summary>
    private static Average Normal(Interpreter c, string variable, Quantity[] settings, Scope scope)
    {
        double step = 2 * Reach / Points;
        double[] points = [.. Enumerable.Range(0, Points).Select(i => -Reach + (i + 0.5) * step)];
        Axis axis = c.NewAxis(variable, Points);
        Quantity deviation = c.Algebra.Map(Elementary.Sqrt, settings[1] with { IsIdentity = false });
        Quantity x = c.Algebra.Add(settings[0], c.Algebra.Multiply(deviation, c.Algebra.Along(axis, points)));
        return Quadrature(c, scope.With(new(variable, x) { Axis = axis }), axis,
            Array.ConvertAll(points, e => step * Math.Exp(-e * e / 2) / Math.Sqrt(2 * Math.PI)));
    }

    /// <summary>
    /// x = a + (b − a)·s with s = u³(10 − 15u + 6u²), by the trapezoidal rule over u: as s is flat at its ends, the
    /// rule takes functions that are infinite there, like log x.
    /// </summary>
    private static Average Uniform(Interpreter c, string variable, Quantity[] settings, Scope scope)
    {
        double[] steps = [.. Enumerable.Range(0, Points).Select(i => (i + 0.5) / Points)];
        Axis axis = c.NewAxis(variable, Points);
        Quantity width = c.Algebra.Subtract(settings[1], settings[0]);
        double[] points = Array.ConvertAll(steps, u => u * u * u * (10 + u * (6 * u - 15)));
        Quantity x = c.Algebra.Add(settings[0], c.Algebra.Multiply(width, c.Algebra.Along(axis, points)));
        return Quadrature(c, scope.With(new(variable, x) { Axis = axis }), axis,
            Array.ConvertAll(steps, u => 30 * u * u * (1 - u) * (1 - u) / Points));
    }

    private static Average Quadrature(Interpreter c, Scope scope, Axis axis, double[] weights)
    {
        c.Note($"the expectation over {axis.Name} is an integral over its density, computed by quadrature.");
        return new(scope, [axis]) { Weights = c.Algebra.Along(axis, weights), IsQuadrature = true };
    }

    /// <summary>Random samples; several variables share the axis of the samples.</summary>
    private static Average Sampled(Interpreter c, Average average, string variable, Call source)
    {
        if (NameOf(source) is not { } name)
            return average;
        int count = c.Options.Samples;
        Axis axis = average.Axes.Length > 0 ? average.Axes[0] : c.NewAxis("sample", count);
        Quantity[] settings = [.. source.Arguments.Select(argument => c.Evaluate(argument, average.Scope))];
        if (settings.Length != (name == "bernoulli" ? 1 : 2))
            throw NodeRules.NoValue(source, $"a {name} distribution of {settings.Length} settings has");
        if (name == "normal")
            settings[1] = Variance(c, source.Arguments[1], settings[1]);
        Shape own = settings[0].Rank > 0 ? settings[0].Own : settings[^1].Own;
        c.Tape.Charge((long)count * own.ElementCount, 0);
        var numbers = new double[count * own.ElementCount];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = name == "normal" ? c.Random.NextNormal() : c.Random.NextDouble();
        var noise = new Quantity(c.Tape.Constant([count, .. own], numbers), [axis]);
        Quantity x = name switch
        {
            "normal" when settings is [{ Rank: 1 }, { Rank: 2 }] => c.Algebra.Add(
                settings[0], c.Algebra.MatrixProduct(noise, PowerRules.SymmetricPower(c, settings[1], 0.5))),
            "normal" => c.Algebra.Add(settings[0], c.Algebra.Multiply(
                c.Algebra.Map(Elementary.Sqrt, settings[1] with { IsIdentity = false }), noise)),
            "uniform" => c.Algebra.Add(
                settings[0], c.Algebra.Multiply(c.Algebra.Subtract(settings[1], settings[0]), noise)),
            _ => c.Algebra.Zip(ConstantPairRule.Holds((u, p) => u < p), noise, settings[0], "∼"),
        };
        c.Note($"the expectation over {variable} is the mean of {count} random samples.");
        return new(average.Scope.With(new(variable, x) { Axis = axis }), [axis]) { IsSampled = true };
    }
}
