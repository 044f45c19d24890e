using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>The shapes that functions give.</summary>
internal static class ShapeFunctions
{
    private static readonly FrozenSet<string> ToSomethingElse = new[]
    {
        "vec", "one_hot", "concat", "reshape", "glu", "swiglu", "geglu", "diag", "arg", "ker", "supp", "sup", "inf",
        "multi_head", "ffn",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The shape of what a call gives, or null.</summary>
    public static string[]? Of(Call call, ShapeWalk walk, ShapeFacts facts)
    {
        string[]?[] arguments = [.. call.Arguments.Select(walk.Visit)];
        if (KnownFunctions.NameOf(call) is "exp" or "log" or "log_sigmoid")
            arguments = [.. call.Arguments.Select(walk.Entries)];
        if (KnownFunctions.NameOf(call) is not { } name)
            return OfUnknown(call, arguments, facts);
        if (name is "det" or "trace" && arguments is [{ Length: 2 } square] && !facts.Sizes.Unify(square[0], square[1]))
            walk.Mismatch(call, $"it needs a square matrix, and this one is {walk.Named(square)}.");
        if (NumberFunctions.Contains(name))
            return [];
        if (ToSomethingElse.Contains(name))
            return null;
        return name switch
        {
            "attention" => arguments is [{ Length: 2 } q, _, { Length: 2 } v] ? [q[0], v[1]] : null,
            "transpose" => arguments is [{ Length: 2 } matrix] ? [matrix[1], matrix[0]] : null,
            "mean" or "std" => arguments is [{ Length: <= 1 }] ? [] : null,
            "max" or "min" when arguments.Length == 1 => arguments is [{ Length: <= 1 }] ? [] : null,
            _ => arguments.Length == 1 ? arguments[0] : walk.Together(call, call.Arguments),
        };
    }

    // A probability is a number; anything else is as large as custom says.
    private static string[]? OfUnknown(Call call, string[]?[] arguments, ShapeFacts facts)
    {
        if (call.Function is not Symbol function)
            return null;
        if (facts.KeepsShape(function) && arguments.Length > 0)
            return arguments[0];
        return facts.Find(function)
            ?? (function is { Kind: SymbolKind.Function, Letter: "p" or "P" or "pi" } ? [] : null);
    }
}
