using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>One step of gradient descent: rates, and what the gradient is multiplied by first.</summary>
public readonly record struct SgdStep(float LearningRate, float Momentum, float WeightDecay)
{
    /// <summary>What the gradient is multiplied by first: clipping by norm, averaging over micro-batches.</summary>
    public float GradientScale { get; init; } = 1;

    /// <summary>Looks ahead along the velocity (Nesterov 1983, in the form of Sutskever et al. 2013).</summary>
    public bool Nesterov { get; init; }
}

/// <summary>Stochastic gradient descent with momentum (Polyak 1964), as PyTorch writes it; one pass.</summary>
public static unsafe class SgdKernel
{
    /// <summary>
    /// With g = gradient·GradientScale + decay·p: u = μu + g; p = p − lr·u, or p − lr·(g + μu) with Nesterov. All are
    /// [n]; <paramref name="velocity"/> may be empty if the momentum is 0.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Update(
        in SgdStep step, ReadOnlySpan<float> gradient, Span<float> parameter, Span<float> velocity)
    {
        Require.Length("Sgd", gradient.Length, parameter.Length);
        if (!velocity.IsEmpty || step.Momentum != 0)
            Require.Length("Sgd", velocity.Length, parameter.Length);
        fixed (float* g = gradient, p = parameter, u = velocity)
            if (u is null)
                Chunked<PlainStep>.Run(new(step, g, p), parameter.Length);
            else
                Chunked<MomentumStep>.Run(new(step, g, p, u), parameter.Length);
    }

    private readonly struct PlainStep(SgdStep step, float* g, float* p) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L value = L.Load(p + i, count);
            L gradient = L.MultiplyAdd(
                L.Load(g + i, count), L.Broadcast(step.GradientScale), value * L.Broadcast(step.WeightDecay));
            L.Store(value - gradient * L.Broadcast(step.LearningRate), p + i, count);
        }
    }

    private readonly struct MomentumStep(SgdStep step, float* g, float* p, float* u) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L value = L.Load(p + i, count), momentum = L.Broadcast(step.Momentum);
            L gradient = L.MultiplyAdd(
                L.Load(g + i, count), L.Broadcast(step.GradientScale), value * L.Broadcast(step.WeightDecay));
            L velocity = L.MultiplyAdd(momentum, L.Load(u + i, count), gradient);
            L.Store(velocity, u + i, count);
            L direction = step.Nesterov ? L.MultiplyAdd(momentum, velocity, gradient) : velocity;
            L.Store(value - direction * L.Broadcast(step.LearningRate), p + i, count);
        }
    }
}
