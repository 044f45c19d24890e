using System.Buffers;

namespace Nabla.Numerics.Lanes;

/// <summary>The pieces of many arrays, counted through: the work on all of them is then handed out as one.</summary>
internal struct PiecesOfMany(int most)
{
    private readonly int[] firsts = ArrayPool<int>.Shared.Rent(most + 1);
    private int arrays;

    /// <summary>How many pieces all arrays have.</summary>
    public int Count { get; private set; }

    /// <summary>Appends an array of so many pieces.</summary>
    public void Add(int pieces)
    {
        firsts[arrays++] = Count;
        Count = checked(Count + pieces);
    }

    /// <summary>The array that a piece belongs to, and which of its pieces it is.</summary>
    public readonly (int Array, int Piece) Locate(int piece)
    {
        int low = 0;
        for (int high = arrays; high - low > 1;)
        {
            int middle = (low + high) / 2;
            (low, high) = firsts[middle] <= piece ? (middle, high) : (low, middle);
        }
        return (low, piece - firsts[low]);
    }

    /// <summary>Gives its memory back.</summary>
    public readonly void Return() => ArrayPool<int>.Shared.Return(firsts);
}
