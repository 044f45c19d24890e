using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Benchmarks;

/// <summary>Counts the multiplications of a training step in the graph of its forward pass.</summary>
internal static class GraphCost
{
    /// <summary>
    /// Floating-point operations of the linear layers and convolutions that led to a result, a multiply-add counting
    /// two: the product itself, the gradient of its weights, which is as large, and that of its input, where anybody
    /// asks for it.
    /// </summary>
    public static double OfTraining(Tensor result)
    {
        var seen = new HashSet<Op>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Tensor>([result]);
        double flops = 0;
        while (pending.TryPop(out Tensor? tensor))
        {
            if (tensor.Creator is not { } op || !seen.Add(op))
                continue;
            if (op is AffineOp or Conv2dOp)
                flops += 2 * Products(tensor, op.Inputs[1]) * (op.Inputs[0].RequiresGradient ? 3 : 2);
            foreach (Tensor input in op.Inputs)
                pending.Push(input);
        }
        return flops;
    }

    // Each result is a sum over one output's weights: those of W [Out, In] or [Out, In, KH, KW] without the first size.
    private static double Products(Tensor result, Tensor weight) =>
        (double)result.Count * weight.Count / weight.Shape[0];
}
