using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>What a function is applied to.</summary>
/// <param name="C">Where it is computed.</param>
/// <param name="Values">The arguments' values.</param>
/// <param name="Call">How it is written.</param>
/// <param name="Scope">The letters that run around it.</param>
internal readonly record struct Application(Interpreter C, Quantity[] Values, Call Call, Scope Scope)
{
    /// <summary>Arithmetic on the values.</summary>
    public Algebra A => C.Algebra;

    /// <summary>An argument.</summary>
    public Quantity this[int index] => Values[index];
}

/// <summary>A function by name: how many arguments it takes and what it gives.</summary>
/// <param name="Name">The name that <see cref="KnownFunctions"/> gives it, or that of a symbol.</param>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Apply">Its value.</param>
internal sealed record Function(string Name, int Least, int Most, Func<Application, Quantity> Apply);

/// <summary>All functions: a new one is a row in one of the files of this folder.</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, Function> ByName = new[]
    {
        Elementary.ByName.Select(row => new Function(row.Key, 1, 1, f => f.A.Map(row.Value, f[0])))
            .Where(f => f.Name != "log"),
        Numbers.All, Lists.All, Matrices.All, Layers.All, Losses.All, Distributions.All,
    }.SelectMany(functions => functions).ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>Spellings that <see cref="KnownFunctions"/> leaves to the context.</summary>
    private static readonly FrozenDictionary<string, string> Spellings =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Phi"] = "normal_cdf",
            ["Gamma"] = "gamma",
            ["psi"] = "digamma",
            ["ceiling"] = "ceil",
            ["D_KL"] = "kl",
            ["D_JS"] = "js",
            ["KL"] = "kl",
            ["N"] = "normal_pdf",
            ["Normal"] = "normal_pdf",
            ["Uniform"] = "uniform_pdf",
            ["U"] = "uniform_pdf",
            ["Bernoulli"] = "bernoulli_pdf",
            ["Bern"] = "bernoulli_pdf",
            ["H"] = "entropy",
            ["E"] = "mean",
            ["Var"] = "var",
            ["var"] = "var",
            ["Cov"] = "cov",
            ["cov"] = "cov",
            ["corr"] = "corr",
            ["sum"] = "sum",
            ["prod"] = "prod",
            ["cumsum"] = "cumsum",
            ["argmax"] = "argmax",
            ["argmin"] = "argmin",
            ["log2"] = "log2",
            ["log10"] = "lg",
            ["log1p"] = "log1p",
            ["expm1"] = "expm1",
            ["lgamma"] = "lgamma",
            ["digamma"] = "digamma",
            ["erfinv"] = "erfinv",
            ["binom"] = "binom",
            ["C"] = "binom",
            ["B"] = "beta",
            ["Beta"] = "beta",
            ["inv"] = "inv",
            ["length"] = "len",
            ["pow"] = "pow",
            ["matmul"] = "matmul",
            ["outer"] = "outer",
            ["exp"] = "exp",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What f⁻¹ is, of functions whose inverse is one.</summary>
    private static readonly FrozenDictionary<string, string> Inverses =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["sigma"] = "logit",
            ["sigmoid"] = "logit",
            ["logit"] = "sigmoid",
            ["erf"] = "erfinv",
            ["Phi"] = "normal_quantile",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The function that a call calls, or null.</summary>
    public static Function? Find(Call call)
    {
        if (call.Function is not Symbol { Primes: 0 } symbol)
            return null;
        if (symbol.IsInverse)
            return Inverses.TryGetValue(symbol.Letter, out string? inverse) ? ByName.GetValueOrDefault(inverse) : null;
        string? name = Spellings.GetValueOrDefault(symbol.Name) ?? KnownFunctions.NameOf(call)
            ?? Spellings.GetValueOrDefault(symbol.Letter) ?? symbol.Letter;
        return ByName.GetValueOrDefault(name);
    }
}
