using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// Where authors write · or ⊗ and mean element by element: gates (f_t · c_{t−1}, Swish(xW) ⊗ xV), activations times
/// their own input (x · σ(x)), and scales of what was normalised ((x − μ)/√(σ² + ε) · γ).
/// </summary>
internal static class ElementwiseConvention
{
    // Functions that squash or gate every entry by itself.
    private static readonly HashSet<string> Activations = new(StringComparer.Ordinal)
    {
        "sigmoid", "tanh", "relu", "gelu", "silu", "softplus", "erf", "elu", "relu6", "hard_sigmoid", "mish", "selu",
    };

    /// <summary>Whether the sign between these factors means the product entry by entry.</summary>
    public static bool Holds(IReadOnlyList<Expression> factors, ProductSign sign)
    {
        if (sign is not (ProductSign.Dot or ProductSign.Outer))
            return false;
        var arrays = factors.Where(factor => !IsNumber(factor)).ToList();
        if (arrays.Count < 2)
            return false;
        return sign == ProductSign.Outer
            ? arrays.Any(IsActivation) || TakeOneInput(arrays)
            : arrays.Any(IsNormalised) || AreGates(arrays) || Pairs(arrays).Any(Fit);
    }

    // Swish(xW) · (xV)
    private static bool AreGates(List<Expression> arrays) =>
        arrays.Count(IsActivation) == 1 && arrays.Count == 2 && TakeOneInput(arrays);

    private static bool TakeOneInput(List<Expression> arrays) => arrays.TrueForAll(TakesMatrix)
        && arrays.Select(InputOf).Distinct(StringComparer.Ordinal).Count() == 1;

    // (xW + b) ⊗ (xV + c), max(0, xW) ⊗ xV, (xW₁ · σ(xW₁)) ⊗ xW₂: two layers over one input gate each other.
    private static bool TakesMatrix(Expression factor) => factor is Sum or Call or Product
        && factor.All().Take(32).Any(node => node is Product { Factors: [Symbol input, Symbol weights] } layer
            && layer.Sign == ProductSign.None && char.IsAsciiLetterLower(input.Letter[0])
            && char.IsAsciiLetterUpper(weights.Letter[0]));

    private static string? InputOf(Expression factor) => factor.All().Take(32).OfType<Product>()
        .Where(product => product.Sign == ProductSign.None).Select(product => (product.Factors[0] as Symbol)?.Name)
        .FirstOrDefault();

    private static IEnumerable<(Expression, Expression)> Pairs(List<Expression> arrays) =>
        arrays.SelectMany((one, i) => arrays.Where((_, j) => i != j).Take(8).Select(other => (one, other))).Take(32);

    private static bool Fit((Expression One, Expression Other) pair) => pair switch
    {
        (Symbol { Letter: "gamma" }, Symbol { Letter: "x" or "z", Accents.Count: > 0 }
            or Sum or Quotient { Numerator: Sum or Delimited }) => true,
        (var gate, Symbol { Letter: "c" or "C" or "h" or "H" or "s" or "g", Subscripts.Count: > 0 }) => IsGate(gate),
        (Symbol { Letter: not ("w" or "v" or "u" or "theta") }, Call { Letter: "sigma", Arguments: [Symbol] }) =>
            true, // a · σ(b)
        (Quotient { Denominator: Call below }, Symbol { Letter: "g" or "gamma" or "w" }) =>
            KnownFunctions.NameOf(below) is "rms" or "std",
        (Symbol gate, Call { Letter: "tanh" }) when IsGate(gate) => true,
        (Symbol { Letter: "sigma" or "s" } deviation, Symbol { Letter: "epsilon" or "z" or "eps" }) =>
            deviation.Kind != SymbolKind.Function, // μ + σ · ε
        (Symbol, Delimited { Kind: DelimiterKind.Indicator }) => true,
        (Delimited { Kind: DelimiterKind.Indicator } holds, var of) => // 𝟙(x ≤ 0) · 0.1x
            holds.All().Take(64).OfType<Symbol>().Any(symbol => of.All().Take(64).Contains(symbol)),
        var (one, other) when IsOfEntries(other) && SharesInput(one, other) => true, // ŷ · (1 − ŷ), (1 − p)^γ · log p
        (Symbol input, var other) => Inputs(other).Contains(input.Name),
        (Call call, var other) => IsActivation(call) && Inputs(call).Overlaps(Inputs(other)),
        _ => false,
    };

    // 1 − p, log p, 1/(1 + e⁻ˣ): computed of each number; no matrix and no length is in it.
    private static bool IsOfEntries(Expression factor) =>
        factor is Call { Function: Symbol { Kind: SymbolKind.Function } } or Quotient or Power
            or Sum { Terms: [Number, ..] or [.., Number] }
        && !factor.All().Skip(64).Any()
        && factor.All().Take(64).All(node => node is Symbol symbol
            ? symbol.Letter is not [>= 'A' and <= 'Z', ..] : node is Number or Sum or Negation or Quotient or Power
                or Root or Product or Call { Function: Symbol { Kind: SymbolKind.Function } })
        && factor.All().Take(64).OfType<Call>().All(call => KnownFunctions.Find(call.Letter)?.Name
            is "log" or "exp" or "max" or "min" or "clip" or "tanh"
                or "sigmoid" or "softplus" or "sqrt" or "relu" or "sin" or "cos" or "erf");

    private static bool SharesInput(Expression one, Expression other) => (one is Symbol || IsOfEntries(one))
        && one.All().Take(64).OfType<Symbol>().Any(symbol => symbol.Kind == SymbolKind.Variable && !IsScalar(symbol)
            && other.All().Take(64).Contains(symbol));

    private static bool IsScalar(Symbol symbol) => symbol.Letter is "alpha" or "beta" or "gamma" or "lambda" or "eta"
        or "tau" or "rho" or "n" or "N" or "t";

    private static bool IsNumber(Expression factor) => factor switch
    {
        Number or Symbol { Kind: SymbolKind.Constant } => true,
        Symbol { Letter: "eta" or "alpha" or "lambda" or "lr" } => true,
        Quotient quotient => IsNumber(quotient.Numerator) && IsNumber(quotient.Denominator),
        _ => false,
    };

    private static bool IsActivation(Expression factor) => factor is Call call
        && (call.Letter == "Phi" || KnownFunctions.Find(call.Letter) is { } known && Activations.Contains(known.Name));

    // f_t, i_t, o_t, z_t, Γ_f, and 1 − z_t
    private static bool IsGate(Expression factor) => factor switch
    {
        Symbol { Letter: "f" or "i" or "o" or "z" or "r" or "u", Subscripts: [Symbol { Letter: "t" }, ..] } => true,
        Symbol { Letter: "Gamma", Subscripts.Count: > 0 } => true,
        Delimited { Items: [var inner] } => IsGate(inner),
        Sum { Terms: [Number { Value: 1 }, Negation { Operand: var gate }] } => IsGate(gate),
        _ => false,
    };

    // The quotient by a root that ε keeps away from 0.
    private static bool IsNormalised(Expression factor) => factor is Quotient { Denominator: var below }
        && below.All().Any(node => node is Root)
        && below.All().Any(node => node is Symbol { Letter: "epsilon" or "eps" });

    // What the activations in a factor are applied to.
    private static HashSet<string> Inputs(Expression factor) => factor.All().Take(64).Where(IsActivation)
        .SelectMany(call => ((Call)call).Arguments).SelectMany(argument => argument.All().Take(64)).OfType<Symbol>()
        .Where(symbol => symbol.Kind != SymbolKind.Function).Select(symbol => symbol.Name)
        .ToHashSet(StringComparer.Ordinal);
}
