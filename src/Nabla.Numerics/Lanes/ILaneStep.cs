namespace Nabla.Numerics.Lanes;

/// <summary>One step of a loop over arrays.</summary>
internal interface ILaneStep
{
    /// <summary>Works on elements i … i + count − 1; count is at most the width of the lane.</summary>
    void Step<L>(int i, int count) where L : struct, ILane<L>;
}
