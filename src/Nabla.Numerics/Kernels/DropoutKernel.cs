using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Dropout (Srivastava et al. 2014): each number is kept with probability 1 − p and then divided by 1 − p. Whether
/// number i is kept is a hash of the seed and i alone, so nothing has to be stored for the backward pass.
/// </summary>
public static unsafe class DropoutKernel
{
    /// <summary>
    /// y = x·mask / (1 − p); y may be x. The backward pass is the same function: dx = Apply(dy) with the same seed.
    /// </summary>
    /// <param name="x">Numbers [n].</param>
    /// <param name="p">The probability of dropping a number, 0 ≤ p &lt; 1.</param>
    /// <param name="seed">Another seed, another mask.</param>
    /// <param name="y">Result [n].</param>
    /// <param name="accumulate">Adds to y instead of overwriting it.</param>
    /// <exception cref="ArgumentException">The lengths differ, or p is out of range.</exception>
    public static void Apply(ReadOnlySpan<float> x, float p, ulong seed, Span<float> y, bool accumulate = false)
    {
        if (!(p >= 0 && p < 1))
            throw new ArgumentOutOfRangeException(
                nameof(p), p, "Dropout: the probability must be at least 0 and below 1.");
        Require.Length("Dropout", y.Length, x.Length);
        fixed (float* px = x, py = y)
            Widest.Run(ElementPieces.Count(x.Length), new Body(px, py, x.Length, (seed, p), accumulate));
    }

    /// <summary>The mask: whether number <paramref name="index"/> is kept.</summary>
    public static bool Keeps(ulong seed, long index, float p) =>
        ((uint)(Hash(seed, new((ulong)index >> 1))[0] >> (32 * (int)(index & 1))) >> 8) * (1f / (1 << 24)) >= p;

    // SplitMix64's finalizer (Steele et al. 2014) of counters; each hash serves two numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<ulong> Hash(ulong seed, Vector<ulong> counters)
    {
        Vector<ulong> z = new Vector<ulong>(seed) + (counters + Vector<ulong>.One) * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >>> 31);
    }

    private readonly struct Body(
        float* x, float* y, int length, (ulong Seed, float P) mask, bool accumulate) : ILaneBody
    {
        private const int Block = 256;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            ulong* bits = stackalloc ulong[Block / 2];
            (int start, int end) = ElementPieces.Range(piece, length);
            for (int block = start; block < end; block += Block)
            {
                for (int i = 0; i < Block / 2; i += Vector<ulong>.Count)
                    Hash(mask.Seed, new Vector<ulong>((ulong)(block / 2 + i)) + Vector<ulong>.Indices).Store(bits + i);
                LaneLoop.Run<L, Step>(
                    new(x + block, y + block, (uint*)bits, mask.P, accumulate), 0, Math.Min(Block, end - block));
            }
        }
    }

    private readonly struct Step(float* x, float* y, uint* bits, float p, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void ILaneStep.Step<L>(int i, int count)
        {
            L scaled = L.Load(x + i, count) * L.Broadcast(1 / (1 - p));
            L kept = L.WherePositive(L.Broadcast(p) - L.Uniform(bits + i), default, scaled);
            L.Store(accumulate ? L.Load(y + i, count) + kept : kept, y + i, count);
        }
    }
}
