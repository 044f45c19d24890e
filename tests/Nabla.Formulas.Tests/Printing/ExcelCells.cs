namespace Nabla.Formulas.Tests.Printing;

/// <summary>All cases as cells, computed by LibreOffice.</summary>
public sealed class ExcelCells
{
    private readonly ComputedCells? computed = ComputedCells.Office is null ? null
        : new([.. ProgramCase.All.Select(one => one.Print("excel") ?? "")]);

    /// <summary>The numbers of the cells with formulas.</summary>
    internal double[] Result(int at) => computed!.Result(at);
}
