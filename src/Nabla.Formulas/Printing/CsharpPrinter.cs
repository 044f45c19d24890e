using System.Text;
using Nabla.Formulas.Printing.Programs;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>
/// A C# method on Nabla's tensors, which can be differentiated: <c>Tensor Attention(Tensor q, Tensor k, …)</c>.
/// </summary>
public sealed class CsharpPrinter : OutputLanguage
{
    /// <inheritdoc/>
    public override string Name => "csharp";

    /// <inheritdoc/>
    public override string Summary => "a C# method on Nabla's tensors";

    /// <inheritdoc/>
    public override string Print(Expression tree, PrintOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var dialect = new CsharpDialect();
        FormulaProgram program = FormulaProgram.Of(tree, dialect, options);
        string method = Identifiers.Pascal(program.Name);
        if (method is "Sum" or "List" or "Formulas")
            method += "Of";
        string parameters = string.Join(", ", program.Parameters.Select(parameter => "Tensor " + parameter.Identifier));
        var code = new StringBuilder();
        if (dialect.UsesSum || dialect.UsesList || program.Body.Text.Contains("MathF", StringComparison.Ordinal))
            code.Append("using System;\n");
        if (dialect.UsesList)
            code.Append("using System.Linq;\n");
        code.Append("using Nabla.Tensors;\n");
        if (dialect.UsesLinearAlgebra)
            code.Append("using Nabla.Tensors.LinearAlgebra;\n");
        code.Append("using Nabla.Tensors.Ops;\n\npublic static class Formulas\n{\n");
        code.Append("    /// <summary>").Append(MathmlWriter.Escaped(program.Title)).Append("</summary>\n");
        if (program.Assumed is { Length: > 0 } assumed)
            code.Append("    /// <remarks>").Append(MathmlWriter.Escaped(assumed)).Append("</remarks>\n");
        code.Append("    public static Tensor ").Append(method).Append('(').Append(parameters).Append(") =>\n        ");
        code.Append(program.Body.Text).Append(";\n");
        if (dialect.UsesSum)
            code.Append(SumHelper);
        if (dialect.UsesList)
            code.Append(ListHelper);
        return code.Append("}\n").ToString();
    }

    private const string SumHelper = """

            private static Tensor Sum(int from, int to, Func<int, Tensor> term)
            {
                Tensor sum = 0;
                for (int i = from; i <= to; i++)
                    sum += term(i);
                return sum;
            }

        """;

    private const string ListHelper = """

            private static Tensor List(int from, int to, Func<int, Tensor> term) =>
                Tensor.Stack(0, [.. Enumerable.Range(from, to - from + 1).Select(term)]);

        """;
}
