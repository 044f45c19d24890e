using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>A reduction that adds a line up and divides it: y = Σ_i x_i / d, dL/dx_i = dy / d.</summary>
public abstract class WeightedSum : Reduction
{
    /// <summary>Reduces <paramref name="x"/> along <paramref name="dim"/>, or all of it if null.</summary>
    protected WeightedSum(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
    }

    /// <summary>d, what the sum of a line is divided by.</summary>
    protected abstract int Divisor { get; }

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    /// <inheritdoc/>
    protected sealed override V ReferenceLine<V>(V[] line)
    {
        V sum = 0;
        foreach (V value in line)
            sum += value;
        return sum / Divisor;
    }

    private protected sealed override void Reduce(ReadOnlySpan<float> x, Span<float> y)
    {
        if (y.Length == 1)
            y[0] = (float)(Elementwise.Sum(x) / Divisor);
        else
        {
            Lines.Sum(x, y);
            DivideBy(Divisor, y);
        }
    }

    private protected sealed override void Spread(Tensor y, Tensor dy, GradientSlot dx)
    {
        Tensor share = Tensor.Uninitialized(dy.Shape);
        Span<float> shares = share.Writable();
        dy.CopyTo(shares);
        DivideBy(Divisor, shares);
        for (int o = 0; o < (Lines.Inner == 1 ? 1 : Lines.Outer); o++)
            if (dx.Accumulate)
                AddBlock(shares, o, dx.Span);
            else
                WriteBlock(shares, o, dx.Span);
    }

    private static void DivideBy(int divisor, Span<float> values)
    {
        if (divisor == 1)
            return;
        ReadOnlySpan<float> one = [divisor];
        Elementwise.Zip<Divide>(values, one, values);
    }

    /// <summary>
    /// If Inner is 1, all lines are one block: a share for each of its rows. Else a row of shares is repeated.
    /// </summary>
    private void AddBlock(ReadOnlySpan<float> shares, int block, Span<float> dx)
    {
        if (Lines.Inner == 1)
        {
            var rows = new ZipShape(Lines.Outer, Lines.Length) { RowStrideB = 1, RepeatB = true };
            Elementwise.ZipRows<Add>(rows, dx, shares, dx);
            return;
        }
        Span<float> target = dx.Slice(block * Lines.Block, Lines.Block);
        var columns = new ZipShape(Lines.Length, Lines.Inner) { RowStrideB = 0 };
        Elementwise.ZipRows<Add>(columns, target, shares.Slice(block * Lines.Inner, Lines.Inner), target);
    }

    private void WriteBlock(ReadOnlySpan<float> shares, int block, Span<float> dx)
    {
        if (Lines.Inner == 1)
            for (int line = 0; line < Lines.Outer; line++)
                dx.Slice(line * Lines.Length, Lines.Length).Fill(shares[line]);
        else
            for (int k = 0; k < Lines.Length; k++)
                shares.Slice(block * Lines.Inner, Lines.Inner).CopyTo(dx[(block * Lines.Block + k * Lines.Inner)..]);
    }
}
