namespace Nabla.Numerics.Kernels;

/// <summary>What a norm learns: γ [C], β [C] (empty: none), and ε, which is added to the variance.</summary>
public readonly ref struct NormParameters(ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon)
{
    /// <summary>γ [C].</summary>
    public ReadOnlySpan<float> Gamma { get; } = gamma;

    /// <summary>β [C], or empty.</summary>
    public ReadOnlySpan<float> Beta { get; } = beta;

    /// <summary>ε, at least 0.</summary>
    public float Epsilon { get; } = epsilon;
}

/// <summary>What the forward pass of a norm keeps of each row for the backward pass.</summary>
public readonly ref struct NormStatistics(Span<float> mean, Span<float> rstd)
{
    /// <summary>The row's mean [R]; empty for RMS norm.</summary>
    public Span<float> Mean { get; } = mean;

    /// <summary>1 / √(variance + ε) [R], or 1 / √(mean square + ε).</summary>
    public Span<float> Rstd { get; } = rstd;
}

/// <summary>Where the backward pass of a norm writes; an empty span means the gradient is not wanted.</summary>
public readonly ref struct NormGradients(Span<float> dx, Span<float> dGamma, Span<float> dBeta)
{
    /// <summary>dL/dx [R, C].</summary>
    public Span<float> Dx { get; } = dx;

    /// <summary>dL/dγ [C], summed over the rows.</summary>
    public Span<float> DGamma { get; } = dGamma;

    /// <summary>dL/dβ [C], summed over the rows.</summary>
    public Span<float> DBeta { get; } = dBeta;

    /// <summary>Adds to dx instead of overwriting it.</summary>
    public bool AccumulateDx { get; init; }

    /// <summary>Adds to dγ and dβ instead of overwriting them.</summary>
    public bool AccumulateParameters { get; init; }
}
