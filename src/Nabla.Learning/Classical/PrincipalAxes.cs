using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Learning.Classical;

/// <summary>Axes in the order of their variances, and what is known of the data besides.</summary>
internal sealed record PrincipalAxes
{
    /// <summary>[k, D], a unit vector in each row.</summary>
    public required Matrix<double> Axes { get; init; }

    /// <summary>The variances along the axes (by n − 1), falling; [k].</summary>
    public required double[] Variance { get; init; }

    /// <summary>The variances of all columns together.</summary>
    public required double TotalVariance { get; init; }

    /// <summary>The mean of each column, [D].</summary>
    public required double[] Mean { get; init; }

    /// <summary>Rows seen.</summary>
    public required long Samples { get; init; }

    /// <summary>The first axes, with a sign that depends on them only: the largest coordinate is positive.</summary>
    public PrincipalAxes First(int count)
    {
        int columns = Axes.Columns;
        double[] axes = Axes.Values[..(count * columns)].ToArray();
        for (int k = 0; k < count; k++)
        {
            Span<double> axis = axes.AsSpan(k * columns, columns);
            double largest = 0;
            foreach (double value in axis)
                if (Math.Abs(value) > Math.Abs(largest))
                    largest = value;
            if (largest < 0)
                foreach (ref double value in axis)
                    value = -value;
        }
        return this with { Axes = new Matrix<double>(count, columns, axes), Variance = Variance[..count] };
    }
}
