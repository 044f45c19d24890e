using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Data;

/// <summary>Inputs with numbers to be predicted: PyTorch's TensorDataset.</summary>
/// <example><code>
/// var data = new TensorData(new Tensor([1f, 2, 3], [3, 1]), new Tensor([2f, 4, 6], [3, 1]));
/// data.Gather([2, 0], new Rng(1)).Targets!;      // = [6, 2]
/// </code></example>
public sealed class TensorData : Dataset<Batch>
{
    private readonly float[] inputs, targets;
    private readonly Shape inputShape, targetShape;

    /// <summary>N examples, inputs [N, …] and targets [N, …].</summary>
    /// <exception cref="ArgumentException">The first sizes differ, or one is a scalar.</exception>
    public TensorData(Tensor inputs, Tensor targets)
    {
        if (inputs.Rank == 0 || targets.Rank == 0 || inputs.Shape[0] != targets.Shape[0])
            throw new ArgumentException(
                $"TensorData: inputs {inputs.Shape} and targets {targets.Shape} must have the same first size.");
        (this.inputs, this.targets) = (inputs.ToArray(), targets.ToArray());
        (inputShape, targetShape) = (inputs.Shape, targets.Shape);
    }

    /// <inheritdoc/>
    public override int Count => inputShape[0];

    /// <inheritdoc/>
    public override Batch Gather(ReadOnlySpan<int> indices, Rng rng) =>
        new(Rows(inputs, inputShape, indices), []) { Targets = Rows(targets, targetShape, indices) };

    private static Tensor Rows(float[] values, Shape shape, ReadOnlySpan<int> indices)
    {
        int size = shape[0] == 0 ? 0 : values.Length / shape[0];
        var rows = new float[indices.Length * size];
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)shape[0])
                throw new ArgumentOutOfRangeException(
                    nameof(indices), $"TensorData: there is no example {indices[i]}; there are {shape[0]}.");
            values.AsSpan(indices[i] * size, size).CopyTo(rows.AsSpan(i * size));
        }
        return new Tensor(rows, [indices.Length, .. shape.AsSpan()[1..]]);
    }
}
