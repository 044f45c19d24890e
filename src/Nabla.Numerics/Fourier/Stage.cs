using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.Fourier;

/// <summary>
/// One stage of the Stockham form of the fast transform (Cochran et al. 1967): a transform of n = r·m numbers becomes r
/// transforms of m numbers each, and no reordering is needed, for a stage writes its results where the next one wants
/// them. With stride s (the transforms that are already apart) it computes for all p &lt; m and q &lt; s
/// <code>y[q + s·(r·p + k)] = w^(p·k) · Σⱼ x[q + s·(p + m·j)] · exp(−2πi·j·k/r),   w = exp(−2πi/n).</code>
/// The s numbers of one q after the other lie side by side: they are what a register takes at once.
/// </summary>
internal sealed class Stage<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest prime for which r² steps are less work than Bluestein's way.</summary>
    public const int LargestRadix = 31;

    private readonly int radix, count, stride;
    private readonly T[] twiddleRe, twiddleIm; // [p, k − 1]: w^(p·k)
    private readonly T[] rootRe, rootIm;       // exp(−2πi·k/r)

    public Stage(int radix, int count, int stride)
    {
        (this.radix, this.count, this.stride) = (radix, count, stride);
        (twiddleRe, twiddleIm) = RootsOfUnity.Parts<T>([.. Enumerable.Range(0, count).SelectMany(
            p => Enumerable.Range(1, radix - 1).Select(k => RootsOfUnity.Of((long)p * k, (long)radix * count)))]);
        (rootRe, rootIm) = RootsOfUnity.Parts<T>(
            [.. Enumerable.Range(0, radix).Select(k => RootsOfUnity.Of(k, radix))]);
    }

    /// <summary>Reads x, writes y; all four have the length of the transform and none is another.</summary>
    public void Run(ReadOnlySpan<T> xRe, ReadOnlySpan<T> xIm, Span<T> yRe, Span<T> yIm)
    {
        int length = radix * count * stride;
        var memory = new Arrays(xRe[..length], xIm[..length], yRe[..length], yIm[..length]);
        int wide = stride / Vector<T>.Count * Vector<T>.Count;
        if (wide > 0)
            Run<Wide<T>>(memory, 0, wide);
        if (wide < stride)
            Run<One<T>>(memory, wide, stride);
    }

    private void Run<TPart>(in Arrays memory, int from, int to)
        where TPart : struct, IPart<TPart, T>
    {
        switch (radix)
        {
            case 2: Two<TPart>(memory, from, to); break;
            case 3: Three<TPart>(memory, from, to); break;
            case 4: Four<TPart>(memory, from, to); break;
            case 5: Five<TPart>(memory, from, to); break;
            default: Any<TPart>(memory, from, to); break;
        }
    }

    private void Two<TPart>(in Arrays memory, int from, int to)
        where TPart : struct, IPart<TPart, T>
    {
        nint apart = (nint)stride * count;
        for (int p = 0; p < count; p++)
        {
            Pair<TPart, T> w = Twiddle<TPart>(p, 1);
            nint x = (nint)stride * p, y = 2 * x;
            for (nint q = from; q < to; q += TPart.Count)
            {
                Pair<TPart, T> a = memory.Load<TPart>(x + q), b = memory.Load<TPart>(x + q + apart);
                memory.Store(y + q, a + b);
                memory.Store(y + q + stride, (a - b) * w);
            }
        }
    }

    private void Three<TPart>(in Arrays memory, int from, int to)
        where TPart : struct, IPart<TPart, T>
    {
        T half = T.CreateTruncating(0.5), sine = -rootIm[1];
        nint apart = (nint)stride * count;
        for (int p = 0; p < count; p++)
        {
            Pair<TPart, T> w1 = Twiddle<TPart>(p, 1), w2 = Twiddle<TPart>(p, 2);
            nint x = (nint)stride * p, y = 3 * x;
            for (nint q = from; q < to; q += TPart.Count)
            {
                Pair<TPart, T> a = memory.Load<TPart>(x + q);
                Pair<TPart, T> b = memory.Load<TPart>(x + q + apart), c = memory.Load<TPart>(x + q + 2 * apart);
                Pair<TPart, T> sum = b + c, middle = a - sum.Times(half), turn = (b - c).Times(sine);
                memory.Store(y + q, a + sum);
                memory.Store(y + q + stride, middle.MinusI(turn) * w1);
                memory.Store(y + q + 2 * stride, middle.PlusI(turn) * w2);
            }
        }
    }

    private void Four<TPart>(in Arrays memory, int from, int to)
        where TPart : struct, IPart<TPart, T>
    {
        nint apart = (nint)stride * count;
        for (int p = 0; p < count; p++)
        {
            Pair<TPart, T> w1 = Twiddle<TPart>(p, 1), w2 = Twiddle<TPart>(p, 2), w3 = Twiddle<TPart>(p, 3);
            nint x = (nint)stride * p, y = 4 * x;
            for (nint q = from; q < to; q += TPart.Count)
            {
                Pair<TPart, T> a = memory.Load<TPart>(x + q), b = memory.Load<TPart>(x + q + apart);
                Pair<TPart, T> c = memory.Load<TPart>(x + q + 2 * apart), d = memory.Load<TPart>(x + q + 3 * apart);
                Pair<TPart, T> ac = a + c, bd = b + d, acApart = a - c, bdApart = b - d;
                memory.Store(y + q, ac + bd);
                memory.Store(y + q + stride, acApart.MinusI(bdApart) * w1);
                memory.Store(y + q + 2 * stride, (ac - bd) * w2);
                memory.Store(y + q + 3 * stride, acApart.PlusI(bdApart) * w3);
            }
        }
    }

    private void Five<TPart>(in Arrays memory, int from, int to)
        where TPart : struct, IPart<TPart, T>
    {
        (T cos1, T sin1, T cos2, T sin2) = (rootRe[1], -rootIm[1], rootRe[2], -rootIm[2]);
        nint apart = (nint)stride * count;
        for (int p = 0; p < count; p++)
        {
            Pair<TPart, T> w1 = Twiddle<TPart>(p, 1), w2 = Twiddle<TPart>(p, 2);
            Pair<TPart, T> w3 = Twiddle<TPart>(p, 3), w4 = Twiddle<TPart>(p, 4);
            nint x = (nint)stride * p, y = 5 * x;
            for (nint q = from; q < to; q += TPart.Count)
            {
                Pair<TPart, T> a = memory.Load<TPart>(x + q);
                Pair<TPart, T> b = memory.Load<TPart>(x + q + apart), c = memory.Load<TPart>(x + q + 2 * apart);
                Pair<TPart, T> d = memory.Load<TPart>(x + q + 3 * apart), e = memory.Load<TPart>(x + q + 4 * apart);
                Pair<TPart, T> be = b + e, cd = c + d, beApart = b - e, cdApart = c - d;
                Pair<TPart, T> outer = a + be.Times(cos1) + cd.Times(cos2), inner = a + be.Times(cos2) + cd.Times(cos1);
                Pair<TPart, T> outerTurn = beApart.Times(sin1) + cdApart.Times(sin2);
                Pair<TPart, T> innerTurn = beApart.Times(sin2) - cdApart.Times(sin1);
                memory.Store(y + q, a + be + cd);
                memory.Store(y + q + stride, outer.MinusI(outerTurn) * w1);
                memory.Store(y + q + 2 * stride, inner.MinusI(innerTurn) * w2);
                memory.Store(y + q + 3 * stride, inner.PlusI(innerTurn) * w3);
                memory.Store(y + q + 4 * stride, outer.PlusI(outerTurn) * w4);
            }
        }
    }

    // The sum as it stands in the definition.
    private void Any<TPart>(in Arrays memory, int from, int to)
        where TPart : struct, IPart<TPart, T>
    {
        nint apart = (nint)stride * count;
        for (int p = 0; p < count; p++)
            for (nint q = from; q < to; q += TPart.Count)
                for (int k = 0; k < radix; k++)
                {
                    Pair<TPart, T> sum = memory.Load<TPart>((nint)stride * p + q);
                    for (int j = 1; j < radix; j++)
                    {
                        int turn = j * k % radix;
                        sum += memory.Load<TPart>((nint)stride * p + q + j * apart)
                            * new Pair<TPart, T>(TPart.All(rootRe[turn]), TPart.All(rootIm[turn]));
                    }
                    memory.Store((nint)stride * ((nint)radix * p + k) + q, k == 0 ? sum : sum * Twiddle<TPart>(p, k));
                }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Pair<TPart, T> Twiddle<TPart>(int p, int k)
        where TPart : struct, IPart<TPart, T>
    {
        int at = p * (radix - 1) + k - 1;
        return new Pair<TPart, T>(TPart.All(twiddleRe[at]), TPart.All(twiddleIm[at]));
    }

    // The lengths are checked in Run; inside the loops no index is checked again.
    private readonly ref struct Arrays(ReadOnlySpan<T> xRe, ReadOnlySpan<T> xIm, Span<T> yRe, Span<T> yIm)
    {
        private readonly ref T xRe = ref MemoryMarshal.GetReference(xRe), xIm = ref MemoryMarshal.GetReference(xIm);
        private readonly ref T yRe = ref MemoryMarshal.GetReference(yRe), yIm = ref MemoryMarshal.GetReference(yIm);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pair<TPart, T> Load<TPart>(nint at)
            where TPart : struct, IPart<TPart, T> => new(TPart.Load(ref xRe, at), TPart.Load(ref xIm, at));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store<TPart>(nint at, Pair<TPart, T> value)
            where TPart : struct, IPart<TPart, T>
        {
            value.Re.Store(ref yRe, at);
            value.Im.Store(ref yIm, at);
        }
    }
}
