using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <summary>Steps over an array in fixed pieces.</summary>
internal readonly struct Chunked<TStep>(TStep step, int length) : ILaneBody where TStep : struct, ILaneStep
{
    /// <summary>Runs the step over elements 0 … length − 1 of large arrays on several threads.</summary>
    public static void Run(TStep step, int length) =>
        Widest.Run(ElementPieces.Count(length), new Chunked<TStep>(step, length));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run<L>(int piece) where L : struct, ILane<L>
    {
        (int start, int end) = ElementPieces.Range(piece, length);
        LaneLoop.Run<L, TStep>(step, start, end);
    }
}
