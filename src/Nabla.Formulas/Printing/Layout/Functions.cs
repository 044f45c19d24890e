using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <summary>What is usual with the functions that everybody knows.</summary>
internal static class Functions
{
    private static readonly FrozenSet<string> Bare =
        new[] { "log", "ln", "lg", "sin", "cos", "tan", "sinh", "cosh", "tanh", "det" }.ToFrozenSet();

    /// <summary>Whether one writes log x without brackets.</summary>
    public static bool NeedsNoBrackets(Symbol function) =>
        Bare.Contains(function.Letter)
            && function is { Prefix: "", Primes: 0, Accents.Count: 0, Superscripts.Count: 0 };

    /// <summary>Whether one writes sin² x for (sin x)².</summary>
    public static bool TakesPowers(Symbol function) => NeedsNoBrackets(function) && function.Letter != "det";
}
