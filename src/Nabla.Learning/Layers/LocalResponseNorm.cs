using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>
/// Each channel divided by what its n neighbours say: y_c = x_c/(k + α/n·Σ x²)^β over the channels
/// c − ⌊n/2⌋ … c + ⌊(n − 1)/2⌋ that there are. Krizhevsky et al. 2012, section 3.3.
/// </summary>
/// <param name="size">n, at least 1.</param>
/// <param name="alpha">α.</param>
/// <param name="beta">β.</param>
/// <param name="k">k, above 0.</param>
/// <example><code>
/// new LocalResponseNorm(1, alpha: 0.5).Forward(new Tensor([2], [1, 1, 1])).Item();   // = 0.8774
/// 2 / Math.Pow(1 + 0.5 * 2 * 2, 0.75);                                               // = 0.8774
/// </code></example>
public sealed class LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    : Module, ILayer
{
    private readonly int size = Require.Positive(size, nameof(LocalResponseNorm));

    /// <summary>[B, C, …] → the same shape.</summary>
    /// <exception cref="ArgumentException">x has no channels, or no numbers in them.</exception>
    public Tensor Forward(Tensor x)
    {
        if (x.Rank < 3)
            throw new ArgumentException($"LocalResponseNorm: x {x.Shape} must be [B, C, …].");
        if (x.Count == 0)
            return x;
        int channels = x.Shape[1];
        Tensor squares = x.Square();
        Tensor? sums = null;
        for (int shift = -(size / 2); shift <= (size - 1) / 2; shift++)
            if (Shifted(squares, shift) is { } part)
                sums = sums is null ? part : sums + part;
        return x / (sums! * (float)(alpha / size) + (float)k).Pow(beta);

        // Channel c + shift in place c, 0 where there is none.
        Tensor? Shifted(Tensor all, int shift)
        {
            int kept = channels - Math.Abs(shift);
            if (kept <= 0 || shift == 0)
                return shift == 0 ? all : null;
            Tensor part = all.Slice(1, Math.Max(0, shift), kept);
            Tensor zeros = Tensor.Zeros(part.Shape.With(1, Math.Abs(shift)));
            return shift > 0 ? Tensor.Concat(1, part, zeros) : Tensor.Concat(1, zeros, part);
        }
    }
}
