namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>Copies of the weights in the layouts that the products read.</summary>
internal static unsafe class PackedWeights
{
    // Rows a multiple of 2 KiB apart compete for the same few places of a cache.
    private const int BadStep = 512;

    /// <summary>From the weights of an output to those of the next; with a bias, it stands behind them.</summary>
    public static int Step(int depth, bool bias)
    {
        int step = bias ? depth + 1 : depth;
        return step % BadStep == 0 ? step + Products.Register16.Width : step;
    }

    /// <summary>Copies weights [O, depth] to rows that are a <see cref="Step"/> apart, the bias behind each.</summary>
    public static void Pack(float* weights, float* bias, (int Outputs, int Depth) size, float* target)
    {
        int step = Step(size.Depth, bias != null);
        for (int o = 0; o < size.Outputs; o++, target += step)
        {
            new ReadOnlySpan<float>(weights + (long)o * size.Depth, size.Depth)
                .CopyTo(new Span<float>(target, size.Depth));
            if (bias != null)
                target[size.Depth] = bias[o];
        }
    }

    /// <summary>
    /// The weights with which a convolution of dy gives dx: inputs and outputs exchanged within each group, and the
    /// kernel turned by 180 degrees. [O, C/G, KH, KW] → [C, O/G, KH, KW], overwritten or added to.
    /// </summary>
    public static void Turn(in ConvolutionShape shape, float* weights, float* target, bool accumulate = false)
    {
        int inputs = shape.GroupInputs, outputs = shape.GroupOutputs, area = shape.Kernel.Area;
        for (int group = 0; group < shape.Groups; group++)
            for (int c = 0; c < inputs; c++)
                for (int o = 0; o < outputs; o++)
                {
                    float* from = weights + ((long)(group * outputs + o) * inputs + c) * area + area - 1;
                    for (int place = 0; place < area; place++, target++, from--)
                        *target = accumulate ? *target + *from : *from;
                }
    }
}
