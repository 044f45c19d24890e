using System.Text;
using Nabla.Formulas.Printing.Programs;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>A Python function on NumPy arrays: <c>def attention(Q, K, V, d_k): …</c>.</summary>
public sealed class PythonPrinter : OutputLanguage
{
    /// <inheritdoc/>
    public override string Name => "python";

    /// <inheritdoc/>
    public override string Summary => "a Python function on NumPy arrays";

    /// <inheritdoc/>
    public override string Print(Expression tree, PrintOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var dialect = new PythonDialect();
        FormulaProgram program = FormulaProgram.Of(tree, dialect, options);
        string name = dialect.Identifier(dialect.Identifier(program.Name).ToLowerInvariant());
        string parameters = string.Join(", ", program.Parameters.Select(parameter => parameter.Identifier));
        var code = new StringBuilder();
        string body = program.Body.Text, helpers = dialect.HelperCode();
        if (body.Contains("math.", StringComparison.Ordinal) || helpers.Contains("math.", StringComparison.Ordinal))
            code.Append("import math\n\n");
        code.Append("import numpy as np\n\n\n").Append(helpers);
        code.Append("def ").Append(name).Append('(').Append(parameters).Append("):\n");
        code.Append("    \"\"\"").Append(program.Title.Replace("\\", "\\\\").Replace("\"", "'")).Append("\"\"\"\n");
        if (program.Assumed is { Length: > 0 } assumed)
            code.Append("    # ").Append(assumed).Append('\n');
        return code.Append("    return ").Append(body).Append('\n').ToString();
    }
}
