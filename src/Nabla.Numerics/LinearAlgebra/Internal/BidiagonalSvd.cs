using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// The SVD of an upper bidiagonal matrix (Gu and Eisenstat 1995; LAPACK's <c>bdsdc</c>). Leaving out row k makes it two
/// bidiagonal matrices, each with a column more than rows; row k then is z, and what is left is diag(d) with z in place
/// of row k, whose singular values are the square roots of the eigenvalues of diag(d²) + z·zᵀ.
/// </summary>
/// <remarks>
/// A column of zeros is added on the right, so that all parts are [m, m + 1]. Part start … end − 1 has its right
/// singular vectors in rows start … end − 1 and the direction that it maps to zero in row end.
/// </remarks>
internal sealed class BidiagonalSvd<T> : DivideAndConquer<T, SquaredGap>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The smallest root may be 1e-32·z², and the vector's square norm z²/root²: for both to be normal numbers z must
    // not be smaller. Next to the tolerance it is nothing.
    private const double LeastZ = 1e-100;
    private readonly double[] diagonal, above;
    private readonly T[] coefficients;

    public BidiagonalSvd(double[] diagonal, double[] above, double tolerance, bool valuesOnly)
        : base(diagonal.Length, tolerance)
    {
        (this.diagonal, this.above) = (diagonal, above);
        Right = new VectorRows<T>(diagonal.Length + 1, valuesOnly);
        Left = valuesOnly ? null : new VectorRows<T>(diagonal.Length, endsOnly: false);
        coefficients = ArrayPool<T>.Shared.Rent(diagonal.Length * diagonal.Length);
    }

    /// <summary>The right singular vectors as rows, by slot.</summary>
    public VectorRows<T> Right { get; }

    /// <summary>The left ones; null if only values are wanted.</summary>
    public VectorRows<T>? Left { get; }

    public void Dispose()
    {
        Right.Dispose();
        Left?.Dispose();
        ArrayPool<T>.Shared.Return(coefficients);
    }

    protected override (IndexRange First, IndexRange Second) Halves(IndexRange part)
    {
        int middle = part.Start + part.Count / 2;
        return (new(part.Start, middle), new(middle + 1, part.End));
    }

    protected override bool TrySolve(IndexRange part)
    {
        if (part.Count > 0)
            return false;
        Right.SetUnit(part.Start);
        return true;
    }

    protected override double Couple(IndexRange part, IndexRange first, IndexRange second)
    {
        int middle = first.End, end = part.End;
        IndexRange inFirst = Wider(first), inSecond = Wider(second);
        double alpha = diagonal[middle], beta = middle < above.Length ? above[middle] : 0;
        for (int i = part.Start; i <= end; i++)
        {
            bool isSecond = i > middle;
            double z = isSecond
                ? beta * double.CreateTruncating(Right.First(i, inSecond))
                : alpha * double.CreateTruncating(Right.Last(i, inFirst));
            Right.Join(i, isSecond);
            if (i < end)
            {
                Coupling.Z[i] = z;
                Coupling.SetSide(i, isSecond ? Side.Second : Side.First);
            }
            else
                JoinNullVectors(part, middle, z);
        }
        Values[middle] = 0;
        Left?.SetUnit(middle);
        return Tolerance;
    }

    /// <summary>Both halves' null vectors become one that z sees, in the middle, and one that it does not.</summary>
    private void JoinNullVectors(IndexRange part, int middle, double zOfSecond)
    {
        double z = Coupling.Z[middle], length = double.Hypot(z, zOfSecond);
        if (length > LeastZ) // the quotients of smaller ones are too rough for a rotation
            Vectors.Rotate(
                Right.Row(middle, Wider(part)), Right.Row(part.End, Wider(part)), z / length, zOfSecond / length);
        Coupling.Z[middle] = Math.Max(length, LeastZ);
        Coupling.SetSide(middle, Side.Both);
    }

    /// <summary>A tiny number is taken as zero; then a rotation moves its z to that of the middle's zero.</summary>
    protected override bool TryDeflateZero(IndexRange part, int slot)
    {
        int middle = part.Start + part.Count / 2;
        if (slot == middle || Values[slot] > Tolerance)
            return false;
        double z = Coupling.Z[slot], length = double.Hypot(Coupling.Z[middle], z);
        Vectors.Rotate(
            Right.Row(middle, Wider(part)), Right.Row(slot, Wider(part)), Coupling.Z[middle] / length, z / length);
        (Coupling.Z[middle], Coupling.Z[slot], Values[slot]) = (length, 0, 0);
        return true;
    }

    protected override bool MustKeep(IndexRange part, int slot) => slot == part.Start + part.Count / 2;

    protected override void Rotate(IndexRange part, (int X, int Y) slots, double c, double s)
    {
        Vectors.Rotate(Right.Row(slots.X, Wider(part)), Right.Row(slots.Y, Wider(part)), c, s);
        if (Left is not null)
            Vectors.Rotate(Left.Row(slots.X, part), Left.Row(slots.Y, part), c, s);
    }

    protected override double Number(double pole, double offset) => Math.Sqrt(pole * pole + offset);

    protected override void Combine(IndexRange part, IndexRange first, IndexRange second)
    {
        Right.Combine(
            Coupling, part,
            (Right.Columns(Wider(first), isSecond: false), Right.Columns(Wider(second), isSecond: true)),
            Coupling.Coefficients(part, left: false, coefficients));
        Left?.Combine(
            Coupling, part, (Wider(first), second), Coupling.Coefficients(part, left: true, coefficients));
    }

    private static IndexRange Wider(IndexRange part) => new(part.Start, part.End + 1);
}
