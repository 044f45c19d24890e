namespace Nabla.Numerics.Lanes;

/// <summary>How the elements of an array are cut into pieces.</summary>
internal static class ElementPieces
{
    /// <summary>Elements in a piece.</summary>
    public const int Size = 1 << 14;

    /// <summary>Number of pieces.</summary>
    public static int Count(int length) => Cuts.Count(length, Size);

    /// <summary>First element of a piece and the one after its last.</summary>
    public static (int Start, int End) Range(int piece, int length)
    {
        int start = piece * Size;
        return (start, start + Math.Min(Size, length - start));
    }
}
