using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>Presentation MathML Core, a <c>math</c> element that browsers draw by themselves.</summary>
public sealed class MathmlPrinter : OutputLanguage
{
    /// <inheritdoc/>
    public override string Name => "mathml";

    /// <inheritdoc/>
    public override string Summary => "presentation MathML, which browsers draw";

    /// <inheritdoc/>
    public override string Print(Expression tree, PrintOptions options) => Write(tree);

    internal static string Write(Expression tree, Func<Symbol, string>? attributes = null, bool isBlock = true,
        Func<int, string>? rowAttributes = null)
    {
        var writer = new MathmlWriter(attributes) { RowAttributes = rowAttributes };
        writer.Append(LayoutBuilder.Build(tree, linear: false, LatexPrinter.Write));
        string display = isBlock ? " display=\"block\"" : "";
        return $"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"{display}>{writer}</math>";
    }
}
