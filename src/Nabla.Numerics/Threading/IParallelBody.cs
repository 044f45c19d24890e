namespace Nabla.Numerics.Threading;

/// <summary>Work that is cut into numbered pieces; any thread may run any piece, each exactly once.</summary>
public interface IParallelBody
{
    /// <summary>Runs piece number <paramref name="piece"/>.</summary>
    void Run(int piece);
}
