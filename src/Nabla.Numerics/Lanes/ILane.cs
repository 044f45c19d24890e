namespace Nabla.Numerics.Lanes;

/// <summary>
/// A register of <see cref="Count"/> floats worked on side by side. Kernels are written once over it and run on the
/// widest one the machine has. Every member must carry AggressiveInlining, or a kernel falls to scalar speed.
/// </summary>
/// <typeparam name="TSelf">The lane type itself.</typeparam>
internal unsafe interface ILane<TSelf> : IReal<TSelf> where TSelf : struct, ILane<TSelf>
{
    /// <summary>How many floats stand side by side.</summary>
    static abstract int Count { get; }

    /// <summary>((p·x + a)·x + b)·x + c: three steps of Horner's scheme, in one call to inline.</summary>
    static abstract TSelf Horner(TSelf p, TSelf x, double a, double b, double c);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>The first <paramref name="count"/> lanes from memory, the others 0; reads nothing beyond.</summary>
    static abstract TSelf Load(float* source, int count);

    /// <summary>
    /// Random bits as numbers in [0, 1): the upper 24 of each 32, times 2⁻²⁴. Reads a whole register.
    /// </summary>
    static abstract TSelf Uniform(uint* bits);

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    static abstract void Store(TSelf value, float* target, int count);

    /// <summary>The first <paramref name="count"/> lanes of <paramref name="x"/>, then those of another.</summary>
    static abstract TSelf First(TSelf x, int count, TSelf others);

    /// <summary>The smaller of a limit and x; NaN if x is NaN. Cheaper than Min.</summary>
    static abstract TSelf AtMost(TSelf limit, TSelf x);

    /// <summary>The larger of a limit and x; NaN if x is NaN. Cheaper than Max.</summary>
    static abstract TSelf AtLeast(TSelf limit, TSelf x);

    /// <summary>|magnitude| with the sign bit of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>For normal positive x the whole number e for which x·2⁻ᵉ is in [2/3, 4/3).</summary>
    static abstract TSelf Exponent(TSelf x);

    /// <summary>x · 2ⁿ in one rounding, for whole n in −150 … 128 and x in (1/2, 2) or n in −128 … 126.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf n);

    /// <summary>
    /// Of the numbers of <paramref name="a"/> and then <paramref name="b"/>: the first, the third, ….
    /// </summary>
    static abstract TSelf Even(TSelf a, TSelf b);

    /// <summary>The second, the fourth, ….</summary>
    static abstract TSelf Odd(TSelf a, TSelf b);

    /// <summary>a₀, b₀, a₁, b₁, …: the first half of it.</summary>
    static abstract TSelf InterleaveLow(TSelf a, TSelf b);

    /// <summary>The second half of it.</summary>
    static abstract TSelf InterleaveHigh(TSelf a, TSelf b);

    /// <summary>The sum of all lanes, halves added to halves.</summary>
    static abstract float SumAcross(TSelf x);

    /// <summary>The largest of all lanes; NaN if any is NaN.</summary>
    static abstract float MaxAcross(TSelf x);
}
