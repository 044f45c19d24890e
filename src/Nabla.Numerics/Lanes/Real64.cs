namespace Nabla.Numerics.Lanes;

/// <summary>A double as an <see cref="IReal{TSelf}"/>: the reference reading of an op.</summary>
public readonly record struct Real64(double Value) : IReal<Real64>
{
    /// <inheritdoc/>
    public static implicit operator Real64(double value) => new(value);

    /// <summary>The double itself.</summary>
    public static implicit operator double(Real64 x) => x.Value;

    /// <inheritdoc/>
    public static Real64 operator +(Real64 a, Real64 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static Real64 operator -(Real64 a, Real64 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static Real64 operator *(Real64 a, Real64 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static Real64 operator /(Real64 a, Real64 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static Real64 operator -(Real64 a) => new(-a.Value);

    /// <inheritdoc/>
    public static Real64 MultiplyAdd(Real64 a, Real64 b, Real64 c) => new(a.Value * b.Value + c.Value);

    /// <inheritdoc/>
    public static Real64 Exp(Real64 x) => new(Math.Exp(x.Value));

    /// <inheritdoc/>
    public static Real64 Log(Real64 x) => new(Math.Log(x.Value));

    /// <summary>log₂ x: whole where x is a power of 2.</summary>
    public static Real64 Log2(Real64 x) => new(Math.Log2(x.Value));

    /// <summary>log₁₀ x: whole where x is a power of 10.</summary>
    public static Real64 Log10(Real64 x) => new(Math.Log10(x.Value));

    /// <inheritdoc/>
    public static Real64 Sqrt(Real64 x) => new(Math.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Real64 Tanh(Real64 x) => new(Math.Tanh(x.Value));

    /// <summary>
    /// erf x to about 1e-15: the series 2/√π·e^(−x²)·Σ 2ᵏx²ᵏ⁺¹/(1·3·…·(2k+1)) (Abramowitz and Stegun 7.1.6), whose
    /// terms are all positive, below 3; 1 − erfc x by the continued fraction 7.1.14 from there.
    /// </summary>
    public static Real64 Erf(Real64 x)
    {
        double t = Math.Abs(x.Value);
        if (t >= 6)
            return new(Math.Sign(x.Value));
        double scale = Math.Exp(-t * t) / Math.Sqrt(Math.PI);
        if (t < 3)
        {
            double term = x.Value, sum = x.Value;
            for (int k = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); k++)
                sum += term *= 2 * t * t / (2 * k + 1);
            return new(2 * scale * sum);
        }
        double fraction = t;
        for (int k = 60; k >= 1; k--)
            fraction = t + k * 0.5 / fraction;
        return new(Math.CopySign(1 - scale / fraction, x.Value));
    }

    /// <inheritdoc/>
    public static Real64 Sin(Real64 x) => new(Math.Sin(x.Value));

    /// <inheritdoc/>
    public static Real64 Cos(Real64 x) => new(Math.Cos(x.Value));

    /// <inheritdoc/>
    public static Real64 Atan(Real64 x) => new(Math.Atan(x.Value));

    /// <summary>eˣ − 1, near 0 as 2t/(1 − t) with t = tanh(x/2).</summary>
    public static Real64 Expm1(Real64 x)
    {
        double t = Math.Tanh(x.Value / 2);
        return new(Math.Abs(x.Value) < 0.5 ? 2 * t / (1 - t) : Math.Exp(x.Value) - 1);
    }

    /// <summary>log u + (x − (u − 1))/u with u = 1 + x rounded: what the rounding lost is put back.</summary>
    public static Real64 Log1p(Real64 x)
    {
        double u = 1 + x.Value, log = Math.Log(u);
        return new(u > 0 && u < double.PositiveInfinity ? log + (x.Value - (u - 1)) / u : log);
    }

    /// <inheritdoc/>
    public static Real64 Pow(Real64 x, Real64 y) => new(Math.Pow(x.Value, y.Value));

    /// <inheritdoc/>
    public static Real64 Floor(Real64 x) => new(Math.Floor(x.Value));

    /// <inheritdoc/>
    public static Real64 Round(Real64 x) => new(Math.Round(x.Value, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static Real64 Abs(Real64 x) => new(Math.Abs(x.Value));

    /// <inheritdoc/>
    public static Real64 Max(Real64 a, Real64 b) => new(Math.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Real64 Min(Real64 a, Real64 b) => new(Math.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Real64 WherePositive(Real64 x, Real64 yes, Real64 no) => x.Value > 0 ? yes : no;
}
