using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Printing;

/// <summary>
/// A language in which a formula can be written: one class in one file, found by <see cref="FormulaPrinter"/>. It has a
/// constructor without arguments and no state.
/// </summary>
public abstract class OutputLanguage
{
    /// <summary>The word after <c>--to</c>: <c>latex</c>, <c>python</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What comes out, in a few words for the help.</summary>
    public abstract string Summary { get; }

    /// <summary>The formula in this language.</summary>
    /// <param name="tree">The formula.</param>
    /// <param name="options">What is known beyond the formula.</param>
    /// <exception cref="FormulaException">The language cannot say it; the error names what, and the remedy.</exception>
    public abstract string Print(Expression tree, PrintOptions options);
}

/// <summary>
/// What is known about a formula when it is printed. Mathematics needs none of it, programs and sheets do.
/// </summary>
public sealed record PrintOptions
{
    /// <summary>Nothing is known: capital letters are taken for matrices, others as the formula uses them.</summary>
    public static PrintOptions Default { get; } = new();

    /// <summary>
    /// The shapes of the symbols by the names under which values are given (<c>Q</c>, <c>d_k</c>, <c>y_hat</c>), for
    /// those without a value; may be null.
    /// </summary>
    public IReadOnlyDictionary<string, Shape>? Shapes { get; init; }

    /// <summary>
    /// The values of the symbols, which give their shapes and are shown by languages that show numbers.
    /// </summary>
    public Bindings? Bindings { get; init; }

    /// <summary>
    /// How many dimensions the symbols have of which neither shape nor value is given, as the explanation of the
    /// formula infers them; null leaves it to conventions. Given shapes and values go before.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Ranks { get; init; }

    /// <summary>Whether π is something else than 3.14159…: shares, a policy.</summary>
    public bool NamesPi { get; init; }

    /// <summary>Whether neither a shape nor a value is given.</summary>
    internal bool GivesNoShape => (Shapes?.Count ?? 0) + (Bindings?.Names.Count ?? 0) == 0;

    /// <summary>The name of the method or function; empty for that of the left side.</summary>
    public string MethodName { get; init; } = "";
}
