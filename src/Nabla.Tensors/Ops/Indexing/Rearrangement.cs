using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// An operation whose every result is one number of the input, or a constant: y[i] = x[source(i)].
/// dL/dx[s] = Σ_(i: source(i) = s) dy[i]. A subclass says where the numbers come from.
/// </summary>
public abstract class Rearrangement : Op
{
    private SavedNumbers<int> places;

    private protected Rearrangement(Tensor x) : base(x) => X = x;

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    private protected Tensor X { get; }

    private protected abstract Shape Result { get; }

    /// <summary>How many neighbouring numbers stay together.</summary>
    private protected virtual int Block => 1;

    /// <summary>What stands where no number of x does.</summary>
    private protected virtual float Fill => 0;

    /// <summary>For each block of the result: which block of x it is, or −1 for the constant.</summary>
    private protected abstract void Locate(Span<int> sources);

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var blocks = new int[result.ElementCount / Math.Max(1, Block)];
        if (result.ElementCount > 0)
            Locate(blocks);
        int none = X.Count; // the place behind the last: nothing comes from x
        int[] sources = [.. Enumerable.Range(0, result.ElementCount)
            .Select(i => blocks[i / Block] is var place and >= 0 ? place + i % Block : none)];
        yield return new FormulaInstance(
            FormulaPieces.Whole("y", -1, [sources.Length]),
            [new("x", 0, [none + 1], [.. Enumerable.Range(0, none), -1])])
            .With("p", [sources.Length], [.. sources.Select(place => place + 1.0)])
            .With("v", [sources.Length], [.. sources.Select(place => place == none ? (double)Fill : 0)]);
    }

    /// <summary>
    /// A use of the formula for each number of the result: x is the line of the input along a dimension in which it has
    /// its source, i its index there, from 1, n the length of the line.
    /// </summary>
    private protected IEnumerable<FormulaInstance> Along(int dim, Shape result)
    {
        int n = X.Shape[dim], y = 0;
        var lines = new DimensionLines(X.Shape, dim);
        var results = new DimensionLines(result, dim);
        for (; y < result.ElementCount; y++)
        {
            int start = y / (results.Inner * results.Length) * lines.Inner * n + y % results.Inner;
            yield return new FormulaInstance(new("y_i", -1, [], [y]),
                [new("x", 0, [n], [.. Enumerable.Range(0, n).Select(k => start + k * lines.Inner)])])
                .With("i", y / results.Inner % results.Length + 1).With("n", n);
        }
    }

    /// <inheritdoc/>
    protected sealed override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        if (y.Count == 0)
            return y;
        places = Save<int>(y.Count / Block);
        Locate(places.Writable);
        RearrangeKernel.Forward(X.Dense().AsSpan(), places.Span, Block, Fill, y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal sealed override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Span<float> dx = gradients.AccumulatedSlot(X);
        if (dy.Count > 0)
            RearrangeKernel.Backward(dy.AsSpan(), places.Span, Block, dx);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}
