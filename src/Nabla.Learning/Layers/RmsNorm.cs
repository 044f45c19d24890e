using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>
/// Root-mean-square normalisation: y = x/√(mean(x²) + ε)·γ. γ starts at 1. Zhang and Sennrich 2019, arXiv:1910.07467.
/// </summary>
public sealed class RmsNorm(int dim, float epsilon = 1e-5f) : Module
{
    /// <summary>γ, [Dim].</summary>
    [StoredAs("weight")]
    public Parameter Scale { get; } = Initialize.Constant([dim], 1);

    /// <summary>Normalises each vector, [..., Dim].</summary>
    public Tensor Forward(Tensor x) => x.RmsNorm(Scale, epsilon);
}
