namespace Nabla.Numerics;

/// <summary>
/// What a formula needs of a number. An op body written over <typeparamref name="TSelf"/> is read in several ways: on
/// SIMD lanes (<c>F32x16</c>, <c>F32x8</c>, <c>F32</c>) it is the kernel, on <c>Real64</c> the reference, on
/// <c>Dual&lt;V&gt;</c> the exact derivative, on <c>Formula</c> its own text.
/// </summary>
/// <typeparam name="TSelf">The number type itself.</typeparam>
public interface IReal<TSelf> where TSelf : struct, IReal<TSelf>
{
    /// <summary>A constant, the same in every lane.</summary>
    static abstract implicit operator TSelf(double value);

    /// <summary>A float as a constant: on lanes one instruction, where a double has to be rounded first.</summary>
    static virtual TSelf Of(float value) => (double)value;

    /// <summary>a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a − b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a · b.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a / b.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>−a.</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>a · b + c, in one rounding where the hardware has it.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>eˣ.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>The natural logarithm.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>log₂ x = log x · log₂ e.</summary>
    static virtual TSelf Log2(TSelf x) => TSelf.Log(x) * 1.4426950408889634;

    /// <summary>log₁₀ x = log x · log₁₀ e.</summary>
    static virtual TSelf Log10(TSelf x) => TSelf.Log(x) * 0.43429448190325183;

    /// <summary>√x.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>tanh x.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>The error function, 2/√π · ∫₀ˣ exp(−t²) dt.</summary>
    static abstract TSelf Erf(TSelf x);

    /// <summary>sin x, x in radians.</summary>
    static abstract TSelf Sin(TSelf x);

    /// <summary>cos x, x in radians.</summary>
    static abstract TSelf Cos(TSelf x);

    /// <summary>The angle in (−π/2, π/2) whose tangent is x.</summary>
    static abstract TSelf Atan(TSelf x);

    /// <summary>eˣ − 1, exact to the last digits also near 0.</summary>
    static abstract TSelf Expm1(TSelf x);

    /// <summary>log(1 + x), exact to the last digits also near 0.</summary>
    static abstract TSelf Log1p(TSelf x);

    /// <summary>xʸ; of a negative x it is NaN unless y is whole.</summary>
    static abstract TSelf Pow(TSelf x, TSelf y);

    /// <summary>⌊x⌋, the largest whole number that is not above x.</summary>
    static abstract TSelf Floor(TSelf x);

    /// <summary>The whole number nearest x, of two as near the even one.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>|x|.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The larger of the two; NaN if either is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller of the two; NaN if either is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>Lane by lane: <paramref name="yes"/> where x &gt; 0, else <paramref name="no"/>.</summary>
    static abstract TSelf WherePositive(TSelf x, TSelf yes, TSelf no);
}
