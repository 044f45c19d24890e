using Nabla.Cli.Output;
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
            ExplanationRequest request = options.Request();
            Formula formula = Formula.Parse(text);
            if (options.To == "html")
                Show(session, options, ExplanationPage.Write(Explainer.Explain(formula, request)));
            else if (options.To is { } language)
                Show(session, options, FormulaPrinter.Print(formula.Tree, language, Printing(request)));
            else if (session.Json)
                Show(session, options, FormulaDocument.Of(Explainer.Explain(formula, request)));
            else
                FormulaScreen.Print(session.Screen, Explainer.Explain(formula, request), options);
            return 0;
        }
        catch (FormulaException error)
        {
            return FormulaError.Report(session, text, error);
        }
    }

    private static void Show(Session session, ExplainOptions options, string text)
    {
        if (options.Out is { } file)
        {
            AtomicFile.WriteText(file, text.EndsWith('\n') ? text : text + "\n");
            session.Remarks.Line(new InkedLine("It is in ", Ink.Dim).Add(file));
        }
        else
        {
            session.Streams.Output.WriteLine(text.TrimEnd('\n'));
        }
    }

    private static PrintOptions Printing(ExplanationRequest request) =>
        PrintOptions.Default with { Bindings = request.Bindings };
}
