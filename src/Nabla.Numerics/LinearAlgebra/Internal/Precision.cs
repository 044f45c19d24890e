using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>What the algorithms need to know of a number format.</summary>
internal static class Precision<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>From 1 to the next number.</summary>
    public static readonly double Epsilon = typeof(T) == typeof(float) ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52);

    /// <summary>What share of a matrix divide and conquer takes as zero: eight roundings, as LAPACK does.</summary>
    public static readonly double Deflated = 4 * Epsilon;
}
