namespace Nabla.Numerics.Lanes;

/// <summary>
/// Work in pieces, written once over the lane type. Run is never inlined: the JIT grants each method a budget of
/// inlining, and a long op body needs it whole.
/// </summary>
internal interface ILaneBody
{
    /// <summary>Runs piece number <paramref name="piece"/> on lanes of type <typeparamref name="L"/>.</summary>
    void Run<L>(int piece) where L : struct, ILane<L>;
}
