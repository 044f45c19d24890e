using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Lanes;

/// <summary>Eight floats side by side.</summary>
internal readonly unsafe struct F32x8 : ILane<F32x8>
{
    private readonly Vector256<float> v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private F32x8(Vector256<float> v) => this.v = v;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator F32x8(double value) => new(Vector256.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator +(F32x8 a, F32x8 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator -(F32x8 a, F32x8 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator *(F32x8 a, F32x8 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator /(F32x8 a, F32x8 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator -(F32x8 a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 MultiplyAdd(F32x8 a, F32x8 b, F32x8 c) =>
        new(Vector256.MultiplyAddEstimate(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Exp(F32x8 x) => LaneMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Log(F32x8 x) => LaneMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Sqrt(F32x8 x) => new(Vector256.Sqrt(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Tanh(F32x8 x) => LaneMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Erf(F32x8 x) => LaneMath.Erf(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Sin(F32x8 x) => LaneMath.Sin(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Cos(F32x8 x) => LaneMath.Cos(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Atan(F32x8 x) => LaneMath.Atan(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Expm1(F32x8 x) => LaneMath.Expm1(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Log1p(F32x8 x) => LaneMath.Log1p(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Pow(F32x8 x, F32x8 y) => LaneMath.Pow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Floor(F32x8 x) => new(Vector256.Floor(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Round(F32x8 x) => new(Vector256.Round(x.v, MidpointRounding.ToEven));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Abs(F32x8 x) => new(Vector256.Abs(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Max(F32x8 a, F32x8 b) => new(Vector256.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Min(F32x8 a, F32x8 b) => new(Vector256.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 WherePositive(F32x8 x, F32x8 yes, F32x8 no) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(x.v, Vector256<float>.Zero), yes.v, no.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Horner(F32x8 p, F32x8 x, double a, double b, double c)
    {
        Vector256<float> y = Vector256.MultiplyAddEstimate(p.v, x.v, Vector256.Create((float)a));
        y = Vector256.MultiplyAddEstimate(y, x.v, Vector256.Create((float)b));
        return new(Vector256.MultiplyAddEstimate(y, x.v, Vector256.Create((float)c)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Of(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Load(float* source, int count)
    {
        Vector256<float> y = count == 8 ? Vector256.Load(source)
            : Avx.IsSupported ? Avx.MaskLoad(source, Mask(count))
            : PartialLanes.Load8(source, count);
        return new(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Uniform(uint* bits) =>
        new(Vector256.ConvertToSingle((Vector256.Load(bits) >> 8).AsInt32()) * Vector256.Create(1f / (1 << 24)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x8 value, float* target, int count)
    {
        if (count == 8)
            value.v.Store(target);
        else if (Avx.IsSupported)
            Avx.MaskStore(target, Mask(count), value.v);
        else
            PartialLanes.Store8(value.v, target, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 First(F32x8 x, int count, F32x8 others) =>
        count == 8 ? x : new(Vector256.ConditionalSelect(Mask(count), x.v, others.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 AtMost(F32x8 limit, F32x8 x)
    {
        Vector256<float> y = Avx.IsSupported ? Avx.Min(limit.v, x.v)
            : Vector256.ConditionalSelect(Vector256.LessThan(limit.v, x.v), limit.v, x.v);
        return new(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 AtLeast(F32x8 limit, F32x8 x)
    {
        Vector256<float> y = Avx.IsSupported ? Avx.Max(limit.v, x.v)
            : Vector256.ConditionalSelect(Vector256.GreaterThan(limit.v, x.v), limit.v, x.v);
        return new(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 CopySign(F32x8 magnitude, F32x8 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign.v, magnitude.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Exponent(F32x8 x) =>
        new(Vector256.ConvertToSingle((x.v.AsInt32() - Vector256.Create(F32.TwoThirdsBits)) >> 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 ScaleByPowerOfTwo(F32x8 x, F32x8 n)
    {
        Vector256<int> whole = Vector256.ConvertToInt32(n.v);
        Vector256<int> half = whole >> 1;
        return new(x.v * Power(half) * Power(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Even(F32x8 a, F32x8 b) => new(Even(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Even(Vector256<float> a, Vector256<float> b) =>
        Vector256.Create(Split(a).GetLower(), Split(b).GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Odd(F32x8 a, F32x8 b) => new(Odd(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Odd(Vector256<float> a, Vector256<float> b) =>
        Vector256.Create(Split(a).GetUpper(), Split(b).GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 InterleaveLow(F32x8 a, F32x8 b) => new(InterleaveLow(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> InterleaveLow(Vector256<float> a, Vector256<float> b) =>
        Merge(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 InterleaveHigh(F32x8 a, F32x8 b) => new(InterleaveHigh(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> InterleaveHigh(Vector256<float> a, Vector256<float> b) =>
        Merge(a.GetUpper(), b.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumAcross(F32x8 x) => SumAcross(x.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(F32x8 x) => MaxAcross(x.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SumAcross(Vector256<float> v)
    {
        Vector128<float> s = v.GetLower() + v.GetUpper();
        s = s + Vector128.Shuffle(s, Vector128.Create(2, 3, 0, 1));
        s = s + Vector128.Shuffle(s, Vector128.Create(1, 0, 3, 2));
        return s.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float MaxAcross(Vector256<float> v)
    {
        Vector128<float> s = Vector128.Max(v.GetLower(), v.GetUpper());
        s = Vector128.Max(s, Vector128.Shuffle(s, Vector128.Create(2, 3, 0, 1)));
        s = Vector128.Max(s, Vector128.Shuffle(s, Vector128.Create(1, 0, 3, 2)));
        return s.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mask(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Power(Vector256<int> n) => ((n + Vector256.Create(127)) << 23).AsSingle();

    /// <summary>The numbers at even places, then those at odd places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Split(Vector256<float> x) =>
        Vector256.Shuffle(x, Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Merge(Vector128<float> a, Vector128<float> b) =>
        Vector256.Shuffle(Vector256.Create(a, b), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));
}
