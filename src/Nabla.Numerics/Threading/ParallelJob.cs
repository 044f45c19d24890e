using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Threading;

/// <summary>What the crew runs: pieces of some body whose type only the subclass knows.</summary>
internal abstract class ParallelJob
{
    /// <summary>
    /// Runs a claimed piece, then claims and runs more until none is left; returns how many are settled.
    /// </summary>
    public abstract int RunFrom(int piece, bool forOwner);
}

/// <summary>
/// Holds the body while the crew works on it. One holder for each body type, so that a call allocates nothing.
/// </summary>
internal sealed class ParallelJob<TBody> : ParallelJob where TBody : struct, IParallelBody
{
    public static readonly ParallelJob<TBody> Shared = new();

    private TBody body;

    public void Set(in TBody body) => this.body = body;

    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TBody>())
            body = default;
    }

    public override int RunFrom(int piece, bool forOwner)
    {
        TBody own = body;
        int settled = 0;
        try
        {
            for (; piece >= 0; piece = WorkerCrew.Claim(forOwner))
            {
                settled++;
                own.Run(piece);
            }
        }
        catch (Exception error)
        {
            settled += WorkerCrew.Abandon(error);
        }

        return settled;
    }
}
