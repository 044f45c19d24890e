namespace Nabla.Numerics.Threading;

/// <summary>
/// Work over a range of elements that is cut into chunks; any thread may run any chunk, each exactly once.
/// </summary>
public interface IChunkBody
{
    /// <summary>Works on the elements <paramref name="start"/> … <paramref name="end"/> − 1.</summary>
    void Run(int start, int end);
}
