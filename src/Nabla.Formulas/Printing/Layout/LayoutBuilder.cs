using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <summary>
/// Lays a tree out: puts brackets where they are needed and nowhere else, says what stands below and above. What needs
/// more than a line, a fraction, is set with a bar, or <paramref name="linear"/> with a stroke.
/// </summary>
/// <param name="linear">Whether all stands on one line.</param>
/// <param name="isCareful">
/// Whether names before brackets with which they are multiplied get brackets too, and σ(x − y) among factors.
/// </param>
internal sealed partial class LayoutBuilder(bool linear, bool isCareful = false)
{
    // Whether a name stands before a bracket, multiplied with it or applied to it, where the other could be read.
    private bool isDoubtful;

    /// <summary>The whole formula, for eyes.</summary>
    public static Box Build(Expression tree, bool linear) => new LayoutBuilder(linear).Inside(tree);

    /// <summary>The whole formula, to be read again: A (B + C) becomes (A) (B + C) where A would be applied.</summary>
    /// <param name="tree">The formula.</param>
    /// <param name="linear">Whether all stands on one line.</param>
    /// <param name="write">How it is written so that it can be read.</param>
    public static Box Build(Expression tree, bool linear, Func<Box, string> write)
    {
        var builder = new LayoutBuilder(linear);
        Box box = builder.Inside(tree);
        return builder.isDoubtful && IsMisread(write(box), tree)
            ? new LayoutBuilder(linear, isCareful: true).Inside(tree) : box;
    }

    private static bool IsMisread(string written, Expression tree)
    {
        try
        {
            return Formula.Parse(written).Tree.All().Count(IsCall) != tree.All().Count(IsCall);
        }
        catch (FormulaException)
        {
            return true;
        }
    }

    // sqrt(x) reads as a root.
    private static bool IsCall(Expression node) => node is Call call && KnownFunctions.NameOf(call) != "sqrt";

    private readonly record struct Piece(Box Box, Level Level);

    private Box Inside(Expression node) => Lay(node).Box;

    /// <summary>The node, with brackets around it if it holds together less tightly than its place asks.</summary>
    private Box At(Expression node, Level least) => Fitted(Closed(node, least), least);

    private Piece Closed(Expression node, Level least) =>
        node is Call { ByRow.IsSaid: false } call && least > Level.Open ? ClosedCall(call) : Lay(node);

    private static Box Fitted(Piece piece, Level least) =>
        piece.Level >= least ? piece.Box : Bracketed(piece.Box);

    private static FenceBox Bracketed(Box inner) => new("(", inner, ")");

    private Piece Lay(Expression node) => node switch
    {
        { ByRow.IsSaid: true } => Lay(new Annotated(
            node with { ByRow = RowSense.None }, new Words(RowCaptions.Of(node.ByRow)))),
        Symbol symbol => new(SymbolBox(symbol), Level.Atom),
        Number number => new(new NumberBox(number.Text), number.Text.StartsWith('-') ? Level.Sum : Level.Atom),
        Words words => new(new WordsBox(words.Value), Level.Atom),
        Ellipsis => new(new SignBox("…", SignRole.Ordinary), Level.Atom),
        Sum sum => new(SumBox(sum), Level.Sum),
        Product product => LayProduct(product),
        Negation negation => new(Row(Minus, At(negation.Operand, Level.Open)), Level.Sum),
        Quotient quotient => LayQuotient(quotient),
        Power power => LayPower(power),
        Root root => LayRoot(root),
        Postfix postfix => new(PostfixBox(postfix), Level.Power),
        Infix infix => new(InfixBox(infix), Level.Infix),
        Call call => OpenCall(call) ?? ClosedCall(call),
        Element element => new(ElementBox(element), Level.Power),
        BigOperator big => new(BigOperatorBox(big), Level.Open),
        Expectation expectation => new(ExpectationBox(expectation), Level.Atom),
        Derivative derivative => LayDerivative(derivative),
        Gradient gradient => new(GradientBox(gradient), gradient.Of is null ? Level.Atom : Level.Open),
        Delimited delimited => new(DelimitedBox(delimited), Level.Atom),
        Collection collection => new(CollectionBox(collection), Level.Atom),
        MatrixLiteral matrix => new(MatrixBox(matrix), Level.Atom),
        Cases cases => new(CasesBox(cases), Level.Atom),
        Annotated annotated => new(new BraceBox(Inside(annotated.Inner), Caption(annotated.Note)), Level.Atom),
        Relation relation => new(RelationBox(relation), Level.Relation),
        Qualified qualified => new(QualifiedBox(qualified), Level.System),
        FormulaSystem system => new(SystemBox(system), Level.System),
        _ => throw new FormulaException(
            $"a {node.GetType().Name} cannot be laid out; LayoutBuilder needs a line for it"),
    };

    private static readonly SignBox Minus = new("−", SignRole.Prefix);

    private static Box Row(params ReadOnlySpan<Box> parts) =>
        parts.Length == 1 ? parts[0] : new RowBox(parts.ToArray());

    private Box List(NodeList<Expression> items, SignBox? separator = null)
    {
        if (items.Count == 1)
            return At(items[0], Level.Relation);
        var parts = new List<Box>(2 * items.Count);
        foreach (Expression item in items)
        {
            if (parts.Count > 0)
                parts.Add(separator ?? SignBox.Comma);
            parts.Add(At(item, Level.Relation));
        }
        return new RowBox(parts);
    }

    private RowBox RelationBox(Relation relation)
    {
        var parts = new List<Box>();
        for (int i = 0; i < relation.Members.Count; i++)
        {
            if (i > 0)
                parts.Add(new SignBox(relation.Operators[i - 1].Sign, SignRole.Relation));
            parts.Add(At(relation.Members[i], Level.Infix));
        }
        return new RowBox(parts);
    }

    private Box SystemBox(FormulaSystem system)
    {
        if (linear)
            return List(system.Formulas);
        var rows = new List<IReadOnlyList<Box>>();
        foreach (Expression formula in system.Formulas)
        {
            IReadOnlyList<Box> parts = formula is Relation relation ? RelationBox(relation).Parts : [];
            rows.Add(parts.Count == 0 ? [At(formula, Level.Relation)] : [parts[0], new RowBox([.. parts.Skip(1)])]);
        }
        return new GridBox(GridKind.Aligned, rows);
    }

    private RowBox QualifiedBox(Qualified qualified)
    {
        Box condition = qualified.Condition is FormulaSystem several
            ? List(several.Formulas)
            : Inside(qualified.Condition);
        SignBox word = new(qualified.Word, SignRole.Conjunction);
        return new RowBox([At(qualified.Statement, Level.Relation), word, condition]);
    }

    private GridBox MatrixBox(MatrixLiteral matrix) =>
        new(GridKind.Matrix, [.. matrix.Rows.Select(row => (IReadOnlyList<Box>)[.. Cells(row).Select(Inside)])]);

    private static NodeList<Expression> Cells(Expression row) => row is Collection cells ? cells.Items : [row];

    private GridBox CasesBox(Cases cases)
    {
        var rows = new List<IReadOnlyList<Box>>();
        for (int i = 0; i < cases.Values.Count; i++)
        {
            Expression condition = cases.Conditions[i];
            Box said = condition is Words words
                ? new WordsBox(words.Value)
                : Row(new WordsBox("if "), Inside(condition));
            rows.Add([At(cases.Values[i], Level.Infix), said]);
        }
        return new GridBox(GridKind.Cases, rows);
    }
}
