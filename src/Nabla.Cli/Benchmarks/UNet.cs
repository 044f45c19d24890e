using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// A denoiser of images with one channel: what is done to halves and quarters of an image's side on the way down is
/// kept and joined on the way up. Ho et al. 2020, arXiv:2006.11239, appendix B, smaller and without attention.
/// </summary>
/// <remarks>bench/peers/pytorch_models.py has the same network, layer by layer.</remarks>
internal sealed class UNet(Rng rng) : Module
{
    private const int Base = 32, Time = 128, Groups = 8;

    private static readonly int[] Widths = [Base, 2 * Base, 4 * Base];

    public Linear TimeLinear1 { get; } = new(Base, Time, rng);

    public Linear TimeLinear2 { get; } = new(Time, Time, rng);

    public Conv2d ConvIn { get; } = Conv3x3(1, Base, rng);

    public IReadOnlyList<ResnetBlock> DownBlocks { get; } =
        [.. Widths.Select((width, level) => new ResnetBlock(level == 0 ? Base : Widths[level - 1], width, rng))];

    public IReadOnlyList<Conv2d> Downsamplers { get; } =
        [.. Widths[..^1].Select(width => new Conv2d(width, width, 3, rng, new() { Stride = 2, Padding = 1 }))];

    public ResnetBlock MidBlock { get; } = new(Widths[^1], Widths[^1], rng);

    /// <summary>One for each level; what comes from below and what was kept are joined.</summary>
    public IReadOnlyList<ResnetBlock> UpBlocks { get; } =
    [
        .. Widths.Select(
            (width, level) => new ResnetBlock(Widths[Math.Min(level + 1, Widths.Length - 1)] + width, width, rng)),
    ];

    public IReadOnlyList<Conv2d> Upsamplers { get; } = [.. Widths[1..].Select(width => Conv3x3(width, width, rng))];

    public GroupNorm NormOut { get; } = new(Groups, Base);

    public Conv2d ConvOut { get; } = Conv3x3(Base, 1, rng);

    /// <summary>x [B, 1, H, W], a time for each image → the noise in x, [B, 1, H, W].</summary>
    public Tensor Forward(Tensor x, ReadOnlySpan<int> times)
    {
        Tensor t = TimeLinear2.Forward(TimeLinear1.Forward(TimestepEmbedding(times)).Silu()).Silu();      // [B, 128]
        x = ConvIn.Forward(x);
        var skips = new Stack<Tensor>();
        for (int level = 0; level < Widths.Length; level++)
        {
            x = DownBlocks[level].Forward(x, t);
            skips.Push(x);
            if (level < Downsamplers.Count)
                x = Downsamplers[level].Forward(x);
        }
        x = MidBlock.Forward(x, t);
        for (int level = Widths.Length - 1; level >= 0; level--)
        {
            x = UpBlocks[level].Forward(Tensor.Concat(1, x, skips.Pop()), t);
            if (level > 0)
                x = Upsamplers[level - 1].Forward(x.Interpolate((2 * x.Shape[2], 2 * x.Shape[3]), ResizeMode.Nearest));
        }
        return ConvOut.Forward(NormOut.Forward(x).Silu());
    }

    /// <summary>
    /// Sines and cosines of the times at falling frequencies, [B, 32]. Vaswani et al. 2017, section 3.5.
    /// </summary>
    private static Tensor TimestepEmbedding(ReadOnlySpan<int> times)
    {
        const int Half = Base / 2;
        var values = new float[times.Length * Base];
        for (int b = 0; b < times.Length; b++)
            for (int i = 0; i < Half; i++)
                (values[b * Base + i], values[b * Base + Half + i]) =
                    MathF.SinCos(times[b] * MathF.Exp(-MathF.Log(10000) * i / Half));
        return new Tensor(values, [times.Length, Base]);
    }

    private static Conv2d Conv3x3(int inputs, int outputs, Rng rng) =>
        new(inputs, outputs, 3, rng, new() { Padding = 1 });

    /// <summary>
    /// y = x + conv(silu(norm(conv(silu(norm(x))) + W·t))), with a 1×1 convolution of x where the channels differ.
    /// </summary>
    internal sealed class ResnetBlock(int inputs, int outputs, Rng rng) : Module
    {
        public GroupNorm Norm1 { get; } = new(Groups, inputs);

        public Conv2d Conv1 { get; } = Conv3x3(inputs, outputs, rng);

        public Linear TimeProjection { get; } = new(Time, outputs, rng);

        public GroupNorm Norm2 { get; } = new(Groups, outputs);

        public Conv2d Conv2 { get; } = Conv3x3(outputs, outputs, rng);

        public Conv2d? Shortcut { get; } = inputs == outputs ? null : new(inputs, outputs, 1, rng);

        /// <summary>x [B, In, H, W], t [B, 128] → [B, Out, H, W].</summary>
        public Tensor Forward(Tensor x, Tensor t)
        {
            Tensor shift = TimeProjection.Forward(t).Reshape(t.Shape[0], outputs, 1, 1);
            Tensor h = Conv1.Forward(Norm1.Forward(x).Silu()) + shift;
            return (Shortcut?.Forward(x) ?? x) + Conv2.Forward(Norm2.Forward(h).Silu());
        }
    }
}
