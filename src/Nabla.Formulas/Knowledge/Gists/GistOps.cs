using System.Collections.Frozen;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// What the nodes of a <see cref="Gist"/> do, how telling each of them is, and which are nearly the same.
/// </summary>
internal static class GistOps
{
    public const string Leaf = "leaf", Number = "number", Sum = "sum", Mul = "mul", Neg = "neg", Inv = "inv",
        Pow = "pow", Square = "sq", Sqrt = "sqrt", Exp = "exp", Relu = "relu", Log = "log", Total = "Σ", Mean = "mean",
        Norm = "norm", Abs = "abs", Given = "given", Past = "given the past",
        Joint = "joint", Chance = "chance", Apply = "apply", Softmax = "softmax", Sigmoid = "sigmoid",
        Derivative = "deriv", Gradient = "grad", Cases = "cases", Kl = "kl", Normal = "normal", Less = "≤",
        Equal = "=";

    // How much a node says about which formula this is; functions that are not listed say much.
    private static readonly FrozenDictionary<string, double> Weights = new Dictionary<string, double>(
        StringComparer.Ordinal)
    {
        [Leaf] = 0.6,
        [Number] = 0.6,
        [Sum] = 0.8,
        [Mul] = 0.5,
        [Neg] = 0.3,
        [Inv] = 0.7,
        [Pow] = 1,
        [Square] = 0.8,
        [Sqrt] = 1,
        [Exp] = 1.5,
        [Log] = 1.5,
        [Total] = 1.2,
        [Mean] = 1.2,
        [Norm] = 1.2,
        [Abs] = 1,
        [Given] = 1,
        [Past] = 1.2,
        [Joint] = 1.2,
        [Chance] = 0.4,
        [Apply] = 0.8,
        [Derivative] = 1.5,
        [Gradient] = 2,
        [Cases] = 1.5,
        [Kl] = 3,
        [Normal] = 1.5,
        [Softmax] = 3.5,
        [Sigmoid] = 2.5,
        [Less] = 0.5,
        [Equal] = 0.5,
        ["tuple"] = 0.4,
        ["max"] = 1.2,
        ["min"] = 1.2,
        ["∫"] = 1.2,
        ["Π"] = 1.5,
        ["argmax"] = 1.5,
        ["argmin"] = 1.5,
        ["…"] = 0.3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Commutative =
        new[] { Sum, Mul, "⊙", Cases, "∪", "∩", "max", "min", "tuple", Equal, Less }
            .ToFrozenSet(StringComparer.Ordinal);

    // Operations that one author uses where another uses its neighbour.
    private static readonly string[][] Families =
    [
        [Softmax, Sigmoid, "tanh", "relu", "gelu", "silu", Apply],
        [Total, Mean, "∫"],
        [Gradient, Derivative, "hess"],
        [Abs, Norm, "norm1"],
        [Exp, Pow],
        [Square, Pow, Sqrt],
        ["max", "argmax"],
        ["min", "argmin"],
        ["var", "cov", "std"],
        [Given, Past],
        [Mul, "⊙"],
        [Mul, "⊗"],
    ];

    private static readonly FrozenSet<(string, string)> Akin = Families
        .SelectMany(family => family.SelectMany(a => family.Where(b => b != a).Select(b => (a, b)))).ToFrozenSet();

    public static double Weight(string op) => Weights.GetValueOrDefault(op, 2);

    /// <summary>Whether it occurs in formulas of all kinds, unlike a function with a name.</summary>
    public static bool IsCommon(string op) => Weights.ContainsKey(op);

    public static bool IsCommutative(string op) => Commutative.Contains(op);

    /// <summary>1 for the same, less for near relations, 0 for others.</summary>
    public static double Likeness(string a, string b) =>
        ReferenceEquals(a, b) || string.Equals(a, b, StringComparison.Ordinal) ? 1 : Akin.Contains((a, b)) ? 0.6 : 0;
}
