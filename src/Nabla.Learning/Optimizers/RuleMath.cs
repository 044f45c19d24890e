using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Learning.Optimizers;

/// <summary>What the rules of several optimizers need.</summary>
internal static class RuleMath
{
    /// <summary>−1, 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V>(V x) where V : struct, IReal<V> => V.WherePositive(x, 1, V.WherePositive(-x, -1, 0));

    /// <summary>A running mean: x̄ + share·(x − x̄).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Towards<V>(V mean, V x, float share) where V : struct, IReal<V> =>
        V.MultiplyAdd(V.Of(share), x - mean, mean);

    /// <summary>
    /// λ of an optimizer whose decay is decoupled: for matrices only, unless the parameter's group says otherwise.
    /// </summary>
    public static float DecoupledDecay(in ParameterState parameter, float decay) =>
        parameter.Decay(parameter.Parameter.Rank >= 2 ? decay : 0);
}
