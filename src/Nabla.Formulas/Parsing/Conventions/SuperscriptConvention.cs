using Nabla.Formulas.Parsing.Grammar;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What stands above a name: part of the name, or something that acts on it.</summary>
internal enum AboveKind
{
    Label,
    Power,
}

/// <summary>How something above was read, why, and the other reading; empty where nobody could doubt it.</summary>
internal readonly record struct Above(AboveKind Kind, string Reason = "", string Instead = "");

/// <summary>
/// Powers against labels, transposes and inverses: x², W^{(l)}, θ*, wᵀ, γ^T, A⁻¹, h^{l−1}, β_1^t.
/// </summary>
internal static class SuperscriptConvention
{
    // Letters that are scalars by custom: what stands above them is a power.
    private static readonly HashSet<string> Scalars = new(StringComparer.Ordinal)
    {
        "alpha", "beta", "gamma", "lambda", "eta", "rho", "epsilon", "kappa", "tau", "zeta", "sigma", "e",
    };

    // Letters of a layer's quantities: a layer's number above them is a label.
    private static readonly HashSet<string> Layered = new(StringComparer.Ordinal)
    {
        "h", "W", "b", "z", "a", "x", "y", "delta", "H", "X", "Z", "A", "B", "U", "o", "g", "theta", "v", "w", "u", "s",
            "c",
        "f", "Theta", "m", "K", "V", "Q", "d", "e", "p", "q", "E", "L", "J", "M", "n",
    };

    /// <summary>Whether what stands above a symbol is part of its name.</summary>
    public static Above Read(Symbol symbol, Script script, Facts facts)
    {
        if (IsEuler(symbol) || symbol.Alphabet == Alphabet.Blackboard && script.Form == ScriptForm.Plain
            && symbol.Letter != "E")
            return new(AboveKind.Power);
        return script.Form switch
        {
            ScriptForm.Sign => script.Single is Symbol { Letter: "plus" } && IsMatrix(symbol)
                || script.Single is Symbol { Letter: "star" } && symbol.Letter is "V" or "U" && facts.IsDecomposed
                ? new(AboveKind.Power) : new(AboveKind.Label),
            ScriptForm.BracedParentheses or ScriptForm.Square => new(AboveKind.Label),
            ScriptForm.Parentheses => InParentheses(symbol, script.Single),
            _ => script.Items.Count > 1 ? new(AboveKind.Label) : Plain(symbol, script.Single, facts),
        };
    }

    // x^(2) as typed
    private static Above InParentheses(Symbol symbol, Expression inner)
    {
        bool isLayer = inner is Number or Symbol { Letter: "l" or "i" or "j" or "k" or "t" or "L" or "m", IsBare: true }
            or Sum { Terms: [Symbol { Letter: "l" or "t" or "k" or "i" }, Number or Negation { Operand: Number }] }
            or Collection;
        return isLayer && Layered.Contains(symbol.Letter)
            ? new(AboveKind.Label, $"({Text(inner)}) above {symbol.Letter}: a label, as of a layer, a step or a sample",
                "a power")
            : new(AboveKind.Power, $"({Text(inner)}) above {symbol.Letter}: a power",
                "a label, as of a layer or a step");
    }

    private static Above Plain(Symbol symbol, Expression above, Facts facts)
    {
        if (IsTransposition(above) || above is Symbol { Letter: "†" })
            return new(AboveKind.Power);
        return above switch
        {
            Symbol { Kind: SymbolKind.Label } => new(AboveKind.Label),
            Symbol { Letter.Length: > 1, Alphabet: Alphabet.Upright } => new(AboveKind.Label),
            Symbol { Letter: "T" or "S", IsBare: true } school when facts.IsTaught(symbol.Letter) =>
                Label(school.Letter, "the teacher's or the student's"),
            Symbol { Letter: "T" } => new(AboveKind.Power),
            Symbol { Letter: "Q" or "mu" or "V" or "q" } network when symbol.Letter is "theta" or "phi" or "psi" =>
                Label(network.Letter, "whose parameters they are"),
            Symbol { Letter: "d", IsBare: true } when symbol.Letter == "R" && facts.HasSubscript("R") =>
                Label("d", "of which size it is"),
            Symbol { Letter: "C" or "R" or "Q" or "K" or "V", IsBare: true } part when symbol.Subscripts.Count > 0
                && symbol.Letter is "q" or "k" or "v" or "c" or "h" or "o" => Label(part.Letter, "which part it is"),
            Symbol { Letter: "k" or "K" or "n", IsBare: true } tries when symbol.Letter.Length > 2
                && LabelWords.IsMeasure(symbol.Letter) => Label(tries.Letter, "how many results or tries count"),
            Symbol { IsBare: true } index when symbol.Subscripts.Count > 0 && !Scalars.Contains(symbol.Letter)
                && facts.IsIndexAbove(index.Letter) => Label(index.Letter, "an index, as others are below"),
            Symbol { Letter: "pi", IsBare: true } or Symbol { Letter: "pi" } => Policy(symbol),
            Symbol { IsBare: true } which when facts.IsToldApartAbove(symbol.Letter, which.Letter) =>
                Label(which.Letter, $"which {symbol.Letter} it is, as several letters stand above it and nowhere else"),
            Symbol { Letter: "l" } when Layered.Contains(symbol.Letter) || symbol.Letter is "mu" or "sigma" =>
                Label("l", "of a layer"),
            Sum { Terms: [Symbol { Letter: "l", IsBare: true }, ..] } when Layered.Contains(symbol.Letter) =>
                Label("l ± …", "of a layer"),
            Symbol { Letter: "L" or "Q" or "K" or "V" or "O", IsBare: true } named when IsProjection(symbol,
                named.Letter, facts) =>
                Label(named.Letter, "which matrix it is"),
            Symbol { Letter: "V" or "Q", IsBare: true } when symbol
                is { Letter: "delta" or "A", Subscripts.Count: > 0 } =>
                Label("V", "of a value function"),
            Symbol { Letter: "t" or "k", IsBare: true } step when IsStep(symbol)
                || symbol.Letter == "y" && facts.IsIndex(step.Letter) => Label(step.Letter, "of a step"),
            Sum { Terms: [Symbol { Letter: "t" or "k", IsBare: true }, var shift] } when IsStep(symbol)
                && IsNumber(shift) =>
                Label("t ± 1", "of a step"),
            Symbol { Letter: "i" or "j", IsBare: true } sample when IsSample(symbol, sample.Letter, facts) =>
                Label(sample.Letter, "of a sample"),
            Number number when facts.IsNumberedAbove(symbol.Letter) && Layered.Contains(symbol.Letter) =>
                Label(number.Text, "because nobody writes the power 1"),
            Infix { Operands.Count: 1 } => new(AboveKind.Label),
            Relation or Collection => new(AboveKind.Label),
            Call call when KnownFunctions.NameOf(call) is not null => new(AboveKind.Power),
            Call { Function: Symbol { Alphabet: Alphabet.Upright } } => new(AboveKind.Label),
            Call { Letter: [>= 'A' and <= 'Z', >= 'A' and <= 'Z', ..] } => new(AboveKind.Label),
            _ => new(AboveKind.Power),
        };
    }

    private static Above Label(string above, string why) =>
        new(AboveKind.Label, $"{above} above: a label, {why}", "a power");

    private static bool IsNumber(Expression shift) => shift is Number or Negation { Operand: Number };

    private static Above Policy(Symbol symbol) => symbol.Letter.Length == 1
        ? Label("π", "the policy")
        : new(AboveKind.Power);

    private static bool IsProjection(Symbol symbol, string above, Facts facts) =>
        symbol.Letter is "W" or "b" or "U" or "w" || above == "L" && Layered.Contains(symbol.Letter)
            && !facts.IsQuantity("L")
        || above == "L" && symbol.Letter is "a" or "z" or "delta" or "h";

    private static bool IsStep(Symbol symbol) =>
        symbol.Letter == "h"
        || symbol.Letter is "theta" or "w" or "W" or "s" or "pi" or "phi" or "psi" or "v" or "m" or "o" or "mu"
        && symbol.Subscripts.Count == 0;

    private static bool IsSample(Symbol symbol, string index, Facts facts) =>
        !facts.IsIndex(index)
            && symbol.Letter is "x" or "y" or "z" or "w" or "a" or "b" or "h" or "theta" or "r" or "o";

    /// <summary>What the script above makes of an operand.</summary>
    public static Expression Apply(Expression operand, Script script, Facts facts)
    {
        Expression above = script.Single;
        if (operand is Number { Text: "1" or "11" } ones && (IsTransposition(above)
            || above is Symbol { Letter: "T", IsBare: true } && !facts.IsQuantity("T")))
            return Ones(ones.Text.Length);
        if (script.IsEntrywise && (IsMatrixValued(operand) || operand is Product { Sign: ProductSign.Matrix }))
            return new Power(operand, above) { IsEntrywise = true };
        if (IsTransposition(above))
            return new Postfix(operand, PostfixSign.Transpose);
        if (operand is Collection { Range: { To: null, Variables.Count: > 0 } range } listed)
            return listed with { Range = range with { To = above } };
        return above switch
        {
            Symbol { Letter: "†" } => new Postfix(operand, PostfixSign.PseudoInverse),
            Symbol { Letter: "plus", Kind: SymbolKind.Label } => IsMatrixValued(operand) && !IsDifference(operand)
                ? new Postfix(operand, PostfixSign.PseudoInverse) : SubscriptConvention.PositivePart(operand),
            Symbol { Letter: "H", IsBare: true } h when h.Alphabet == Alphabet.Upright
                || IsMatrixValued(operand) && !facts.IsQuantity("H") => new Postfix(operand, PostfixSign.Adjoint),
            Symbol { Letter: "T", IsBare: true, Primes: 0 } when IsTransposed(operand, facts) =>
                new Postfix(operand, PostfixSign.Transpose),
            Symbol { Letter: "star", Kind: SymbolKind.Label } when IsMatrixValued(operand) =>
                new Postfix(operand, PostfixSign.Adjoint),
            Negation { Operand: Number { Value: 1 } } when IsMatrixValued(operand) =>
                new Postfix(operand, PostfixSign.Inverse),
            Negation { Operand: Symbol { Letter: "T" or "⊤" } } =>
                new Postfix(new Postfix(operand, PostfixSign.Inverse), PostfixSign.Transpose),
            _ => new Power(operand, above),
        };
    }

    // (S − K)⁺: what one is more than the other, and no inverse.
    private static bool IsDifference(Expression operand) => operand is Sum { Terms: var terms }
        && terms.Any(term => term is Negation)
        && !terms.Any(term => term.All().Any(part => part is Postfix or Symbol { Letter: "I" }));

    // 1ᵀ x and 11ᵀ: ones, as nobody transposes a number.
    private static Expression Ones(int count)
    {
        var one = new Symbol("1") { Alphabet = Alphabet.Bold };
        var row = new Postfix(one, PostfixSign.Transpose);
        return count == 1 ? row : new Product([one, row]);
    }

    private static bool IsTransposition(Expression above) => above is Symbol { Letter: "⊤" }
        or Symbol { Letter: "T", Alphabet: Alphabet.Upright };

    // Whether ^T is the transpose: not over numbers and rates, nor over brackets of numbers where T is a quantity.
    private static bool IsTransposed(Expression operand, Facts facts) => operand switch
    {
        Number => false,
        Symbol { Letter: "gamma" or "lambda" } => false,
        Symbol { Alphabet: Alphabet.Blackboard } => false,
        Symbol symbol when IsEuler(symbol) => false,
        Symbol symbol => !(Scalars.Contains(symbol.Letter) && facts.IsQuantity("T")),
        Sum sum => !(facts.IsQuantity("T") || sum.Terms.Any(term => term is Number)),
        Collection or Quotient => false,
        _ => true,
    };

    private static bool IsMatrixValued(Expression operand) => operand switch
    {
        Symbol symbol => IsMatrix(symbol),
        Infix { Sign: "∘" } => true,
        Call { Function: Symbol { IsBare: true, Letter: "H" or "J" } } => true,
        Sum sum => sum.Terms.Any(IsMatrixValued),
        Negation negation => IsMatrixValued(negation.Operand),
        Product { Sign: ProductSign.None } product =>
            product.Factors.All(factor => factor is Number or Symbol { Letter: "Delta", IsBare: true }
                || IsMatrixValued(factor)),
        Postfix { Sign: PostfixSign.Transpose } => true,
        MatrixLiteral or Gradient { Kind: GradientKind.Second } => true,
        Power power => IsMatrixValued(power.Base),
        _ => false,
    };

    private static bool IsMatrix(Symbol symbol) => symbol.Prefix.Length == 0
        && (symbol.Letter is "Sigma" or "Lambda" or "A" or "B" or "C" or "D" or "F" or "G" or "H" or "J" or "K" or "L"
            or "M"
            or "P" or "Q" or "R" or "S" or "U" or "V" or "W" or "X" or "Y"
            || symbol.Alphabet == Alphabet.Bold && char.IsUpper(symbol.Letter[0]));

    private static bool IsEuler(Symbol symbol) => symbol is { Letter: "e", Kind: SymbolKind.Constant };

    private static string Text(Expression inner) => inner switch
    {
        Number number => number.Text,
        Symbol symbol => symbol.Letter,
        _ => "…",
    };
}
