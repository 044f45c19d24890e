using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Dropout (Srivastava et al. 2014): each number is kept with probability 1 − p and then divided by 1 − p. Whether
/// number i is kept is a hash of the seed and i alone, so nothing has to be stored for the backward pass.
/// </summary>
public static unsafe class DropoutKernel
{
    private const int Chunk = 1 << 14;

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
            throw new ArgumentOutOfRangeException(nameof(p), p, "Dropout: the probability must be at least 0 and below 1.");
        Require.Length("Dropout", y.Length, x.Length);
        uint threshold = (uint)(p * (double)(1L << 32));
        fixed (float* px = x, py = y)
            WorkerPool.Run((int)((x.Length + (long)Chunk - 1) / Chunk),
                new Body(px, py, x.Length, (seed, threshold, 1 / (1 - p)), accumulate));
    }

    /// <summary>The mask: whether number <paramref name="index"/> is kept.</summary>
    public static bool Keeps(ulong seed, long index, float p) =>
        Bits(seed, index >> 1, (int)(index & 1)) >= (uint)(p * (double)(1L << 32));

    // SplitMix64's finalizer (Steele et al. 2014) of a counter; each hash serves two numbers.
    private static ulong Hash(ulong seed, long counter)
    {
        ulong z = seed + (ulong)(counter + 1) * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static uint Bits(ulong seed, long counter, int half) => (uint)(Hash(seed, counter) >> (32 * half));

    private readonly struct Body(
        float* x, float* y, int length, (ulong Seed, uint Threshold, float Scale) mask, bool accumulate) : IParallelBody
    {
        public void Run(int piece)
        {
            int start = piece * Chunk, end = (int)Math.Min((long)start + Chunk, length);
            for (int i = start; i < end; i += 2)
            {
                ulong bits = Hash(mask.Seed, i >> 1);
                Put(i, (uint)bits);
                if (i + 1 < end)
                    Put(i + 1, (uint)(bits >> 32));
            }
        }

        // No branch: it would be mispredicted for a share p of all numbers.
        private void Put(int i, uint bits)
        {
            int keep = (int)(((long)bits - mask.Threshold) >> 63);
            float value = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x[i] * mask.Scale) & ~keep);
            y[i] = accumulate ? y[i] + value : value;
        }
    }
}
