using System.Numerics;

namespace Nabla.Numerics.Fourier;

/// <summary>Roots of one, exact to the last bit or nearly so.</summary>
internal static class RootsOfUnity
{
    /// <summary>exp(−2πi·k/n), from an angle of at most an eighth of a turn.</summary>
    public static Complex Of(long k, long n)
    {
        // The angle as a/8n of a turn: reflections bring it into [0, n] without rounding.
        long a = 8 * (((k % n) + n) % n);
        bool isBelow = a > 4 * n;
        if (isBelow)
            a = 8 * n - a;
        bool isLeft = a > 2 * n;
        if (isLeft)
            a = 4 * n - a;
        bool isSteep = a > n;
        if (isSteep)
            a = 2 * n - a;
        (double sin, double cos) = Math.SinCos(Math.PI * a / (4.0 * n));
        if (a == n)
            sin = cos; // whose last bits differ at an eighth of a turn
        if (isSteep)
            (sin, cos) = (cos, sin);
        return new Complex(isLeft ? -cos : cos, isBelow ? sin : -sin);
    }

    /// <summary>The real and imaginary parts of <paramref name="values"/> in a format.</summary>
    public static (T[] Re, T[] Im) Parts<T>(IReadOnlyList<Complex> values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ([.. values.Select(value => T.CreateTruncating(value.Real))],
            [.. values.Select(value => T.CreateTruncating(value.Imaginary))]);
}
