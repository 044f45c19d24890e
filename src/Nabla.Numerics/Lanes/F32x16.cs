using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Lanes;

/// <summary>Sixteen floats side by side.</summary>
internal readonly unsafe struct F32x16 : ILane<F32x16>
{
    private readonly Vector512<float> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private F32x16(Vector512<float> v) => this.v = v;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator F32x16(double value) => new(Vector512.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator +(F32x16 a, F32x16 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator -(F32x16 a, F32x16 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator *(F32x16 a, F32x16 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator /(F32x16 a, F32x16 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 operator -(F32x16 a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 MultiplyAdd(F32x16 a, F32x16 b, F32x16 c) =>
        new(Vector512.MultiplyAddEstimate(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Exp(F32x16 x) => LaneMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Log(F32x16 x) => LaneMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Sqrt(F32x16 x) => new(Vector512.Sqrt(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Tanh(F32x16 x) => LaneMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Erf(F32x16 x) => LaneMath.Erf(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Sin(F32x16 x) => LaneMath.Sin(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Cos(F32x16 x) => LaneMath.Cos(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Atan(F32x16 x) => LaneMath.Atan(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Expm1(F32x16 x) => LaneMath.Expm1(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Log1p(F32x16 x) => LaneMath.Log1p(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Pow(F32x16 x, F32x16 y) => LaneMath.Pow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Floor(F32x16 x) => new(Vector512.Floor(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Round(F32x16 x) => new(Vector512.Round(x.v, MidpointRounding.ToEven));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Abs(F32x16 x) => new(Vector512.Abs(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Max(F32x16 a, F32x16 b) => new(Vector512.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Min(F32x16 a, F32x16 b) => new(Vector512.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 WherePositive(F32x16 x, F32x16 yes, F32x16 no) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(x.v, Vector512<float>.Zero), yes.v, no.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Horner(F32x16 p, F32x16 x, double a, double b, double c)
    {
        Vector512<float> y = Vector512.MultiplyAddEstimate(p.v, x.v, Vector512.Create((float)a));
        y = Vector512.MultiplyAddEstimate(y, x.v, Vector512.Create((float)b));
        return new(Vector512.MultiplyAddEstimate(y, x.v, Vector512.Create((float)c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Load(float* source, int count)
    {
        Vector512<float> y = count == 16 ? Vector512.Load(source)
            : Avx512F.IsSupported ? Avx512F.MaskLoad(source, Mask(count), Vector512<float>.Zero)
            : PartialLanes.Load16(source, count);
        return new(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Uniform(uint* bits) =>
        new(Vector512.ConvertToSingle((Vector512.Load(bits) >> 8).AsInt32()) * Vector512.Create(1f / (1 << 24)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x16 value, float* target, int count)
    {
        if (count == 16)
            value.v.Store(target);
        else if (Avx512F.IsSupported)
            Avx512F.MaskStore(target, Mask(count), value.v);
        else
            PartialLanes.Store16(value.v, target, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 First(F32x16 x, int count, F32x16 others) =>
        count == 16 ? x : new(Vector512.ConditionalSelect(Mask(count), x.v, others.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 AtMost(F32x16 limit, F32x16 x)
    {
        Vector512<float> y = Avx512F.IsSupported ? Avx512F.Min(limit.v, x.v)
            : Vector512.ConditionalSelect(Vector512.LessThan(limit.v, x.v), limit.v, x.v);
        return new(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 AtLeast(F32x16 limit, F32x16 x)
    {
        Vector512<float> y = Avx512F.IsSupported ? Avx512F.Max(limit.v, x.v)
            : Vector512.ConditionalSelect(Vector512.GreaterThan(limit.v, x.v), limit.v, x.v);
        return new(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 CopySign(F32x16 magnitude, F32x16 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign.v, magnitude.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Exponent(F32x16 x) =>
        new(Vector512.ConvertToSingle((x.v.AsInt32() - Vector512.Create(F32.TwoThirdsBits)) >> 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 ScaleByPowerOfTwo(F32x16 x, F32x16 n)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Scale(x.v, n.v));
        Vector512<int> whole = Vector512.ConvertToInt32(n.v);
        Vector512<int> half = whole >> 1;
        return new(x.v * Power(half) * Power(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Even(F32x16 a, F32x16 b) => Avx512F.IsSupported
        ? Chosen(a, b, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30))
        : Both(F32x8.Even(a.v.GetLower(), a.v.GetUpper()), F32x8.Even(b.v.GetLower(), b.v.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 Odd(F32x16 a, F32x16 b) => Avx512F.IsSupported
        ? Chosen(a, b, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31))
        : Both(F32x8.Odd(a.v.GetLower(), a.v.GetUpper()), F32x8.Odd(b.v.GetLower(), b.v.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 InterleaveLow(F32x16 a, F32x16 b) => Avx512F.IsSupported
        ? Chosen(a, b, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
        : Interleaved(a.v.GetLower(), b.v.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x16 InterleaveHigh(F32x16 a, F32x16 b) => Avx512F.IsSupported
        ? Chosen(a, b, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31))
        : Interleaved(a.v.GetUpper(), b.v.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumAcross(F32x16 x) => F32x8.SumAcross(x.v.GetLower() + x.v.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(F32x16 x) => F32x8.MaxAcross(Vector256.Max(x.v.GetLower(), x.v.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Mask(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Power(Vector512<int> n) => ((n + Vector512.Create(127)) << 23).AsSingle();

    // The numbers with these places among those of a and then b.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F32x16 Chosen(F32x16 a, F32x16 b, Vector512<int> places) =>
        new(Avx512F.PermuteVar16x32x2(a.v, places, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F32x16 Interleaved(Vector256<float> a, Vector256<float> b) =>
        Both(F32x8.InterleaveLow(a, b), F32x8.InterleaveHigh(a, b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F32x16 Both(Vector256<float> low, Vector256<float> high) => new(Vector512.Create(low, high));
}
