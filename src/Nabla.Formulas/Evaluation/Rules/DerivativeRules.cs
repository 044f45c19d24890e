using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// Derivatives inside a formula: symbolic where there is one, which can be differentiated further; otherwise by the
/// backward pass at this place. One that is only named, ∇L, is bound under its name.
/// </summary>
internal static class DerivativeRules
{
    // What differentiating a part of a formula leaves behind, in numbers.
    private const int NumbersOfPart = 400;

    /// <summary>d/dx of an expression; a named one, dL/dw, is found among the bindings.</summary>
    public static Quantity Derivative(Interpreter c, Derivative derivative, Scope scope)
    {
        if (derivative.Of is null)
            throw NodeRules.NoValue(derivative, "a derivative of nothing has");
        string[] by = [.. derivative.Variables.OfType<Symbol>().Select(Plain)];
        string of = NameOf(derivative.Of);
        if (Named(c, [.. by.Select(name => $"d{of}/d{name}"), .. by.Select(name => $"d{of}_d{name}"),
            .. by.Select(name => $"grad_{name}_{of}"), .. by.Select(name => $"grad_{name}")]) is { } named)
            return named;
        Expression body = Body(c, derivative.Of, by) ?? throw Unbound(derivative, $"d{of}/d{string.Join("d", by)}");
        Quantity value = default;
        for (int i = 0; i < derivative.Variables.Count; i++)
        {
            if (derivative.Variables[i] is not Symbol variable)
                throw NodeRules.NoValue(derivative, "a derivative by something that is no symbol has");
            bool isLast = i == derivative.Variables.Count - 1;
            Symbol plain = variable with { Prefix = variable.Prefix == "d" ? "" : variable.Prefix };
            if (Symbolic(c, body, plain) is { } symbolic && (!isLast || Fits(c, plain, scope)))
                body = symbolic;
            else if (isLast)
                return ByElement(c, body, plain, scope) ?? Backward(c, body, plain.Name, scope);
            else
                throw NodeRules.NoValue(derivative, "a higher derivative that has no closed form has");
            value = isLast ? c.Evaluate(body, scope) : value;
        }
        return value;
    }

    /// <summary>∇ of an expression; a named one, ∇L, is found among the bindings.</summary>
    public static Quantity Gradient(Interpreter c, Gradient gradient, Scope scope)
    {
        if (gradient is { Of: null, Variables.Count: 0 } && Named(c, ["grad", "nabla"]) is { } alone)
            return alone;
        if (gradient.Of is null || gradient.Kind != GradientKind.Gradient)
            throw NodeRules.NoValue(gradient, "this use of ∇ has");
        string of = NameOf(gradient.Of);
        string[] by = [.. gradient.Variables.OfType<Symbol>().Select(Plain)];
        if (Named(c, [.. by.SelectMany(name => new[] { $"grad_{name}_{of}", $"nabla_{name}_{of}", $"d{of}/d{name}" }),
            $"grad_{of}", $"nabla_{of}", $"∇{of}", "grad"]) is { } named)
            return named;
        Expression body = Body(c, gradient.Of, by) ?? throw Unbound(gradient, $"grad_{of}");
        if (by.Length > 0 && !Mentions(c, body, by, []))
            throw NodeRules.NoValue(gradient, $"∇ by {string.Join(", ", by)} of what does not contain it (put brackets "
                + "around all that it is taken of) has");
        if (by.Length == 0)
            by = [.. body.All().OfType<Symbol>().Select(symbol => symbol.Name)
                .Where(name => c.Store.Find(name) is not null)
                .Distinct(StringComparer.Ordinal)];
        if (gradient.Variables is [Symbol only] && Plain(only) == only.Name && Fits(c, only, scope)
            && !IsDefinedOnTheWay(c, body) && Symbolic(c, body, only) is { } symbolic)
            return c.Evaluate(symbolic, scope);
        if (gradient.Variables is [Symbol element] && ByElement(c, body, element, scope) is { } entry)
            return entry;
        if (by.Length == 1)
            return Backward(c, body, by[0], scope);
        Quantity[] parts = [.. by.Select(name => Backward(c, body, name, scope))];
        if (parts.Length == 0 || parts.Any(part => !part.IsNumber))
            throw NodeRules.NoValue(gradient, "∇ by letters that are not written below it has");
        return new(Rearranging.Reshape(
            c.Tape, Rearranging.Concat(c.Tape, [.. parts.Select(part => part.Node)]), [parts.Length]));
    }

    // In ∇_w λ ‖w‖² the sign would reach over λ only, and ∇_θ 2L has an L of which nothing is said: 0 means nobody.
    private static bool Mentions(Interpreter c, Expression body, string[] by, HashSet<string> seen) =>
        body.All().OfType<Symbol>().Any(symbol => by.Contains(symbol.Name) || by.Contains(symbol.StemName)
            || seen.Add(symbol.Name) && Definition(c, symbol) is { } said && Mentions(c, said, by, seen));

    private static bool IsDefinedOnTheWay(Interpreter c, Expression body) => body.All().OfType<Symbol>()
        .Any(symbol => c.Store.Find(symbol.Name) is null && Definition(c, symbol) is not null);

    private static Expression? Definition(Interpreter c, Symbol symbol) => c.Definitions.Find(symbol.Name)
        ?? c.Definitions.FindFunction(symbol.Name)?.Body ?? c.Definitions.FindElement(symbol)?.Body;

    /// <summary>The derivative by a number as a formula, or null.</summary>
    public static Expression? Symbolic(Interpreter c, Expression body, Symbol by)
    {
        c.Tape.Budget.Charge("differentiating", 0, NumbersOfPart * body.All().LongCount());
        return Differentiator.Derivative(body, by, Ranks.Infer(body, budget: c.Tape.Budget))
            is { Form: DerivativeForm.Entrywise } symbolic ? symbolic.Formula : null;
    }

    /// <summary>dy/dx by the backward pass of the part so far; no further derivative goes through it.</summary>
    private static Quantity Backward(Interpreter c, Expression body, string name, Scope scope)
    {
        Quantity at = scope.Find(name)?.Value ?? c.Store.Find(name)?.Quantity()
            ?? throw new FormulaException(
                $"the derivative is by {name}, which is not bound; {c.Store.Remedy(name)}.");
        var variable = new Quantity(c.Tape.Variable(at.Node.Shape, at.Node.Values), at.Axes);
        Quantity value = c.Silently(() => scope.Find(name) is { } running
            ? c.Evaluate(body, scope.With(new(name, variable) { Axis = running.Axis }))
            : c.Store.With(name, variable, () => c.Symbols.Anew(() => c.Evaluate(body, scope))));
        double[] slope = Slope(c, body, value, variable);
        c.HideGradients(body.All().OfType<Symbol>().Append(new Symbol(name)),
            "no gradient goes through the derivative inside the formula");
        return at with { Node = c.Tape.Constant(at.Node.Shape, slope) };
    }

    // Of a list by a list there are as many derivatives as pairs of entries, unless each entry goes with its own: then
    // entries that count more have just so much more of a slope.
    private static double[] Slope(Interpreter c, Expression body, Quantity value, Quantity by)
    {
        double[] of(Quantity weighted)
        {
            c.Tape.Differentiate(weighted.Node);
            return (double[])by.Node.Slope().Clone();
        }

        double[] slope = of(value);
        if (value is { Rank: 0, Axes.Length: 0 } || by.Rank == 0)
            return slope;
        bool isEntrywise = value.Own.Equals(by.Own) && value.Axes.Length == 0;
        if (isEntrywise)
        {
            double[] weights = [.. Enumerable.Range(0, slope.Length).Select(i => 1 + (i * 0.6180339887 + 0.3) % 1)];
            double[] weighted = of(c.Algebra.Multiply(value, new(c.Tape.Constant(value.Node.Shape, weights))));
            isEntrywise = Enumerable.Range(0, slope.Length).All(i => double.IsNaN(slope[i])
                || Math.Abs(weighted[i] - weights[i] * slope[i]) <= 1e-9 * Math.Max(1, Math.Abs(weighted[i])));
        }
        return isEntrywise ? slope : throw new FormulaException("the derivative of a list by a list is a table of all "
            + "pairs (the Jacobian), which is not computed here; take one entry, or a sum.", body.Source.Start,
            "one number");
    }

    /// <summary>∂/∂x_j: the entry of the derivative by the list x; null where x_j is no entry of one.</summary>
    private static Quantity? ByElement(Interpreter c, Expression body, Symbol by, Scope scope)
    {
        if (scope.Find(by.Name) is not null || c.Store.Find(by.Name) is not null
            || c.AccessOf(by, scope, name => c.Runs(name, scope)) is not { } access
            || c.Store.Find(access.Name) is null)
            return null;
        string[] running = [.. access.Indices.SelectMany(index => index.Index.All()).OfType<Symbol>()
            .Select(symbol => symbol.Name)];
        if (body.All().Any(node => node is Symbol symbol && running.Contains(symbol.Name, StringComparer.Ordinal)))
            throw NodeRules.NoValue(by, "a derivative by an entry whose index stands in what is differentiated has");
        Quantity slope = Backward(c, body, access.Name, scope);
        return c.Elements(access with { Table = () => slope }, scope, isCall: false);
    }

    /// <summary>A symbolic derivative is for numbers; by a list the backward pass is surer.</summary>
    private static bool Fits(Interpreter c, Symbol variable, Scope scope) =>
        scope.Find(variable.Name) is { } running ? running.Value.Rank == 0
            : c.Store.Find(variable.Name) is { Shape.Rank: 0 };

    private static string Plain(Symbol symbol) => symbol.Prefix == "d" ? (symbol with { Prefix = "" }).Name
        : symbol.Name;

    private static string NameOf(Expression of) => of switch
    {
        Symbol symbol => Plain(symbol),
        Call { Function: Symbol function } => function.Name,
        _ => "",
    };

    /// <summary>What is differentiated, where it is an expression or a function that the formula defines.</summary>
    private static Expression? Body(Interpreter c, Expression of, string[] by) => of switch
    {
        Symbol symbol when c.Definitions.FindFunction(Plain(symbol)) is { } function && by.Length > 0
            && by.All(name => function.Parameters.Any(parameter => parameter is Symbol one && one.Name == name)) =>
            function.Body,
        Symbol symbol when c.Definitions.Find(Plain(symbol)) is { } defined => defined,
        Symbol { Prefix: "d" } or Symbol => null,
        Call { Function: Symbol function } call when c.Definitions.FindFunction(function.Name) is { } defined
            && defined.Parameters.SequenceEqual(call.Arguments) => defined.Body,
        Call call when Functions.FunctionTable.Find(call) is null
            && (call.Function is not Symbol name || c.Definitions.FindFunction(name.Name) is null) => null,
        _ => of,
    };

    private static Quantity? Named(Interpreter c, IEnumerable<string> names) =>
        names.Select(c.Store.Find).FirstOrDefault(stored => stored is not null)?.Quantity();

    private static FormulaException Unbound(Expression node, string name) => new(
        $"the derivative {name} is only named; bind it under this name, {name}=VALUE, "
        + "or give a formula to differentiate.",
        node.Source.Start, $"a value for {name}");
}
