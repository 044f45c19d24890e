namespace Nabla.Numerics.Lanes;

/// <summary>One step of a reduction over arrays.</summary>
internal interface ILaneFold
{
    /// <summary>Takes elements i … i + count − 1 into the running value, lane by lane.</summary>
    L Fold<L>(L running, int i, int count) where L : struct, ILane<L>;
}
