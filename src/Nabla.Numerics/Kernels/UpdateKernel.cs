using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>What an optimizer keeps for each number, up to three buffers; one that it does not keep reads 0.</summary>
/// <typeparam name="V">The number type.</typeparam>
public record struct UpdateState<V>(V First, V Second, V Third) where V : struct, IReal<V>;

/// <summary>
/// The step of an elementwise optimizer, written once over any number type: on SIMD lanes it is the kernel. The fields
/// are the settings. <see cref="Step"/> must carry AggressiveInlining.
/// </summary>
public interface IUpdateRule
{
    /// <summary>How many buffers it always has; further ones may be missing, which costs a test.</summary>
    static abstract int Buffers { get; }

    /// <summary>The parameter's new value; what is kept for it is changed in place.</summary>
    V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>;
}

/// <summary>A parameter, its gradient and its at most three buffers, all [n]; the rule with its settings.</summary>
public readonly record struct UpdateArrays<TRule>(
    TRule Rule, ReadOnlyMemory<float> Gradient, Memory<float> Parameter, float[]?[] State)
    where TRule : struct, IUpdateRule;

/// <summary>
/// Runs the rule of an optimizer over all parameters in one pass, which reads and writes each number once: a step is
/// bound by memory, not by arithmetic.
/// </summary>
public static unsafe class UpdateKernel
{
    /// <summary>
    /// θ, state ← rule(θ, scale·gradient, state), element by element, for many parameters as one piece of work, so that
    /// small ones share the threads too. The bits do not depend on the number of threads or the lane width.
    /// </summary>
    /// <param name="parameters">The arrays. A buffer that is null is neither read nor written.</param>
    /// <param name="gradientScale">
    /// What the gradient is multiplied by first: clipping by norm, averaging over micro-batches.
    /// </param>
    /// <exception cref="ArgumentException">The lengths of one parameter's arrays differ.</exception>
    public static void Run<TRule>(ReadOnlyMemory<UpdateArrays<TRule>> parameters, float gradientScale = 1)
        where TRule : struct, IUpdateRule
    {
        foreach (ref readonly UpdateArrays<TRule> arrays in parameters.Span)
        {
            Require.Length(typeof(TRule).Name, arrays.Gradient.Length, arrays.Parameter.Length);
            if (arrays.State.Length < TRule.Buffers || arrays.State.Length > 3)
                throw new ArgumentException(
                    $"{typeof(TRule).Name}: {arrays.State.Length} buffers; it needs {TRule.Buffers}, at most 3.");
            for (int i = 0; i < arrays.State.Length; i++)
                if (i < TRule.Buffers || arrays.State[i] is not null)
                    Require.Length(typeof(TRule).Name, arrays.State[i]?.Length ?? 0, arrays.Parameter.Length);
        }
        var pieces = new PiecesOfMany(parameters.Length);
        foreach (ref readonly UpdateArrays<TRule> arrays in parameters.Span)
            pieces.Add(ElementPieces.Count(arrays.Parameter.Length));
        Widest.Run(pieces.Count, new Body<TRule>(parameters, pieces, gradientScale));
        pieces.Return();
    }

    private readonly struct Body<TRule>(
        ReadOnlyMemory<UpdateArrays<TRule>> parameters, PiecesOfMany pieces, float gradientScale) : ILaneBody
        where TRule : struct, IUpdateRule
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int index, int part) = pieces.Locate(piece);
            ref readonly UpdateArrays<TRule> arrays = ref parameters.Span[index];
            (int start, int end) = ElementPieces.Range(part, arrays.Parameter.Length);
            fixed (float* g = arrays.Gradient.Span, p = arrays.Parameter.Span,
                first = Buffer(arrays, 0), second = Buffer(arrays, 1), third = Buffer(arrays, 2))
                LaneLoop.Run<L, UpdateStep<TRule>>(
                    new(arrays.Rule, gradientScale, g, p, first, second, third), start, end);
        }

        private static float[]? Buffer(in UpdateArrays<TRule> arrays, int index) =>
            index < arrays.State.Length ? arrays.State[index] : null;
    }

    private readonly struct UpdateStep<TRule>(
        TRule rule, float gradientScale, float* g, float* p, float* first, float* second, float* third) : ILaneStep
        where TRule : struct, IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            var state = new UpdateState<L>(
                TRule.Buffers > 0 || first != null ? L.Load(first + i, count) : default,
                TRule.Buffers > 1 || second != null ? L.Load(second + i, count) : default,
                TRule.Buffers > 2 || third != null ? L.Load(third + i, count) : default);
            L gradient = L.Load(g + i, count) * L.Broadcast(gradientScale);
            L value = rule.Step(L.Load(p + i, count), gradient, ref state);
            if (TRule.Buffers > 0 || first != null)
                L.Store(state.First, first + i, count);
            if (TRule.Buffers > 1 || second != null)
                L.Store(state.Second, second + i, count);
            if (TRule.Buffers > 2 || third != null)
                L.Store(state.Third, third + i, count);
            L.Store(value, p + i, count);
        }
    }
}
