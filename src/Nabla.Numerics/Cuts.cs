namespace Nabla.Numerics;

/// <summary>Cuts a length into nearly equal parts.</summary>
internal static class Cuts
{
    /// <summary>Where part <paramref name="index"/> begins; for index = parts, the length.</summary>
    public static int Start(int length, int index, int parts) => (int)((long)length * index / parts);

    /// <summary>How many parts of the given size cover the length.</summary>
    public static int Count(int length, int size) => (int)(((long)length + size - 1) / size);
}
