using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <summary>Σx.</summary>
internal readonly unsafe struct SumFold(float* x) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> => running + L.Load(x + i, count);
}

/// <summary>Σa·b.</summary>
internal readonly unsafe struct DotFold(float* a, float* b) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> =>
        L.MultiplyAdd(L.Load(a + i, count), L.Load(b + i, count), running);
}

/// <summary>Σ(x − m).</summary>
internal readonly unsafe struct DistanceFold(float* x, float m) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> =>
        running + L.First(L.Load(x + i, count) - L.Broadcast(m), count, default);
}

/// <summary>Σ(x − m)².</summary>
internal readonly unsafe struct SquaredDistanceFold(float* x, float m) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L>
    {
        L d = L.First(L.Load(x + i, count) - L.Broadcast(m), count, default);
        return L.MultiplyAdd(d, d, running);
    }
}

/// <summary>Σe^(x − m).</summary>
internal readonly unsafe struct ExpSumFold(float* x, float m) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> =>
        running + L.First(L.Exp(L.Load(x + i, count) - L.Broadcast(m)), count, default);
}

/// <summary>y = e^(x·scale − m), and Σy.</summary>
internal readonly unsafe struct ExpFold(float* x, float* y, float m, float scale) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L>
    {
        L e = L.Exp(L.Load(x + i, count) * L.Broadcast(scale) - L.Broadcast(m));
        L.Store(e, y + i, count);
        return running + L.First(e, count, default);
    }
}

/// <summary>y = αx.</summary>
internal readonly unsafe struct ScaleStep(float alpha, float* x, float* y) : ILaneStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<L>(int i, int count) where L : struct, ILane<L> =>
        L.Store(L.Broadcast(alpha) * L.Load(x + i, count), y + i, count);
}

/// <summary>y += x.</summary>
internal readonly unsafe struct AddStep(float* x, float* y) : ILaneStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<L>(int i, int count) where L : struct, ILane<L> =>
        L.Store(L.Load(y + i, count) + L.Load(x + i, count), y + i, count);
}
