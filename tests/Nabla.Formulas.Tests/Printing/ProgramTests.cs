using System.Text.Json;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Printing;

public class ProgramTests(PythonPrograms python, CsharpPrograms csharp, ExcelCells excel)
    : IClassFixture<PythonPrograms>, IClassFixture<CsharpPrograms>, IClassFixture<ExcelCells>
{
    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, ProgramCase.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_python_of_a_formula_gives_its_numbers(int at)
    {
        if (PythonPrograms.Interpreter is null)
            return; // there is no Python with NumPy on this machine
        ProgramCase one = ProgramCase.All[at];
        JsonElement result = python.Result(one);
        string code = FormulaPrinter.Print(one.Formula.Tree, "python", one.Options);
        result.ValueKind.ShouldBe(JsonValueKind.Array, $"{one.Source}\n{result}\n{code}");
        ShouldBeClose([.. ProgramCase.Flat(result)], one.Expect, 1e-9, $"{one.Source}\n{code}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_csharp_of_a_formula_gives_its_numbers(int at)
    {
        ProgramCase one = ProgramCase.All[at];
        string code = FormulaPrinter.Print(one.Formula.Tree, "csharp", one.Options);
        double[] result = [.. csharp.Result(one).Select(number => (double)number)];
        ShouldBeClose(result, one.Expect, 2e-5, $"{one.Source}\n{code}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_cells_of_a_formula_give_its_numbers_in_libreoffice(int at)
    {
        if (ExcelCells.Office is null)
            return; // there is no LibreOffice on this machine
        ProgramCase one = ProgramCase.All[at];
        string why = $"{one.Source}\n{ExcelCells.Printed(one)}";
        ShouldBeClose(excel.Result(at), one.Expect, 1e-9, why);
    }

    private static void ShouldBeClose(double[] actual, double[] expected, double tolerance, string why)
    {
        actual.Length.ShouldBe(expected.Length, why);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance * scale + 1e-30, why);
    }
}
