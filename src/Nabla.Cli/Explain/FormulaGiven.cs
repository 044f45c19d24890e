using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Formulas;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;
using Nabla.Learning.Checkpoints;

namespace Nabla.Cli.Explain;

/// <summary>A formula: it is explained, or written in another language.</summary>
internal sealed class FormulaGiven : IGivenReader
{
    public int? TryExplain(Session session, string text, ExplainOptions options)
    {
        try
        {
            Formula formula = Formula.Parse(text);
            ExplanationRequest request = options.Request(formula);
            if (options.To is "excel" && options.With.Count + options.Shapes.Count == 0)
                RequireSizes(formula);
            if (options.To is not (null or "html"))
                ShowCode(session, options, FormulaPrinter.Print(formula.Tree, options.To, Printing(formula, request)));
            else
                Show(session, options, Explainer.Explain(formula, request), request);
            return 0;
        }
        catch (FormulaException error)
        {
            return FormulaError.Report(session, text, error);
        }
    }

    // Cells need to know how many there are.
    private static void RequireSizes(Formula formula)
    {
        try
        {
            FormulaPrinter.Print(formula.Tree, "excel", PrintOptions.Default);
        }
        catch (FormulaException error) when (CellSizes.Example(formula) is { } example)
        {
            throw new FormulaException($"{error.Message} Cells must be counted: give values with --with, or sizes, as "
                + $"in {example}", error);
        }
    }

    private static void Show(
        Session session, ExplainOptions options, ExplainedFormula explained, ExplanationRequest request)
    {
        bool isForEyes = options.To is not null || !session.Json || session.Get(CommonOptions.Plot) is not null;
        Figure? figure = isForEyes ? FormulaFigure.Of(explained, request.Bindings) : null;
        if (options.To is not null)
            ShowCode(session, options, ExplanationPage.Write(explained, figure is null ? "" : SvgFigure.Draw(figure)));
        else if (session.Json && options.Out is null)
            FormulaDocument.Write(session.Streams.Output, explained);
        else if (session.Json)
            Show(session, options, FormulaDocument.Of(explained));
        else
            FormulaScreen.Print(session.Screen, explained, options, figure);
        if (figure is not null)
            session.Plot(() => figure);
        else if (session.Get(CommonOptions.Plot) is not null)
            throw new UsageException("--plot draws lists, matrices and functions of one number: give the other names "
                + "their values with --with.");
    }

    private static void ShowCode(Session session, ExplainOptions options, string code) => Show(session, options,
        session.Json ? JsonOutput.Text(new() { ["ok"] = true, ["language"] = options.To, ["code"] = code }) : code);

    private static void Show(Session session, ExplainOptions options, string text)
    {
        if (options.Out is { } file)
        {
            if (options.To == "excel" && file.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
                throw new UsageException("--to excel lists what stands in the cells; a workbook is made by: "
                    + $"nabla sheet FORMULA --out {file}");
            AtomicFile.WriteText(file, text.EndsWith('\n') ? text : text + "\n");
            session.Remarks.Line(new InkedLine("It is in ", Ink.Dim).Add(file));
        }
        else
        {
            session.Streams.Output.WriteLine(text.TrimEnd('\n'));
        }
    }

    // Without values the shapes that the explanation infers say which products are those of matrices.
    private static PrintOptions Printing(Formula formula, ExplanationRequest request) =>
        request.Bindings is { } bindings ? PrintOptions.Default with { Bindings = bindings }
            : Explainer.Explain(formula, request).Printing;
}
