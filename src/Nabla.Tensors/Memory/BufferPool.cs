namespace Nabla.Tensors.Memory;

/// <summary>
/// Arrays that scopes gave back, by size class. A class holds sizes within an eighth of one another, so that a training
/// step finds the arrays of the step before and a growing context does not leave one array for each length.
/// </summary>
internal static class BufferPool
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, Stack<float[]>> Free = [];

    public static float[] Rent(int length)
    {
        int size = SizeClass(length);
        lock (Gate)
        {
            if (Free.TryGetValue(size, out Stack<float[]>? stack) && stack.TryPop(out float[]? array))
                return array;
        }
        return GC.AllocateUninitializedArray<float>(size, pinned: true);
    }

    public static void Return(float[] array)
    {
        lock (Gate)
        {
            if (!Free.TryGetValue(array.Length, out Stack<float[]>? stack))
                Free[array.Length] = stack = new Stack<float[]>();
            stack.Push(array);
        }
    }

    /// <summary>The next size with three significant bits: 8, 9, …, 15, 16, 18, …, 30, 32, 36, …</summary>
    internal static int SizeClass(int length)
    {
        int step = Math.Max(1, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 1)) / 16);
        long rounded = ((long)length + step - 1) / step * step;
        return (int)Math.Min(rounded, Array.MaxLength);
    }
}
