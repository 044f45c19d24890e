namespace Nabla.Tensors.Ops;

/// <summary>
/// Cosines and sines of the rotary embedding: for position t and pair i of D/2, the angle t·θ^(−2i/D). Computed in
/// double. Su et al. 2021, arXiv:2104.09864, equation 15.
/// </summary>
public sealed class RotaryTable
{
    private readonly float[] cosines, sines;

    /// <summary>
    /// The table for heads of <paramref name="dim"/> numbers and positions 0 … <paramref name="length"/> − 1.
    /// </summary>
    /// <exception cref="ArgumentException">The head size is odd or a size is not positive.</exception>
    public RotaryTable(int dim, int length, double theta = 10000)
    {
        if (dim <= 0 || dim % 2 != 0)
            throw new ArgumentException(
                $"RotaryTable: head size {dim} must be even and positive: numbers are rotated in pairs.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        (Dim, Length, Theta) = (dim, length, theta);
        cosines = new float[checked(length * (dim / 2))];
        sines = new float[cosines.Length];
        for (int t = 0; t < length; t++)
            for (int i = 0; i < dim / 2; i++)
            {
                (double sine, double cosine) = Math.SinCos(t * Math.Pow(theta, -2.0 * i / dim));
                cosines[t * (dim / 2) + i] = (float)cosine;
                sines[t * (dim / 2) + i] = (float)sine;
            }
    }

    /// <summary>D, the size of a head.</summary>
    public int Dim { get; }

    /// <summary>Number of positions.</summary>
    public int Length { get; }

    /// <summary>θ, the base of the angles.</summary>
    public double Theta { get; }

    /// <summary>cos of the angles, [Length, D/2].</summary>
    public ReadOnlySpan<float> Cosines => cosines;

    /// <summary>sin of the angles, [Length, D/2].</summary>
    public ReadOnlySpan<float> Sines => sines;
}
