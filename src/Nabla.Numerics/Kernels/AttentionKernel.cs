using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Scaled dot-product attention, out = softmax(q·kᵀ·scale + mask)·v (Vaswani et al. 2017, arXiv:1706.03762, equation
/// 1). A piece of work is one or a few key heads of a batch. The weights exist for a block of queries and keys at a
/// time only; the backward pass computes them again from ln Σ e^score, as FlashAttention does (Dao et al. 2022,
/// arXiv:2205.14135). A query whose keys are all masked by −∞ gives NaN, as a softmax of −∞ alone does.
/// </summary>
public static unsafe class AttentionKernel
{
    /// <summary>The output, and ln Σ e^score of each query, [B, Hq, Tq] dense.</summary>
    /// <exception cref="ArgumentException">Sizes, strides and lengths do not fit.</exception>
    public static void Forward(in AttentionShape shape, in AttentionStrides strides, in AttentionInputs inputs,
        Span<float> output, Span<float> logSums)
    {
        shape.Check();
        strides.Check(shape, (inputs.Q.Length, inputs.K.Length, inputs.V.Length, output.Length));
        CheckRows(shape, inputs.Mask, logSums.Length);
        if (shape.Queries.IsEmpty)
            return;
        fixed (float* q = inputs.Q, k = inputs.K, v = inputs.V, mask = inputs.Mask, o = output, sums = logSums)
        {
            var arrays = new AttentionArrays(q, k, v, o, sums, mask);
            if (AttentionFewQueries.Fits(shape))
                Widest.Run(shape.Pieces, new AttentionFewQueries(shape, strides, arrays));
            else
                Widest.Run(shape.Pieces, new AttentionForward(shape, strides, arrays));
        }
    }

    /// <summary>
    /// With P = e^(score − ln Σ), dP = dout·vᵀ and δ = ⟨dout, out⟩: dS = P ⊙ (dP − δ)·scale, dq = dS·k, dk = dSᵀ·q,
    /// dv = Pᵀ·dout. Query blocks and the heads of a group are added in order.
    /// </summary>
    /// <exception cref="ArgumentException">Sizes, strides and lengths do not fit.</exception>
    public static void Backward(in AttentionShape shape, in AttentionStrides strides, in AttentionInputs inputs,
        in AttentionResults results, in AttentionGradients gradients)
    {
        shape.Check();
        strides.Check(shape, (inputs.Q.Length, inputs.K.Length, inputs.V.Length, results.Out.Length));
        gradients.Strides.CheckGradients(
            shape, (gradients.Dq.Length, gradients.Dk.Length, gradients.Dv.Length, results.DOut.Length));
        CheckRows(shape, inputs.Mask, results.LogSums.Length);
        if (shape.Keys.IsEmpty)
            return;
        fixed (float* q = inputs.Q, k = inputs.K, v = inputs.V, mask = inputs.Mask)
        fixed (float* o = results.Out, sums = results.LogSums, dOut = results.DOut)
        fixed (float* dq = gradients.Dq, dk = gradients.Dk, dv = gradients.Dv)
        {
            var arrays = new AttentionArrays(q, k, v, o, sums, mask);
            var derivatives = new AttentionArrays(dq, dk, dv, dOut, null, null);
            Widest.Run(shape.Pieces, new AttentionBackward(
                shape, (strides, gradients.Strides), arrays, derivatives, gradients.Accumulate));
        }
    }

    private static void CheckRows(in AttentionShape shape, ReadOnlySpan<float> mask, int logSums)
    {
        Require.Length("Attention", logSums, (Int128)shape.B * shape.Hq * shape.Tq);
        if (!mask.IsEmpty)
            Require.Length("Attention", mask.Length, (long)shape.Tq * shape.Tk);
    }
}

/// <summary>The arrays of an attention or of its gradients.</summary>
internal readonly unsafe struct AttentionArrays(float* q, float* k, float* v, float* o, float* logSums, float* mask)
{
    public readonly float* Q = q, K = k, V = v, Out = o, LogSums = logSums, Mask = mask;
}
