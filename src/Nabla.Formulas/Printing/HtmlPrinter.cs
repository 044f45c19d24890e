using Nabla.Formulas.Printing.Pages;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Printing;

/// <summary>
/// One self-contained HTML page: the formula with a note on each symbol under the pointer, its reading, its steps.
/// </summary>
public sealed class HtmlPrinter : OutputLanguage
{
    /// <inheritdoc/>
    public override string Name => "html";

    /// <inheritdoc/>
    public override string Summary => "a page for the browser, with a note on each symbol";

    /// <summary>The page with what the caller knows of the formula.</summary>
    public static string Write(FormulaPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new PageWriter(page).Write();
    }

    /// <inheritdoc/>
    public override string Print(Expression tree, PrintOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var notes = new List<SymbolNote>();
        foreach (string name in options.Bindings?.Names ?? [])
            notes.Add(new(name, name)
            {
                Shape = $"{options.Bindings![name].Shape}",
                Value = options.Bindings[name].ToDisplay(),
            });
        foreach ((string name, Shape shape) in options.Shapes ?? new Dictionary<string, Shape>(StringComparer.Ordinal))
            notes.Add(new(name, name) { Shape = $"{shape}" });
        return Write(new FormulaPage(tree) { Reading = FormulaPrinter.Display(tree), Symbols = notes });
    }
}
