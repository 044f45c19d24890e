using System.Collections.Frozen;
using Nabla.Formulas.Trees;
using static Nabla.Formulas.Knowledge.Gists.GistOps;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// Calls. A known function stays, with its arguments. Of an unknown one, f(x) or p(y | x), there stays the name, and
/// whether something is given; the arguments only if they are more than names, as in φ(Wx + b).
/// </summary>
internal static class CallGists
{
    private static readonly FrozenDictionary<string, Func<Gist[], Gist>> Definitions =
        new Dictionary<string, Func<Gist[], Gist>>(StringComparer.Ordinal)
        {
            ["lg"] = arguments => new Gist(Log, arguments),
            ["sqrt"] = arguments => new Gist(Sqrt, arguments),
            ["log_sigmoid"] = arguments => new Gist(Log, new Gist(Sigmoid, arguments)),
            ["log_softmax"] = arguments => new Gist(Log, new Gist(Softmax, arguments)),
            ["logsumexp"] = arguments => new Gist(Log, new Gist(Total, new Gist(Exp, arguments))),
            ["norm"] = arguments => new Gist(Norm, arguments),
            ["mean"] = arguments => new Gist(Mean, arguments),
            ["dot"] = GistAlgebra.Multiply,
            ["max"] = GistAlgebra.Largest,
            [Sigmoid] = arguments => new Gist(IsScaledProduct(arguments) ? Softmax : Sigmoid, arguments),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Gist Build(Call call)
    {
        if (IsSlope(call))
            return new Gist(GistOps.Derivative,
                Build(call with { Function = (Symbol)call.Function with { Primes = 0 } }));
        string? known = KnownFunctions.NameOf(call);
        if (call.Function is Symbol symbol)
        {
            if (IsDivergence(symbol, call))
                return new Gist(Kl, GistBuilder.Built(call.Arguments));
            if (IsNormal(symbol, call))
                return new Gist(Normal,
                    GistBuilder.Built(call.Arguments.Skip(call.Separators is [";" or "|", ..] ? 1 : 0)));
            if (known is null)
                return Unknown(call, symbol);
        }
        Gist[] arguments = GistBuilder.Built(call.Arguments);
        if (known is null)
            return new Gist(Apply, [GistBuilder.Build(call.Function), .. arguments]);
        return Definitions.TryGetValue(known, out Func<Gist[], Gist>? define)
            ? define(arguments) : new Gist(known, arguments);
    }

    // f′(x) and σ′(z), not V′(s) or p′(x), which are other functions of the kind.
    private static bool IsSlope(Call call) =>
        call is { Function: Symbol { Primes: 1 } function, Arguments.Count: 1 } &&
        (function.Letter is "f" or "g" or "h" or "phi" or "psi" or "F" or "G" ||
            KnownFunctions.NameOf(call) is not null);

    /// <summary>KL(…) where it was read as K times L(…), or null.</summary>
    public static Call? Joined(Expression factor, Expression? next) =>
        factor is Symbol { IsBare: true, Letter: [>= 'A' and <= 'Z'] } first &&
        next is Call { Function: Symbol { IsBare: true, Letter: [>= 'A' and <= 'Z'] } second } call &&
        (first.Letter + second.Letter) is var name && (name == "KL" || KnownFunctions.Find(name) is not null)
            ? call with { Function = second with { Letter = name } } : null;

    /// <summary>Pr[A], Pr[A | B].</summary>
    public static Gist Probability(Expectation probability)
    {
        var leaf = new Gist(Leaf) { Letter = "p", Origin = probability };
        return new Gist(probability.Given.Count > 0 ? Given : Chance, leaf);
    }

    // p(x), p(x | y) and p(x, y) are three things, whatever the letters between the brackets.
    private static Gist OfChance(Call call)
    {
        string letter = Labels.TellingName((Symbol)call.Function);
        var leaf = new Gist(Leaf) { Letter = letter is "P" or "Pr" ? "p" : letter, Origin = call };
        string op = call.Separators.Any(separator => separator == "|") ? IsOfPast(call) ? Past : Given
            : call.Separators is [",", ..] || call.Arguments is [Infix { Sign: "∩" }, ..] ? Joint : Chance;
        return new Gist(op, leaf);
    }

    // p(x_t | x_{<t}), p(wᵢ | w₁, …, wᵢ₋₁)
    private static bool IsOfPast(Call call) => call.Arguments.Skip(1).Any(argument => argument is Ellipsis ||
        argument is Symbol symbol && symbol.Subscripts.Any(mark => mark is Infix { Sign: "<", Operands.Count: 1 }));

    private static readonly FrozenSet<string> Chances =
        FrozenSet.Create(StringComparer.Ordinal, "P", "p", "q", "Pr", "H");

    private static Gist Unknown(Call call, Symbol function)
    {
        string name = Labels.TellingName(function);
        if (Chances.Contains(name))
            return OfChance(call);
        bool isLater = call.Arguments is [Symbol { Primes: > 0 }, ..];
        var leaf = new Gist(Leaf) { Letter = isLater ? name + "'" : name, Origin = call };
        Gist[] arguments = GistBuilder.Built(call.Arguments);
        if (call.Separators.Any(separator => separator == "|"))
            return new Gist(Given, leaf);
        return Array.Exists(arguments, argument => !argument.IsLeaf && !argument.IsNumber && argument.Op != Given &&
            argument.Op is not ("tuple" or "…" or "∩"))
            ? new Gist(Apply, [leaf, .. arguments]) : leaf;
    }

    // D_KL(p ‖ q), D(p ‖ q), KL[p ‖ q].
    private static bool IsDivergence(Symbol function, Call call) =>
        function.Letter is "KL" or "kl" or "kl_div" or "kl_divergence" || (function.Letter is "D" or "d" &&
            (Labels.WordsOf(function).Any(word => word == "KL") ||
                (function.IsBare && call.Separators is ["‖"])));

    private static bool IsNormal(Symbol function, Call call) =>
        function is { Letter: "N", IsBare: true } && call.Arguments.Count is 2 or 3 &&
        (function.Alphabet == Alphabet.Calligraphic || function.Kind == SymbolKind.Distribution ||
            call.Separators is [";", ..] || call.Arguments is [Number { Value: 0 }, ..]);

    // σ(QKᵀ/√d): nobody takes the sigmoid of scores that are divided by a root.
    private static bool IsScaledProduct(Gist[] arguments) =>
        arguments is [{ Op: Mul, Children: { Length: >= 3 } factors }] &&
        Array.Exists(factors, factor => factor is { Op: Inv, Children: [{ Op: Sqrt }] });
}
