namespace Nabla.Tensors.Ops;

/// <summary>
/// What batch norm remembers of the batches it has seen, for when there is no batch: r ← (1 − m)·r + m·(that of the
/// batch), for the mean and the unbiased variance (divisor n − 1) of each channel.
/// </summary>
/// <param name="mean">[C]; not trainable.</param>
/// <param name="variance">[C]; not trainable.</param>
/// <param name="momentum">m, in [0, 1].</param>
public sealed class RunningStatistics(Parameter mean, Parameter variance, float momentum)
{
    /// <summary>Takes a batch in whose channels have <paramref name="count"/> numbers each.</summary>
    internal void Take(ReadOnlySpan<float> means, ReadOnlySpan<float> rstds, float epsilon, long count)
    {
        if (means.Length != mean.Count || means.Length != variance.Count)
            throw new ArgumentException(
                $"BatchNorm: running statistics {mean.Shape} and {variance.Shape} do not fit {means.Length} channels.");
        if (count < 2)
            throw new ArgumentException(
                "BatchNorm: one number for a channel has no variance; train on larger batches, or evaluate.");
        for (int c = 0; c < means.Length; c++)
        {
            double biased = Math.Max(0, 1 / ((double)rstds[c] * rstds[c]) - epsilon); // rounding may bring it below 0
            double unbiased = biased * count / (count - 1);
            mean.Values[c] += momentum * (means[c] - mean.Values[c]);
            variance.Values[c] += momentum * ((float)unbiased - variance.Values[c]);
        }
    }
}
