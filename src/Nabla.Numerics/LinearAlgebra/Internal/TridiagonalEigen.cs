using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// The eigen-decomposition of a symmetric tridiagonal matrix: taking |e| off two neighbours on the diagonal makes it
/// two tridiagonal matrices, and the rest is |e|·(u·uᵀ) with u = (…0, 1, ±1, 0…).
/// </summary>
internal sealed class TridiagonalEigen<T> : DivideAndConquer<T, LinearGap>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] diagonal, beside;
    private readonly T[] coefficients;

    public TridiagonalEigen(double[] diagonal, double[] beside, double tolerance, bool valuesOnly)
        : base(diagonal.Length, tolerance)
    {
        (this.diagonal, this.beside) = (diagonal, beside);
        Rows = new VectorRows<T>(diagonal.Length, valuesOnly);
        coefficients = ArrayPool<T>.Shared.Rent(diagonal.Length * diagonal.Length);
    }

    /// <summary>The eigenvectors as rows, by slot.</summary>
    public VectorRows<T> Rows { get; }

    public void Dispose()
    {
        Rows.Dispose();
        ArrayPool<T>.Shared.Return(coefficients);
    }

    protected override (IndexRange First, IndexRange Second) Halves(IndexRange part)
    {
        int middle = part.Start + part.Count / 2;
        return (new(part.Start, middle), new(middle, part.End));
    }

    protected override bool TrySolve(IndexRange part)
    {
        if (part.Count > 1)
            return false;
        int i = part.Start;
        double value = diagonal[i];
        if (i > 0)
            value -= Math.Abs(beside[i - 1]);
        if (i < beside.Length)
            value -= Math.Abs(beside[i]);
        Values[i] = value;
        Rows.SetUnit(i);
        return true;
    }

    protected override double Couple(IndexRange part, IndexRange first, IndexRange second)
    {
        double e = beside[second.Start - 1], root = Math.Sqrt(Math.Abs(e)), squares = 0;
        for (int i = part.Start; i < part.End; i++)
        {
            bool isSecond = i >= second.Start;
            Coupling.SetSide(i, isSecond ? Side.Second : Side.First);
            double z = isSecond
                ? Math.CopySign(root, e) * double.CreateTruncating(Rows.First(i, second))
                : root * double.CreateTruncating(Rows.Last(i, first));
            Coupling.Z[i] = z;
            squares += z * z;
            Rows.Join(i, isSecond);
        }
        return squares > 0 ? Tolerance / Math.Sqrt(squares) : Tolerance;
    }

    protected override void Rotate(IndexRange part, (int X, int Y) slots, double c, double s) =>
        Vectors.Rotate(Rows.Row(slots.X, part), Rows.Row(slots.Y, part), c, s);

    protected override double Number(double pole, double offset) => pole + offset;

    protected override void Combine(IndexRange part, IndexRange first, IndexRange second) => Rows.Combine(
        Coupling, part, (Rows.Columns(first, isSecond: false), Rows.Columns(second, isSecond: true)),
        Coupling.Coefficients(part, left: false, coefficients));
}
