using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <summary>One float: the lane of machines without wide registers.</summary>
internal readonly unsafe struct F32 : ILane<F32>
{
    /// <summary>The bits of 2/3: subtracting them from those of x leaves the exponent that brings x near 1.</summary>
    internal const int TwoThirdsBits = 0x3F2AAAAB;

    private readonly float v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private F32(float v) => this.v = v;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator F32(double value) => new((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 operator +(F32 a, F32 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 operator -(F32 a, F32 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 operator *(F32 a, F32 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 operator /(F32 a, F32 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 operator -(F32 a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 MultiplyAdd(F32 a, F32 b, F32 c) => new(float.MultiplyAddEstimate(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Exp(F32 x) => LaneMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Log(F32 x) => LaneMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Sqrt(F32 x) => new(MathF.Sqrt(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Tanh(F32 x) => LaneMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Erf(F32 x) => LaneMath.Erf(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Sin(F32 x) => LaneMath.Sin(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Cos(F32 x) => LaneMath.Cos(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Atan(F32 x) => LaneMath.Atan(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Expm1(F32 x) => LaneMath.Expm1(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Log1p(F32 x) => LaneMath.Log1p(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Pow(F32 x, F32 y) => LaneMath.Pow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Floor(F32 x) => new(MathF.Floor(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Round(F32 x) => new(MathF.Round(x.v, MidpointRounding.ToEven));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Abs(F32 x) => new(MathF.Abs(x.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Max(F32 a, F32 b) => new(MathF.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Min(F32 a, F32 b) => new(MathF.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 WherePositive(F32 x, F32 yes, F32 no) => x.v > 0 ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Horner(F32 p, F32 x, double a, double b, double c)
    {
        float y = float.MultiplyAddEstimate(p.v, x.v, (float)a);
        y = float.MultiplyAddEstimate(y, x.v, (float)b);
        return new(float.MultiplyAddEstimate(y, x.v, (float)c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Broadcast(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Of(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Load(float* source, int count) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Uniform(uint* bits) => new((int)(*bits >> 8) * (1f / (1 << 24)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32 value, float* target, int count) => *target = value.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 First(F32 x, int count, F32 others) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 AtMost(F32 limit, F32 x) => limit.v < x.v ? limit : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 AtLeast(F32 limit, F32 x) => limit.v > x.v ? limit : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 CopySign(F32 magnitude, F32 sign) => new(MathF.CopySign(magnitude.v, sign.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Exponent(F32 x) => new((BitConverter.SingleToInt32Bits(x.v) - TwoThirdsBits) >> 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 ScaleByPowerOfTwo(F32 x, F32 n)
    {
        int whole = (int)n.v;
        int half = whole >> 1;
        return new(x.v * Power(half) * Power(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Even(F32 a, F32 b) => a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 Odd(F32 a, F32 b) => b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 InterleaveLow(F32 a, F32 b) => a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32 InterleaveHigh(F32 a, F32 b) => b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumAcross(F32 x) => x.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(F32 x) => x.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Power(int n) => BitConverter.Int32BitsToSingle((n + 127) << 23);
}
