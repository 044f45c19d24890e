using Nabla.Formulas.Explanation.Symbols;

namespace Nabla.Formulas.Explanation.Traps;

/// <summary>
/// Something that people get wrong about a kind of formula. Every class derived from this one is found: to add a trap,
/// add
/// one file.
/// </summary>
internal abstract class Trap
{
    private static readonly Trap[] All = [.. typeof(Trap).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Trap)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => (Trap)Activator.CreateInstance(type)!)];

    /// <summary>What to mind, in one or two sentences, or null where the trap is not there.</summary>
    public abstract string? Warn(FormulaContext context);

    /// <summary>The warnings of all traps that a formula has.</summary>
    public static IEnumerable<string> In(FormulaContext context) =>
        All.Select(trap => trap.Warn(context)).OfType<string>();
}
