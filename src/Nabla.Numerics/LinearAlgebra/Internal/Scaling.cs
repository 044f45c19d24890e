using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Brings matrices into the middle of the range of their numbers.</summary>
internal static class Scaling
{
    /// <summary>
    /// Divides by a power of two, so that the largest magnitude is between 1 and 2; returns that power, 0 for a matrix
    /// of zeros.
    /// </summary>
    public static double ToUnit<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = double.CreateTruncating(Vectors.LargestMagnitude<T>(a.Values));
        if (largest == 0)
            return 0;
        int exponent = Math.ILogB(largest);
        // In two steps, each within the range, for the power itself may not be.
        Vectors.Scale(a.Values, T.CreateTruncating(Math.ScaleB(1, -exponent / 2)));
        Vectors.Scale(a.Values, T.CreateTruncating(Math.ScaleB(1, -(exponent - exponent / 2))));
        return Math.ScaleB(1, exponent);
    }
}
