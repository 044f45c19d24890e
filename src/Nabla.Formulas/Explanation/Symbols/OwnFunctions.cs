using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>
/// Letters that usually mean a known function and that the recognised entry uses for another one: σ is mostly the
/// sigmoid, and in a graph network some activation.
/// </summary>
internal sealed class OwnFunctions(FormulaContext context)
{
    private readonly Dictionary<string, string?> names = new(StringComparer.Ordinal);

    /// <summary>"the activation", or null where the function is what it usually is.</summary>
    public string? NameOf(Call call)
    {
        if (call.Function is not Symbol function || !IsLetter(function)
            || KnownFunctions.NameOf(call) is not { } usual || context.Named?.Found is not { } entry)
            return null;
        if (!names.TryGetValue(function.Name, out string? own))
            names[function.Name] = own = entry.RoleOf(function) is { } role
                && !role.Name.Contains(usual, StringComparison.OrdinalIgnoreCase)
                ? "the " + role.Name : null;
        return own;
    }

    /// <summary>What is computed for them all the same.</summary>
    public IEnumerable<string> Notes => context.Nodes.OfType<Call>().Where(call => NameOf(call) is not null)
        .Select(call => $"{Spelling.Of((Symbol)call.Function)} stands for {NameOf(call)}, whichever is meant; where a "
            + $"value is computed, it is the {KnownFunctions.NameOf(call)}.").Distinct(StringComparer.Ordinal);

    private static bool IsLetter(Symbol function) =>
        function.Letter.Length == 1 || Printing.GreekLetters.IsNamed(function.Letter);
}
