using System.Numerics;

namespace Nabla.Numerics;

/// <summary>
/// A seeded source of random numbers: xoshiro256** (Blackman and Vigna 2021, arXiv:1805.01407), its state filled by
/// SplitMix64. The same seed gives the same numbers on every machine. Not for secrets, not safe for several threads at
/// once: give each its own <see cref="Fork"/>.
/// </summary>
/// <example><code>
/// var rng = new Rng(1);
/// float u = rng.NextSingle();        // uniform in [0, 1)
/// Rng forStep7 = rng.Fork(7);        // its own stream, whatever rng does afterwards
/// </code></example>
public sealed class Rng
{
    private readonly ulong seed;
    private ulong s0, s1, s2, s3;

    /// <summary>Starts the stream that belongs to <paramref name="seed"/>.</summary>
    public Rng(long seed) : this(unchecked((ulong)seed))
    {
    }

    private Rng(ulong seed)
    {
        this.seed = seed;
        ulong x = seed;
        s0 = SplitMix(ref x);
        s1 = SplitMix(ref x);
        s2 = SplitMix(ref x);
        s3 = SplitMix(ref x);
    }

    /// <summary>
    /// An independent stream that depends on this generator's seed and <paramref name="stream"/> only, not on how many
    /// numbers were drawn: the draws of step 7 can be had again without those of steps 0 to 6.
    /// </summary>
    public Rng Fork(long stream)
    {
        ulong x = seed;
        ulong mixed = SplitMix(ref x) ^ BitOperations.RotateLeft(unchecked((ulong)stream) * 0xD1342543DE82EF95UL, 32);
        return new Rng(SplitMix(ref mixed));
    }

    /// <summary>A generator that stands where this one does: it will draw the same numbers.</summary>
    public Rng Copy()
    {
        var copy = new Rng(seed);
        copy.Restore(this);
        return copy;
    }

    /// <summary>
    /// Goes to where another generator of the same seed stands, such as an earlier <see cref="Copy"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The other has another seed.</exception>
    public void Restore(Rng other)
    {
        if (other.seed != seed)
            throw new ArgumentException("Rng: the generators have different seeds; restore from a Copy() of this one.");
        (s0, s1, s2, s3) = (other.s0, other.s1, other.s2, other.s3);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … <paramref name="below"/> − 1, without bias (Lemire 2019, arXiv:1805.10941).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is not positive.</exception>
    public int NextInt(int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        ulong range = (ulong)below;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = unchecked(0UL - range) % range;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), range, out low);
        }
        return (int)high;
    }

    /// <summary><paramref name="count"/> integers, each uniform in 0 … <paramref name="below"/> − 1.</summary>
    public int[] Integers(int count, int below)
    {
        var result = new int[count];
        for (int i = 0; i < count; i++)
            result[i] = NextInt(below);
        return result;
    }

    /// <summary>A sample of N(0, 1) (Box and Muller 1958), computed in double.</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts the items in a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        ulong z = x;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
