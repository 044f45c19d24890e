using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <summary>
/// A number and its derivative over any number type: a + a′ε with ε² = 0 (Clifford 1873). Over <see cref="Real64"/> it
/// differentiates a function of one double, over SIMD lanes a kernel's, over <see cref="Dual{V}"/> itself it is a
/// hyper-dual number, which carries the exact second derivative (Fike and Alonso 2011).
/// </summary>
/// <typeparam name="V">What the number and its derivative are.</typeparam>
/// <param name="Value">The number.</param>
/// <param name="Derivative">Its derivative with respect to the seeded variable.</param>
/// <example><code>
/// Dual&lt;Real64&gt; y = Sin.Forward(Dual&lt;Real64&gt;.Variable(0.5));
/// y.Derivative.Value;   // = 0.877583
/// Math.Cos(0.5);        // = 0.877583
/// </code></example>
public readonly record struct Dual<V>(V Value, V Derivative) : IReal<Dual<V>> where V : struct, IReal<V>
{
    /// <summary>The variable to differentiate by: derivative 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Variable(V value) => new(value, 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Dual<V>(double value) => new(value, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> operator +(Dual<V> a, Dual<V> b) => new(a.Value + b.Value, a.Derivative + b.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> operator -(Dual<V> a, Dual<V> b) => new(a.Value - b.Value, a.Derivative - b.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> operator *(Dual<V> a, Dual<V> b) =>
        new(a.Value * b.Value, a.Derivative * b.Value + a.Value * b.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> operator /(Dual<V> a, Dual<V> b)
    {
        V quotient = a.Value / b.Value;
        return new(quotient, (a.Derivative - quotient * b.Derivative) / b.Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> operator -(Dual<V> a) => new(-a.Value, -a.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> MultiplyAdd(Dual<V> a, Dual<V> b, Dual<V> c) => a * b + c;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Exp(Dual<V> x)
    {
        V y = V.Exp(x.Value);
        return new(y, y * x.Derivative);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Log(Dual<V> x) => new(V.Log(x.Value), x.Derivative / x.Value);

    /// <summary>√x; that of a constant has derivative 0, also at 0, where that of a variable is infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Sqrt(Dual<V> x)
    {
        V y = V.Sqrt(x.Value), slope = x.Derivative / (2 * y);
        return new(y, V.WherePositive(y, slope, IfVariable(x, slope)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Tanh(Dual<V> x)
    {
        V y = V.Tanh(x.Value);
        return new(y, (1 - y) * (1 + y) * x.Derivative);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Erf(Dual<V> x) =>
        new(V.Erf(x.Value), 2 / Math.Sqrt(Math.PI) * V.Exp(-x.Value * x.Value) * x.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Sin(Dual<V> x) => new(V.Sin(x.Value), V.Cos(x.Value) * x.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Cos(Dual<V> x) => new(V.Cos(x.Value), -V.Sin(x.Value) * x.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Atan(Dual<V> x) => new(V.Atan(x.Value), x.Derivative / (1 + x.Value * x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Expm1(Dual<V> x) => new(V.Expm1(x.Value), V.Exp(x.Value) * x.Derivative);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Log1p(Dual<V> x) => new(V.Log1p(x.Value), x.Derivative / (1 + x.Value));

    /// <summary>
    /// xʸ; a constant's part of the derivative is 0, also where that of a variable is not defined.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Pow(Dual<V> x, Dual<V> y)
    {
        V power = V.Pow(x.Value, y.Value), distance = V.Abs(x.Value);
        V byX = y.Value * V.Pow(x.Value, y.Value - 1) * x.Derivative;
        byX = V.WherePositive(distance, byX, V.WherePositive(V.Abs(y.Value), IfVariable(x, byX), 0));
        V byY = power * V.Log(x.Value) * y.Derivative;
        byY = V.WherePositive(x.Value, byY, V.WherePositive(distance, IfVariable(y, byY), 0));
        return new(power, byX + byY);
    }

    /// <summary>⌊x⌋; its derivative is taken as 0 everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Floor(Dual<V> x) => new(V.Floor(x.Value), 0);

    /// <summary>x rounded; its derivative is taken as 0 everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Round(Dual<V> x) => new(V.Round(x.Value), 0);

    /// <summary>|x|; its derivative at 0 is taken as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Abs(Dual<V> x) => new(
        V.Abs(x.Value),
        V.WherePositive(x.Value, x.Derivative, V.WherePositive(-x.Value, -x.Derivative, 0 * x.Value)));

    /// <summary>The larger; where both are equal the derivative is the mean of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Max(Dual<V> a, Dual<V> b) =>
        new(V.Max(a.Value, b.Value), SlopeOfLarger(a.Value - b.Value, a.Derivative, b.Derivative));

    /// <summary>The smaller; where both are equal the derivative is the mean of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> Min(Dual<V> a, Dual<V> b) =>
        new(V.Min(a.Value, b.Value), SlopeOfLarger(b.Value - a.Value, a.Derivative, b.Derivative));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<V> WherePositive(Dual<V> x, Dual<V> yes, Dual<V> no) => new(
        V.WherePositive(x.Value, yes.Value, no.Value), V.WherePositive(x.Value, yes.Derivative, no.Derivative));

    /// <summary>The slope, or 0 for a constant, whose derivative is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V IfVariable(Dual<V> x, V slope) => V.WherePositive(V.Abs(x.Derivative), slope, x.Derivative);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SlopeOfLarger(V difference, V a, V b) =>
        V.WherePositive(difference, a, V.WherePositive(-difference, b, 0.5 * (a + b)));
}
