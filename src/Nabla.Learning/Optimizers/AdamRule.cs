using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// One step of Adam or AdamW on the first and second moment. Constants go through <c>V.Of</c>, for this is the update
/// that most training spends its time with.
/// </summary>
internal readonly record struct AdamRule : IUpdateRule
{
    private readonly float new1, new2, correction;

    public AdamRule(float beta1, float beta2, int step)
    {
        (new1, new2) = (1 - beta1, 1 - beta2);
        Corrected = 1 / (float)(1 - Math.Pow(beta1, step));
        correction = 1 / (float)(1 - Math.Pow(beta2, step));
    }

    public static int Buffers => 2;

    /// <summary>1/(1 − β₁ᵗ), what the learning rate is multiplied by.</summary>
    public float Corrected { get; }

    /// <summary>The learning rate, corrected.</summary>
    public float Rate { get; init; }

    /// <summary>ε.</summary>
    public float Epsilon { get; init; }

    /// <summary>λ of the decay that is a part of the gradient.</summary>
    public float Coupled { get; init; }

    /// <summary>ηλ, λ of the decay that is apart.</summary>
    public float Shrink { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
    {
        Remember(parameter, gradient, ref state);
        return Move(parameter, state.First, state.Second);
    }

    /// <summary>The moments with this gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remember<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
    {
        gradient = V.MultiplyAdd(V.Of(Coupled), parameter, gradient);
        state.First = RuleMath.Towards(state.First, gradient, new1);
        state.Second = RuleMath.Towards(state.Second, gradient * gradient, new2);
    }

    /// <summary>The parameter after the step, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Move<V>(V parameter, V first, V second) where V : struct, IReal<V>
    {
        V step = V.Of(Rate) * first / (V.Sqrt(second * V.Of(correction)) + V.Of(Epsilon));
        return parameter - V.MultiplyAdd(V.Of(Shrink), parameter, step);
    }
}

/// <summary>AMSGrad: the largest second moment so far divides.</summary>
internal readonly struct AmsGradRule(AdamRule adam) : IUpdateRule
{
    public static int Buffers => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
    {
        adam.Remember(parameter, gradient, ref state);
        state.Third = V.Max(state.Third, state.Second);
        return adam.Move(parameter, state.First, state.Third);
    }
}

/// <summary>The parameters of a step of Adam or AdamW, with AMSGrad or without.</summary>
internal sealed class AdamBatch
{
    private readonly UpdateBatch<AdamRule> plain = new();
    private readonly UpdateBatch<AmsGradRule> withLargest = new();

    public static string[] Names(bool amsGrad) =>
        amsGrad ? ["first_moment", "second_moment", "largest_second_moment"] : ["first_moment", "second_moment"];

    public void Add(in ParameterState parameter, bool amsGrad, in AdamRule rule)
    {
        if (amsGrad)
            withLargest.Add(parameter, new AmsGradRule(rule));
        else
            plain.Add(parameter, rule);
    }

    public void Run(float gradientScale)
    {
        plain.Run(gradientScale);
        withLargest.Run(gradientScale);
    }
}
