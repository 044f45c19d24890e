using System.Text.Json;

namespace Nabla.Formulas.Tests.Printing;

public class ProgramTests(PythonPrograms python, CsharpPrograms csharp, ExcelCells excel)
    : IClassFixture<PythonPrograms>, IClassFixture<CsharpPrograms>, IClassFixture<ExcelCells>
{
    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, ProgramCase.All.Count)];

    [TheoryNeeding(Needing.Numpy)]
    [MemberData(nameof(Cases))]
    public void The_python_of_a_formula_gives_its_numbers(int at)
    {
        ProgramCase one = ProgramCase.All[at];
        if (one.Print("python") is not { } code)
            return; // a wider case that is no program
        JsonElement result = python.Result(one);
        result.ValueKind.ShouldBe(JsonValueKind.Array, $"{one.Source}\n{result}\n{code}");
        ShouldBeClose([.. ProgramCase.Flat(result)], one, 1e-8, code);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_csharp_of_a_formula_gives_its_numbers(int at)
    {
        ProgramCase one = ProgramCase.All[at];
        if (one.Print("csharp") is { } code)
            ShouldBeClose([.. csharp.Result(at).Select(number => (double)number)], one, 1e-4, code);
    }

    [TheoryNeeding(Needing.Office)]
    [MemberData(nameof(Cases))]
    public void The_cells_of_a_formula_give_its_numbers_in_libreoffice(int at)
    {
        ProgramCase one = ProgramCase.All[at];
        if (one.Print("excel") is not { } cells)
            return; // a wider case that has no cells
        ShouldBeClose(excel.Result(at), one, 1e-8, cells);
    }

    [Fact]
    public void Nearly_all_formulas_with_values_are_programs() =>
        ProgramCase.All.Count(one =>
            one.Print("python") is not null).ShouldBeGreaterThan(ProgramCase.All.Count * 85 / 100);

    private static void ShouldBeClose(double[] actual, ProgramCase one, double tolerance, string code)
    {
        string why = $"{one.Source}\n{code}";
        actual.Length.ShouldBe(one.Expect.Length, why);
        double scale = Math.Max(1e-30, one.Expect.Max(Math.Abs));
        for (int i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(one.Expect[i], tolerance * scale, why);
    }
}
