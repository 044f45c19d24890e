using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla.Tensors.Memory;

/// <summary>
/// Arrays that scopes gave back, by size class. A class holds sizes within an eighth of one another, so that a training
/// step finds the arrays of the step before and a growing context does not leave one array for each length. An array
/// that no scope asked for while <see cref="Patience"/> scopes went by is left to the garbage collector.
/// </summary>
internal static class BufferPool
{
    /// <summary>
    /// Scopes after which an unused array goes: more than an evaluation between two training steps takes.
    /// </summary>
    internal const int Patience = 512;

    private const int SweepEvery = 64;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, List<Idle>> Free = []; // in each list, those longest idle come first
    private static long scopes, rented;

    /// <summary>Numbers that lie idle in the pool.</summary>
    internal static long IdleCount
    {
        get
        {
            lock (Gate)
                return Free.Sum(entry => (long)entry.Key * entry.Value.Count);
        }
    }

    /// <summary>Numbers that tensors of scopes hold.</summary>
    internal static long RentedCount
    {
        get
        {
            lock (Gate)
                return rented;
        }
    }

    /// <summary>A pinned array of at least this length.</summary>
    public static float[] Rent(int length)
    {
        int size = SizeClass(length);
        lock (Gate)
        {
            rented += size;
            if (Free.TryGetValue(size, out List<Idle>? idle) && idle.Count > 0)
            {
                float[] array = idle[^1].Array;
                idle.RemoveAt(idle.Count - 1);
                return array;
            }
        }
        return GC.AllocateUninitializedArray<float>(size, pinned: true);
    }

    /// <summary>Takes an array back.</summary>
    public static void Return(float[] array)
    {
        lock (Gate)
        {
            rented -= array.Length;
            ref List<Idle>? idle = ref CollectionsMarshal.GetValueRefOrAddDefault(Free, array.Length, out _);
            (idle ??= []).Add(new Idle(array, scopes));
        }
    }

    /// <summary>Leaves an array that was rented to the garbage collector: no scope will return it.</summary>
    public static void LetGo(float[] array)
    {
        lock (Gate)
            rented -= array.Length;
    }

    /// <summary>Counts a scope that has ended, and now and then drops what has been idle for long.</summary>
    public static void ScopeEnded()
    {
        lock (Gate)
            if (++scopes % SweepEvery == 0)
                foreach (List<Idle> idle in Free.Values)
                    idle.RemoveAll(entry => scopes - entry.Since > Patience);
    }

    /// <summary>The next size with three significant bits: 8, 9, …, 15, 16, 18, …, 30, 32, 36, …</summary>
    internal static int SizeClass(int length)
    {
        int step = Math.Max(1, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 1)) / 16);
        long rounded = ((long)length + step - 1) / step * step;
        return (int)Math.Min(rounded, Array.MaxLength);
    }

    private readonly record struct Idle(float[] Array, long Since);
}
