using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// Where σ is the softmax: in a divergence or a cross-entropy, which compare distributions, and with an element or a
/// temperature of its own. Such a σ is of the kind <see cref="SymbolKind.Distribution"/>.
/// </summary>
internal static class ScoreConvention
{
    /// <summary>Whether a call compares two distributions and a σ is one of them.</summary>
    public static bool ComparesDistributions(Call call) => call is { Arguments.Count: 2, Function: Symbol function }
        && (function.Letter is "KL" or "JS" or "JSD" or "CE" or "CrossEntropy" || function.Letter is "H"
            || function.Letter is "D" or "L" && function.Subscripts.OfType<Symbol>().Any(label =>
                label.Letter is "KL" or "JS" or "CE"))
        && call.Arguments.Any(argument => argument is Call inner && IsSigma(inner));

    /// <summary>Whether σ is applied to one thing.</summary>
    public static bool IsSigma(Call call) =>
        call is { Function: Symbol { Letter: "sigma", IsBare: true }, Arguments: [_] };

    /// <summary>σ(z) as the softmax of z; anything else as it is.</summary>
    public static Expression AsSoftmax(Expression squashed) => squashed is Call call && IsSigma(call)
        ? call with { Function = (Symbol)call.Function with { Kind = SymbolKind.Distribution } } : squashed;

    /// <summary>
    /// Whether σ(z)ᵢ or σ(z/T)ᵢ is meant: a softmax of all scores has an i, where a sigmoid is written σ(zᵢ).
    /// </summary>
    public static bool IsElement(Expression node) => node is Element { Target: Call call } && IsSigma(call)
        && call.Arguments[0] is Symbol { IsBare: true } or Quotient
        {
            Denominator: Symbol { Letter: "T" or "tau", IsBare: true },
        };
}
