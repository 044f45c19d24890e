namespace Nabla.Numerics.Lanes;

/// <summary>
/// A number and its derivative, a + a′ε with ε² = 0 (Clifford 1873): arithmetic on it differentiates exactly. Seed the
/// variable with <see cref="Variable"/>; read <see cref="Derivative"/> from the result.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="Derivative">Its derivative with respect to the seeded variable.</param>
/// <example><code>
/// Dual y = Silu.Forward(Dual.Variable(0.5));   // y.Value = f(0.5), y.Derivative = f′(0.5)
/// </code></example>
public readonly record struct Dual(double Value, double Derivative) : IReal<Dual>
{
    /// <summary>The variable to differentiate by: derivative 1.</summary>
    public static Dual Variable(double value) => new(value, 1);

    /// <inheritdoc/>
    public static implicit operator Dual(double value) => new(value, 0);

    /// <inheritdoc/>
    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Derivative + b.Derivative);

    /// <inheritdoc/>
    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Derivative - b.Derivative);

    /// <inheritdoc/>
    public static Dual operator *(Dual a, Dual b) =>
        new(a.Value * b.Value, a.Derivative * b.Value + a.Value * b.Derivative);

    /// <inheritdoc/>
    public static Dual operator /(Dual a, Dual b)
    {
        double quotient = a.Value / b.Value;
        return new(quotient, (a.Derivative - quotient * b.Derivative) / b.Value);
    }

    /// <inheritdoc/>
    public static Dual operator -(Dual a) => new(-a.Value, -a.Derivative);

    /// <inheritdoc/>
    public static Dual MultiplyAdd(Dual a, Dual b, Dual c) => a * b + c;

    /// <inheritdoc/>
    public static Dual Exp(Dual x)
    {
        double y = Math.Exp(x.Value);
        return new(y, y * x.Derivative);
    }

    /// <inheritdoc/>
    public static Dual Log(Dual x) => new(Math.Log(x.Value), x.Derivative / x.Value);

    /// <summary>√x; that of a constant has derivative 0, also at 0, where that of a variable is infinite.</summary>
    public static Dual Sqrt(Dual x)
    {
        double y = Math.Sqrt(x.Value);
        return new(y, x.Derivative == 0 ? 0 : x.Derivative / (2 * y));
    }

    /// <inheritdoc/>
    public static Dual Tanh(Dual x)
    {
        double cosh = Math.Cosh(x.Value);
        return new(Math.Tanh(x.Value), x.Derivative / (cosh * cosh));
    }

    /// <inheritdoc/>
    public static Dual Erf(Dual x) =>
        new(Real64.Erf(x.Value).Value, 2 / Math.Sqrt(Math.PI) * Math.Exp(-x.Value * x.Value) * x.Derivative);

    /// <inheritdoc/>
    public static Dual Sin(Dual x) => new(Math.Sin(x.Value), Math.Cos(x.Value) * x.Derivative);

    /// <inheritdoc/>
    public static Dual Cos(Dual x) => new(Math.Cos(x.Value), -Math.Sin(x.Value) * x.Derivative);

    /// <inheritdoc/>
    public static Dual Atan(Dual x) => new(Math.Atan(x.Value), x.Derivative / (1 + x.Value * x.Value));

    /// <inheritdoc/>
    public static Dual Expm1(Dual x) => new(Real64.Expm1(x.Value).Value, Math.Exp(x.Value) * x.Derivative);

    /// <inheritdoc/>
    public static Dual Log1p(Dual x) => new(Real64.Log1p(x.Value).Value, x.Derivative / (1 + x.Value));

    /// <summary>
    /// xʸ; a constant's part of the derivative is 0, also where that of a variable is not defined.
    /// </summary>
    public static Dual Pow(Dual x, Dual y)
    {
        double power = Math.Pow(x.Value, y.Value);
        double byX = x.Derivative == 0 || y.Value == 0
            ? 0 : y.Value * Math.Pow(x.Value, y.Value - 1) * x.Derivative;
        double byY = y.Derivative == 0 || (x.Value == 0 && y.Value >= 0)
            ? 0 : power * Math.Log(x.Value) * y.Derivative;
        return new(power, byX + byY);
    }

    /// <summary>⌊x⌋; its derivative is taken as 0 everywhere.</summary>
    public static Dual Floor(Dual x) => new(Math.Floor(x.Value), 0);

    /// <summary>x rounded; its derivative is taken as 0 everywhere.</summary>
    public static Dual Round(Dual x) => new(Math.Round(x.Value, MidpointRounding.ToEven), 0);

    /// <summary>|x|; its derivative at 0 is taken as 0.</summary>
    public static Dual Abs(Dual x) =>
        new(Math.Abs(x.Value), double.IsNaN(x.Value) ? double.NaN : Math.Sign(x.Value) * x.Derivative);

    /// <summary>The larger; where both are equal the derivative is the mean of the two.</summary>
    public static Dual Max(Dual a, Dual b) => a.Value > b.Value ? a : a.Value < b.Value ? b
        : new(Math.Max(a.Value, b.Value), (a.Derivative + b.Derivative) / 2);

    /// <summary>The smaller; where both are equal the derivative is the mean of the two.</summary>
    public static Dual Min(Dual a, Dual b) => a.Value < b.Value ? a : a.Value > b.Value ? b
        : new(Math.Min(a.Value, b.Value), (a.Derivative + b.Derivative) / 2);

    /// <inheritdoc/>
    public static Dual WherePositive(Dual x, Dual yes, Dual no) => x.Value > 0 ? yes : no;
}
