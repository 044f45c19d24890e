using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>One step of AdamW: rates, and the bias corrections 1 − β₁ᵗ and 1 − β₂ᵗ of step t = 1, 2, ….</summary>
public readonly record struct AdamWStep(float LearningRate, float Beta1, float Beta2, float Epsilon, float WeightDecay)
{
    /// <summary>1 − β₁ᵗ.</summary>
    public float BiasCorrection1 { get; init; } = 1;

    /// <summary>1 − β₂ᵗ.</summary>
    public float BiasCorrection2 { get; init; } = 1;

    /// <summary>What the gradient is multiplied by first: clipping by norm, averaging over micro-batches.</summary>
    public float GradientScale { get; init; } = 1;
}

/// <summary>A parameter, its gradient and its two moments, all [n], and its own weight decay.</summary>
public readonly record struct AdamWArrays(
    ReadOnlyMemory<float> Gradient, Memory<float> Parameter, Memory<float> M, Memory<float> V, float WeightDecay);

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2), one pass over one or many parameters.
/// </summary>
public static unsafe class AdamWKernel
{
    /// <summary>
    /// The step for many parameters as one piece of work, so that small ones share the threads too. Each number has the
    /// bits of <see cref="Update(in AdamWStep, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float})"/>; the
    /// weight decay is that of the arrays.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths of one parameter's arrays differ.</exception>
    public static void Update(in AdamWStep step, ReadOnlyMemory<AdamWArrays> parameters)
    {
        var pieces = new PiecesOfMany(parameters.Length);
        foreach (ref readonly AdamWArrays arrays in parameters.Span)
        {
            Require.Length("AdamW", arrays.Gradient.Length, arrays.Parameter.Length);
            Require.Length("AdamW", arrays.M.Length, arrays.Parameter.Length);
            Require.Length("AdamW", arrays.V.Length, arrays.Parameter.Length);
            pieces.Add(ElementPieces.Count(arrays.Parameter.Length));
        }
        Widest.Run(pieces.Count, new ManyBody(step, parameters, pieces));
        pieces.Return();
    }

    /// <summary>
    /// With g = gradient·GradientScale: m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²;
    /// p = p·(1 − lr·decay) − lr·(m / c₁) / (√(v / c₂) + ε). All are [n]; v ≥ 0.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Update(
        in AdamWStep step, ReadOnlySpan<float> gradient, Span<float> parameter, Span<float> m, Span<float> v)
    {
        Require.Length("AdamW", gradient.Length, parameter.Length);
        Require.Length("AdamW", m.Length, parameter.Length);
        Require.Length("AdamW", v.Length, parameter.Length);
        fixed (float* g = gradient, p = parameter, pm = m, pv = v)
            Chunked<UpdateStep>.Run(new(step, g, p, pm, pv), parameter.Length);
    }

    private readonly struct ManyBody(AdamWStep step, ReadOnlyMemory<AdamWArrays> parameters, PiecesOfMany pieces)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int index, int part) = pieces.Locate(piece);
            ref readonly AdamWArrays arrays = ref parameters.Span[index];
            (int start, int end) = ElementPieces.Range(part, arrays.Parameter.Length);
            fixed (float* g = arrays.Gradient.Span, p = arrays.Parameter.Span, m = arrays.M.Span, v = arrays.V.Span)
                LaneLoop.Run<L, UpdateStep>(
                    new(step with { WeightDecay = arrays.WeightDecay }, g, p, m, v), start, end);
        }
    }

    private readonly struct UpdateStep(AdamWStep step, float* g, float* p, float* m, float* v) : ILaneStep
    {
        private readonly float rate = step.LearningRate / step.BiasCorrection1;
        private readonly float keep = 1 - step.LearningRate * step.WeightDecay;
        private readonly float correction = 1 / step.BiasCorrection2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L gradient = L.Load(g + i, count) * L.Broadcast(step.GradientScale);
            L first = L.Load(m + i, count), second = L.Load(v + i, count);
            first = L.MultiplyAdd(L.Broadcast(1 - step.Beta1), gradient - first, first);
            second = L.MultiplyAdd(L.Broadcast(1 - step.Beta2), gradient * gradient - second, second);
            L root = L.Sqrt(second * L.Broadcast(correction)) + L.Broadcast(step.Epsilon);
            L.Store(first, m + i, count);
            L.Store(second, v + i, count);
            L value = L.Load(p + i, count) * L.Broadcast(keep) - L.Broadcast(rate) * first / root;
            L.Store(value, p + i, count);
        }
    }
}
