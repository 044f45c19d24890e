using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A frame around a tensor: y[i] = x[i − before] inside, a constant or numbers from x beyond the edges. dL/dx is the
/// sum over the places at which a number stands.
/// </summary>
public sealed class PadOp : DimensionMaps, ISampledOp
{
    private readonly int[] padding;
    private readonly PadMode mode;
    private readonly float value;

    internal PadOp(Tensor x, int[] padding, PadMode mode, float value) : base(x, Padded(x, padding, mode)) =>
        (this.padding, this.mode, this.value) = (padding, mode, value);

    /// <inheritdoc/>
    public override string Formula => mode switch
    {
        PadMode.Constant => "y_i = x_{p_i} + v_i",
        PadMode.Reflect => "y_i = x_{n − |n − 1 − (|i − 1 − p|)|}",
        PadMode.Replicate => "y_i = x_{min(max(i − p, 1), n)}",
        _ => "y_i = x_{1 + ((i − 1 − p) mod n)}",
    };

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        mode == PadMode.Constant ? base.FormulaInstances(result)
            : padding.Length == 2 ? Along(X.Rank - 1, result).Select(use => use.With("p", padding[0])) : [];

    private protected override float Fill => value;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new PadOp(Tensor.Randn([2, 3], rng), [1, 2], PadMode.Constant, 7);
        yield return new PadOp(Tensor.Randn([2, 5, 3], rng), [0, 1, -1, -2], PadMode.Constant, -1);
        yield return new PadOp(Tensor.Randn([0, 2], rng), [1, 1, 1, 0], PadMode.Constant, 0);
        foreach (PadMode mode in Enum.GetValues<PadMode>())
        {
            yield return new PadOp(Tensor.Randn([2, 4], rng), [2, 3], mode, 0);
            yield return new PadOp(Tensor.Randn([2, 3, 4, 2], rng), [1, 0, 2, 1, 0, 2], mode, 0);
            yield return new PadOp(Tensor.Randn([1], rng), mode == PadMode.Reflect ? [0, 0] : [1, 1], mode, 0);
            yield return new PadOp(Tensor.Randn([0, 3], rng), [1, 1], mode, 0);
        }
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new PadOp(inputs[0], padding, mode, value);

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        new PadOp(tangents[X], padding, mode, 0).Apply();

    private protected override int[]? Source(int[] index)
    {
        for (int k = 0; k < padding.Length; k += 2)
        {
            int d = X.Rank - 1 - k / 2, n = X.Shape[d], i = index[d] - padding[k];
            if (mode == PadMode.Constant && (i < 0 || i >= n))
                return null;
            index[d] = mode switch
            {
                PadMode.Reflect => n - 1 - Math.Abs(n - 1 - Math.Abs(i)),
                PadMode.Replicate => Math.Clamp(i, 0, n - 1),
                PadMode.Circular => (i + n) % n,
                _ => i,
            };
        }
        return index;
    }

    private static int[]?[] Padded(Tensor x, int[] padding, PadMode mode)
    {
        if (padding.Length % 2 != 0 || padding.Length > 2 * x.Rank)
            throw new ArgumentException(
                $"Pad: {padding.Length} numbers for {x.Shape}; give two for each dimension, before and after, the " +
                "last dimension first.");
        return Tables(x, [.. Enumerable.Range(0, padding.Length / 2).Select(k =>
        {
            int d = x.Rank - 1 - k;
            return (d, Table(x, d, (padding[2 * k], padding[2 * k + 1]), mode));
        })]);
    }

    private static int[] Table(Tensor x, int d, (int Before, int After) padding, PadMode mode)
    {
        (int n, int before, int after) = (x.Shape[d], padding.Before, padding.After);
        int most = mode switch
        {
            PadMode.Reflect => n - 1,
            PadMode.Circular => n,
            PadMode.Replicate when n == 0 => 0,
            _ => int.MaxValue,
        };
        if (Math.Max(before, after) > Math.Max(0, most))
            throw new ArgumentException(
                $"Pad: {before} and {after} beside dimension {d} of {x.Shape}; {mode} padding has only " +
                $"{Math.Max(0, most)} numbers to take.");
        if (mode != PadMode.Constant && Math.Min(before, after) < 0 || (long)before + after + n < 0)
            throw new ArgumentException(
                $"Pad: {before} and {after} beside dimension {d} of {x.Shape}; only constant padding may be " +
                "negative, and cuts off no more than there is.");
        var table = new int[before + n + after];
        for (int j = 0; j < table.Length; j++)
        {
            int i = j - before;
            table[j] = (uint)i < (uint)n ? i : mode switch
            {
                PadMode.Reflect => i < 0 ? -i : 2 * (n - 1) - i,
                PadMode.Replicate => i < 0 ? 0 : n - 1,
                PadMode.Circular => i < 0 ? i + n : i - n,
                _ => -1,
            };
        }
        return table;
    }
}

/// <summary>Gives tensors the operation <see cref="PadOp"/>.</summary>
public static class PadExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// A frame around the last dimensions: <paramref name="padding"/> is before and after the last, before and
        /// after the one in front of it, …, as in <c>torch.nn.functional.pad</c>.
        /// </summary>
        /// <param name="padding">Two numbers for each dimension that is padded.</param>
        /// <param name="mode">What stands beyond the edges.</param>
        /// <param name="value">The constant of <see cref="PadMode.Constant"/>.</param>
        /// <exception cref="ArgumentException">The padding does not fit the dimensions or the mode.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).Pad([1, 2]);   // = [0, 1, 2, 3, 0, 0]
        /// new Tensor([1f, 2f, 3f]).Pad([2, 1], PadMode.Reflect);   // = [3, 2, 1, 2, 3, 2]
        /// </code></example>
        public Tensor Pad(ReadOnlySpan<int> padding, PadMode mode = PadMode.Constant, float value = 0) =>
            x.Rank == 0 && padding.IsEmpty ? x : new PadOp(x, padding.ToArray(), mode, value).Apply();
    }
}
