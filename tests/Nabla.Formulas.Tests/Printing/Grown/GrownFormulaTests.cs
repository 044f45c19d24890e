using System.Text.Json;
using Nabla.Formulas.Articles.Reading;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Printing.Programs;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Printing.Grown;

/// <summary>What is printed of formulas that nobody wrote means what they mean.</summary>
public class GrownFormulaTests
{
    // A sheet for each formula: LibreOffice reads so many in a few seconds.
    private const int SheetsAtOnce = 500, ProgramsAtOnce = 1000;

    [Theory]
    [InlineData("latex")]
    [InlineData("mathml")]
    [InlineData("text")]
    public void Mathematics_reads_again_as_what_was_printed(string language)
    {
        var differences = new Differences(language);
        foreach (GrownFormula formula in GrownFormula.Many(700))
            differences.Add(formula, Difference(formula, language));
        differences.ShouldBeNone(mostRefused: 0);
    }

    [FactNeeding(Needing.Numpy)]
    public void Python_gives_the_value()
    {
        var differences = new Differences("python");
        foreach (GrownFormula[] formulas in GrownFormula.Many(700).Chunk(ProgramsAtOnce))
        {
            var results = PythonRunner.Run(formulas.Where(formula => formula.Print("python") is not null).Select(
                formula => new PythonCall($"{formula.Seed}", formula.Print("python")!,
                    [.. Values(formula, new PythonDialect()).Select(AsJson)])));
            foreach (GrownFormula formula in formulas)
                if (!results.TryGetValue($"{formula.Seed}", out JsonElement result))
                    differences.Refuse();
                else
                    differences.Add(formula, Told(formula, "python", result.ValueKind == JsonValueKind.Array
                        ? formula.Difference([.. ProgramCase.Flat(result)], 1e-8)
                        : formula.IsPlain ? result.GetString() : null));
        }
        differences.ShouldBeNone(mostRefused: 0.02);
    }

    [Fact]
    public void Csharp_gives_the_value()
    {
        var differences = new Differences("csharp");
        foreach (GrownFormula[] formulas in GrownFormula.Many(400).Chunk(ProgramsAtOnce))
        {
            using var compiled = new CompiledPrograms(Enumerable.Range(0, formulas.Length)
                .Select(i => (i, Code: formulas[i].Print("csharp"))).Where(one => one.Code is not null)
                .Select(one => (one.i, one.Code!)));
            for (int i = 0; i < formulas.Length; i++)
                if (formulas[i].Print("csharp") is null)
                    differences.Refuse();
                else
                    differences.Add(formulas[i],
                        Told(formulas[i], "csharp", CsharpDifference(compiled, formulas[i], i)));
        }
        differences.ShouldBeNone(mostRefused: 0.02);
    }

    [FactNeeding(Needing.Office)]
    public void Cells_give_the_value_in_libreoffice()
    {
        var differences = new Differences("excel");
        foreach (GrownFormula[] formulas in GrownFormula.Many(300).Chunk(SheetsAtOnce))
        {
            string[] printed = [.. formulas.Select(formula => formula.Print("excel") ?? "")];
            var computed = new ComputedCells(printed);
            for (int i = 0; i < formulas.Length; i++)
                if (printed[i].Length == 0)
                    differences.Refuse();
                else
                    differences.Add(formulas[i],
                        Told(formulas[i], "excel", formulas[i].Difference(computed.Result(i), 1e-8)));
        }
        differences.ShouldBeNone(mostRefused: 0.1);
    }

    // What is grown may be written in a way that reads as an equal formula, say without brackets around a sum in a sum;
    // what has been read once stays the same tree.
    private static string? Difference(GrownFormula formula, string language)
    {
        string printed = Written(formula.Tree, language);
        try
        {
            Expression read = Formula.Parse(printed).Tree;
            if (GrownFormula.Evaluated(read) is not { } value)
                return $"{printed} has no value";
            if (formula.Difference(value.Value.Values, 1e-9) is { } difference)
                return $"{printed} is {difference}";
            string again = Written(read, language);
            return Formula.Parse(again).Tree.Equals(read) ? null : $"{printed} is written {again} and is another tree";
        }
        catch (FormulaException error)
        {
            return $"{printed} cannot be read: {error.Message}";
        }
    }

    // Of MathML what an article with it says.
    private static string Written(Expression tree, string language)
    {
        string printed = FormulaPrinter.Print(tree, language);
        if (language != "mathml")
            return printed;
        var page = HtmlPage.Of(MappedText.Of(printed));
        return MathMl.ToText(page, 1, page.Pieces.Count - 1).Text;
    }

    private static IEnumerable<NumberArray> Values(GrownFormula formula, ArrayDialect dialect) =>
        FormulaProgram.Of(formula.Tree, dialect, GrownFormula.Options).Parameters
            .Select(parameter => FormulaGrower.Bindings[parameter.Name]);

    private static JsonElement AsJson(NumberArray value)
    {
        using JsonDocument document = JsonDocument.Parse(value.ToString());
        return document.RootElement.Clone();
    }

    private static string? CsharpDifference(CompiledPrograms compiled, GrownFormula formula, int number)
    {
        float[] result = compiled.Result(number, Values(formula, new CsharpDialect()));
        double[] actual = [.. result.Select(value => (double)value)];
        // Where float32 loses digits the engine does too.
        double lost = formula.Value.EngineValue is { } engine
            ? GrownFormula.Off(engine.Values, formula.Value.Value.Values) : 0;
        return formula.Difference(actual, 1e-4 + 10 * lost);
    }

    private static string? Told(GrownFormula formula, string language, string? difference) => difference is null ? null
        : $"{FormulaPrinter.Text(formula.Tree)} is {difference} in\n{formula.Print(language)}";
}
