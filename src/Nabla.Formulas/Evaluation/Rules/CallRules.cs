using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Functions applied to arguments: those of the formula itself, bound ones, known ones.</summary>
internal static class CallRules
{
    private static readonly FrozenSet<string> FunctionLetters =
        new[] { "f", "g", "h", "p", "q", "r", "u", "v", "pi", "phi", "psi" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The value of a call.</summary>
    public static Quantity Call(Interpreter c, Call call, Scope scope)
    {
        if (call.Function is Annotated annotated)
            return c.Evaluate(call with { Function = annotated.Inner }, scope);
        if (call.Function is not Symbol symbol)
            throw NodeRules.NoValue(call, "a function that is put together from others has");
        if (c.Definitions.FindFunction(symbol.Name) is { } defined && defined.Parameters.Count == call.Arguments.Count)
            return Invoke(c, defined, call, scope);
        if (Derived(c, symbol, call) is { } derivative)
            return Invoke(c, derivative, call, scope);
        if (c.StoredFunction(symbol, scope) is { } stored)
            return IsFactor(c, symbol, call, stored) ? Factor(c, symbol, call, scope) : c.Evaluate(symbol, scope);
        if ((PrimedFunction.WrittenOut(call) ?? SteepFunction.WrittenOut(call) ?? NormalLetters.WrittenOut(c, call))
            is { } written)
            return c.Evaluate(written, scope);
        if (symbol is { Letter: "P" or "Pr", IsBare: true } && call.Arguments is [Relation condition, ..]
            && condition.Operators.All(Sides.IsOrder) && call.Arguments.Count == 1 + call.Given.Count())
            return c.Evaluate(new Expectation(
                ExpectationKind.Probability, [], [condition], [.. call.Given]), scope);
        if (WithSetting(call, symbol) is { } setting)
            return c.Evaluate(setting, scope);
        if (FunctionTable.Find(call) is not { } function)
            throw Unknown(c, call, symbol);
        if (call.Arguments is [_, .., Ellipsis, _])
        {
            var list = new Collection(CollectionKind.List, call.Arguments);
            call = call with { Arguments = function.Name == "concat" ? Series.Listed(c, list, scope) : [list] };
        }
        if (call.Arguments.Count < function.Least || call.Arguments.Count > function.Most)
            throw new FormulaException(
                $"{symbol.Letter} takes {Counted(function)}, not {call.Arguments.Count}.", call.Source.Start,
                    Counted(function));
        PowerSense sense = MatrixForms.In(function.Name, c.PowerSense);
        Quantity[] values =
            [.. call.Arguments.Select(argument => c.EvaluateIn(sense, Entries(call, argument), scope))];
        if (function.Name == "log" && symbol.Subscripts.Count == 0 && SoftplusOf(call.Arguments) is { } softplus)
            return c.Evaluate(softplus, scope);
        if (function.Name == "log" && c.PowerSense == PowerSense.OfMatrix && values[0] is { Rank: 2 } matrix
            && matrix.Own[0] == matrix.Own[1])
            throw NodeRules.NoValue(call, "the logarithm of a matrix has");
        Quantity value = function.Name == "exp" ? MatrixExponential.Of(c, call.Arguments[0], values[0])
            : function.Apply(new(c, values, call, scope));
        return symbol.Subscripts.Count > 0 && function.Name is "softmax" or "log_softmax"
            && Lists.AxisBelow(call, values[0]) is null
            ? BracketRules.Elements(c, symbol.Letter, value, symbol.Subscripts, scope)
            : value;
    }

    // max |W| is the largest of the entries' absolute values, not something of the determinant.
    private static Expression Entries(Call call, Expression argument) =>
        call.Arguments.Count == 1 && call.Letter is "max" or "min" or "sum" or "mean"
        && argument is Delimited { Kind: DelimiterKind.Absolute, Items: [Symbol letter] }
            ? new Call(new Symbol("abs"), letter) : argument;

    /// <summary>G(C/6)ᵃ as G·(C/6)ᵃ where G is a number before a bracket and no function; else null.</summary>
    public static Product? PowerOfFactor(Interpreter c, Power power, Scope scope) =>
        power.Base is Call { Function: Symbol symbol } call && c.Definitions.FindFunction(symbol.Name) is null
        && c.StoredFunction(symbol, scope) is { } stored && IsFactor(c, symbol, call, stored)
            ? new([symbol, power with { Base = call.Arguments[0] }]) : null;

    private static Quantity Invoke(
        Interpreter c, (NodeList<Expression> Parameters, Expression Body) function, Call call, Scope scope)
    {
        Scope inner = scope.Mask is { } mask ? Scope.Empty.Within(mask) : Scope.Empty;
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            string parameter = ((Symbol)function.Parameters[i]).Name;
            bool isItself = call.Arguments[i] is Symbol own && own.Name == parameter && scope.Find(parameter) is null
                && c.Store.Find(parameter) is not null; // B(p, q) of lists p and q, whose p(x) are entries
            if (!isItself)
                inner = inner.With(new(parameter, c.Evaluate(call.Arguments[i], scope)));
        }
        return c.Invoke(function.Body, inner);
    }

    /// <summary>softmax_τ(x) is that of x/τ, LeakyReLU_{0.2} has the slope 0.2; null of other calls.</summary>
    public static Call? WithSetting(Call call, Symbol symbol)
    {
        if (symbol.Subscripts is not [var below] || call.Arguments is not [var x])
            return null;
        Symbol plain = symbol with { Subscripts = [] };
        return (KnownFunctions.NameOf(call), below) switch
        {
            ("softmax" or "log_softmax", Symbol { Letter: "tau" or "T", IsBare: true }) =>
                new Call(plain, new Quotient(x, below)),
            ("softmax" or "log_softmax", Symbol { Letter: "beta", IsBare: true }) =>
                new Call(plain, new Product([below, x])),
            ("leaky_relu", Number or Symbol { Letter: "alpha" }) => new Call(plain, x, below),
            _ => null,
        };
    }

    // log(1 + eˣ) is x for large x, where eˣ has no double.
    private static Call? SoftplusOf(NodeList<Expression> arguments)
    {
        Expression? exponent = arguments is [Sum { Terms: [Number { Value: 1 }, var power] }] ? power switch
        {
            Power { Base: Symbol { Name: "e", Kind: SymbolKind.Constant } } raised => raised.Exponent,
            Call { Letter: "exp", Arguments: [var x] } => x,
            _ => null,
        } : null;
        return exponent is null ? null : new Call(new Symbol("softplus") { Kind = SymbolKind.Function }, exponent);
    }

    // f′ and f″ of an f that the formula itself defines
    private static (NodeList<Expression> Parameters, Expression Body)? Derived(
        Interpreter c, Symbol symbol, Call call)
    {
        if (symbol.Primes is not (1 or 2) || call.Arguments.Count != 1 || c.Store.Find(symbol.Name) is not null
            || c.Definitions.FindFunction((symbol with { Primes = 0 }).Name) is not { } function
            || function.Parameters is not [Symbol by])
            return null;
        Expression body = function.Body;
        for (int i = 0; i < symbol.Primes; i++)
            body = DerivativeRules.Symbolic(c, body, by)
                ?? throw NodeRules.NoValue(call, $"{symbol.Letter} has no derivative in closed form: this one has");
        return (function.Parameters, body);
    }

    /// <summary>δ(|a| − δ/2) with a number δ is a product, where p(x) with a number p is that number.</summary>
    private static bool IsFactor(Interpreter c, Symbol symbol, Call call, Stored stored)
    {
        if (call.Arguments is not [Sum or Quotient or Product])
            return false;
        bool isElement = !symbol.IsBare && c.Store.Find(symbol.Name) is null;
        return isElement || stored.Shape.Rank == 0
            && (IsNumberBefore(symbol, call, isBound: true) || IsConstantBefore(c, symbol, call));
    }

    /// <summary>
    /// G(C/6) with numbers G and C, N_0(1/2)ᵗ: nobody gives C for a value of G alone, and what N_0 is at 1/2.
    /// </summary>
    private static bool IsConstantBefore(Interpreter c, Symbol symbol, Call call)
    {
        Symbol[] inside = [.. call.Arguments[0].All().OfType<Symbol>().Where(part => part.Kind == SymbolKind.Variable)];
        return (symbol.Subscripts.Count > 0 || symbol.Letter is [>= 'A' and <= 'Z'] && inside.Length > 0)
            && Array.TrueForAll(inside, part => c.Store.Find(part.Name) is not null);
    }

    /// <summary>
    /// Whether the name of a number before a sum, a quotient or a product in brackets is a factor: δ is, f is not; p, q
    /// and r only where a number is bound to them.
    /// </summary>
    public static bool IsNumberBefore(Symbol symbol, Call call, bool isBound)
    {
        bool isFactorOfSum = isBound && call.Arguments is [Sum sum] // r(d + k), but the reward r(t + 1)
            && (symbol.Letter is "p" or "q" || symbol.Letter is "r" && !sum.Terms.Any(term => term is Number));
        return symbol.Letter is not [>= 'A' and <= 'Z', ..]
            && (!FunctionLetters.Contains(symbol.Letter) || isFactorOfSum);
    }

    private static Quantity Factor(Interpreter c, Symbol symbol, Call call, Scope scope)
    {
        c.Note($"{symbol.Name} is bound to numbers, so {symbol.Name}(…) is a product.");
        return c.Algebra.Multiply(c.Evaluate(symbol, scope), c.Evaluate(call.Arguments[0], scope));
    }

    private static string Counted(Function function) => function.Least == function.Most
        ? $"{function.Least} argument{(function.Least == 1 ? "" : "s")}"
        : $"{function.Least} to {function.Most} arguments";

    private static FormulaException Unknown(Interpreter c, Call call, Symbol symbol)
    {
        string bound = c.Store.Names.Count == 0 ? "" : $" (bound: {string.Join(", ", c.Store.Names.Take(20))})";
        return new FormulaException(
            $"{symbol.Name} is no function that is known, and it is not bound{bound}; "
            + $"{c.Store.Remedy(symbol.Name)}.",
            call.Source.Start, $"a value for {symbol.Name}");
    }
}
