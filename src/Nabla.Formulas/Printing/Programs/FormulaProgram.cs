using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>A formula as the body of a function.</summary>
/// <param name="Name">What the left side names, or <c>formula</c>.</param>
/// <param name="Title">The formula on one line.</param>
/// <param name="Parameters">The name in the formula, the identifier and the rank of each parameter.</param>
/// <param name="Body">The value.</param>
internal sealed record FormulaProgram(
    string Name, string Title, IReadOnlyList<(string Name, string Identifier, int Rank)> Parameters, Term Body)
{
    /// <summary>The right side of the last formula, in a dialect.</summary>
    public static FormulaProgram Of(Expression tree, ArrayDialect dialect, PrintOptions options)
    {
        tree = StatedIndices.Inserted(tree, name => options.Bindings?.TryGet(name, out _) == true);
        Formula formula = new("", InputStyle.Latex, JointTables.Resolve(tree, options.Bindings).Tree);
        bool isCondition = formula.Main is Relation relation && Sides.IsCondition(relation);
        (Expression? left, Expression right) = isCondition ? (null, formula.Main) : (formula.Left, formula.Right);
        Definitions lines = Definitions.Of(tree, formula.Main);
        if (right.All().OfType<Symbol>().FirstOrDefault(symbol => lines.IsUpdated(symbol.Name)) is { } updated)
            throw new FormulaException($"{updated.Name} has another value after each line, which cannot be written in "
                + $"{dialect.Name} as one formula; write the last line with what the others say.");
        var builder = new ProgramBuilder(dialect, new SymbolTable(right, options));
        Term body = builder.Build(right, left);
        string name = options.MethodName.Length > 0 ? options.MethodName : NameOf(left);
        string[] named =
            [.. (left as Call)?.Arguments.OfType<Symbol>().Select(argument => argument.Name) ?? []];
        var parameters = builder.Parameters.OrderBy(parameter => Array.IndexOf(named, parameter.Name) is >= 0 and var at
            ? at
            : named.Length);
        return new(name, FormulaPrinter.Display(tree), [.. parameters], body)
        {
            Assumed = options.GivesNoShape ? AssumptionsOf(right, [.. parameters]) : "",
        };
    }

    /// <summary>
    /// What the parameters are taken for where neither values nor shapes are given: those that are no numbers, and
    /// those of which nothing says that they are. Empty where all is given, or sure.
    /// </summary>
    public string Assumed { get; private init; } = "";

    private static string AssumptionsOf(
        Expression right, IReadOnlyList<(string Name, string Identifier, int Rank)> parameters)
    {
        HashSet<string> dotted = Doubts.Dotted(right), doubted = Doubts.Numbers(right);
        doubted.ExceptWith(dotted);
        string[] numbers = IdentifiersOf(parameter => doubted.Contains(parameter.Name)),
            either = IdentifiersOf(parameter => dotted.Contains(parameter.Name));
        string[] taken =
        [
            .. parameters.Where(parameter => parameter.Rank > 0)
                .Select(parameter => $"{parameter.Identifier} a {KindOf(parameter.Rank)}"),
            .. numbers.Length == 0 ? Array.Empty<string>()
                : [string.Join(", ", numbers) + (numbers.Length == 1 ? " a number" : " numbers")],
            .. either.Length == 0 ? Array.Empty<string>() : [string.Join(", ", either) + " vectors or numbers"],
        ];
        return taken.Length == 0 ? "" : $"Taken for: {string.Join(", ", taken)} (else give --shapes).";

        string[] IdentifiersOf(Func<(string Name, string Identifier, int Rank), bool> isMeant) =>
            [.. parameters.Where(parameter => parameter.Rank == 0 && isMeant(parameter))
                .Select(parameter => parameter.Identifier)];
    }

    private static string KindOf(int rank) => rank switch
    {
        1 => "vector",
        2 => "matrix",
        _ => $"list of {rank} dimensions",
    };

    private static string NameOf(Expression? left) => left switch
    {
        Symbol symbol => symbol.Name,
        Call { Function: Symbol function } => function.Name,
        Element { Target: Call { Function: Symbol function } } => function.Name,
        _ => "formula",
    };
}
