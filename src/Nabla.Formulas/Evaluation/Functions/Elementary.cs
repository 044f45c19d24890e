using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Functions of one number that the engine has, by name: one row each.</summary>
internal static class Elementary
{
    /// <summary>eˣ.</summary>
    public static ElementwiseRule Exp { get; } = new UnaryRule<Exp>();

    /// <summary>The natural logarithm.</summary>
    public static ElementwiseRule Log { get; } = new UnaryRule<Log>();

    /// <summary>√x.</summary>
    public static ElementwiseRule Sqrt { get; } = new UnaryRule<Sqrt>();

    /// <summary>−x.</summary>
    public static ElementwiseRule Negate { get; } = new UnaryRule<Negate>();

    /// <summary>|x|.</summary>
    public static ElementwiseRule Abs { get; } = new UnaryRule<Abs>();

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static ElementwiseRule Sigmoid { get; } = new UnaryRule<Sigmoid>();

    /// <summary>x².</summary>
    public static ElementwiseRule Square { get; } = new UnaryRule<Square>();

    /// <summary>⌊x⌋.</summary>
    public static ElementwiseRule Floor { get; } = new UnaryRule<Floor>();

    /// <summary>⌈x⌉.</summary>
    public static ElementwiseRule Ceil { get; } = new UnaryRule<Ceil>();

    /// <summary>The nearest whole number.</summary>
    public static ElementwiseRule Round { get; } = new UnaryRule<Round>();

    /// <summary>max(0, x).</summary>
    public static ElementwiseRule Relu { get; } = new UnaryRule<Relu>();

    /// <summary>All by the names that <see cref="Trees.KnownFunctions"/> gives them.</summary>
    public static FrozenDictionary<string, ElementwiseRule> ByName { get; } =
        new Dictionary<string, ElementwiseRule>(StringComparer.Ordinal)
        {
            ["exp"] = Exp,
            ["log"] = Log,
            ["lg"] = new UnaryRule<Log10>(),
            ["log1p"] = new UnaryRule<Log1p>(),
            ["expm1"] = new UnaryRule<Expm1>(),
            ["sqrt"] = Sqrt,
            ["sin"] = new UnaryRule<Sin>(),
            ["cos"] = new UnaryRule<Cos>(),
            ["tan"] = new UnaryRule<Tan>(),
            ["asin"] = new UnaryRule<Asin>(),
            ["acos"] = new UnaryRule<Acos>(),
            ["atan"] = new UnaryRule<Atan>(),
            ["sinh"] = new UnaryRule<Sinh>(),
            ["cosh"] = new UnaryRule<Cosh>(),
            ["tanh"] = new UnaryRule<Tanh>(),
            ["asinh"] = new UnaryRule<Asinh>(),
            ["acosh"] = new UnaryRule<Acosh>(),
            ["atanh"] = new UnaryRule<Atanh>(),
            ["abs"] = Abs,
            ["sign"] = new UnaryRule<Sign>(),
            ["floor"] = Floor,
            ["ceil"] = Ceil,
            ["round"] = Round,
            ["erf"] = new UnaryRule<Erf>(),
            ["sigmoid"] = Sigmoid,
            ["log_sigmoid"] = new UnaryRule<LogSigmoid>(),
            ["logit"] = new UnaryRule<Logit>(),
            ["relu"] = Relu,
            ["relu6"] = new UnaryRule<Relu6>(),
            ["selu"] = new UnaryRule<Selu>(),
            ["gelu"] = new UnaryRule<Gelu>(),
            ["silu"] = new UnaryRule<Silu>(),
            ["mish"] = new UnaryRule<Mish>(),
            ["softplus"] = new ParametricRule<Softplus>(new(1, 40)),
            ["softsign"] = new UnaryRule<Softsign>(),
            ["hardtanh"] = new ParametricRule<Hardtanh>(new(-1, 1)),
            ["hard_sigmoid"] = new UnaryRule<Hardsigmoid>(),
            ["hard_swish"] = new UnaryRule<Hardswish>(),
            ["factorial"] = Special.Factorial,
            ["gamma"] = Special.Gamma,
            ["lgamma"] = Special.LogGamma,
            ["digamma"] = Special.Digamma,
            ["erfc"] = Special.ErrorComplement,
            ["erfinv"] = Special.InverseError,
            ["normal_cdf"] = Special.NormalCdf,
            ["normal_quantile"] = Special.NormalQuantile,
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
