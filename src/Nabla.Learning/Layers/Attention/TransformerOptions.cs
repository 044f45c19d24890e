using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>What a transformer's feed-forward part does between its two layers.</summary>
public enum TransformerActivation
{
    /// <summary>max(0, x), as in Vaswani et al. 2017.</summary>
    Relu,

    /// <summary>x·Φ(x), as in BERT.</summary>
    Gelu,

    /// <summary>The approximation of GELU by tanh, as in GPT-2.</summary>
    GeluTanh,

    /// <summary>x·σ(x).</summary>
    Silu,
}

/// <summary>Settings of a transformer's layers; the defaults are those of Vaswani et al. 2017 and PyTorch.</summary>
public sealed record TransformerOptions
{
    /// <summary>Units between the two layers of the feed-forward part.</summary>
    public int FeedForward { get; init; } = 2048;

    /// <summary>The probability of dropout, in [0, 1).</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>What the feed-forward part does between its layers.</summary>
    public TransformerActivation Activation { get; init; }

    /// <summary>
    /// Whether a part's input is normalised, x + f(norm(x)), which trains more stably (Xiong et al. 2020,
    /// arXiv:2002.04745), instead of the sum, norm(x + f(x)).
    /// </summary>
    public bool NormFirst { get; init; }

    /// <summary>ε of the layer norms.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>Whether a stack of layers ends with a layer norm: of use with <see cref="NormFirst"/>.</summary>
    public bool FinalNorm { get; init; }

    internal Tensor Activate(Linear layer, Tensor x) => Activation switch
    {
        TransformerActivation.Relu => layer.Forward(x).Relu(),
        TransformerActivation.Gelu => layer.Forward<Gelu>(x),
        TransformerActivation.GeluTanh => layer.Forward<GeluTanh>(x),
        TransformerActivation.Silu => layer.Forward<Silu>(x),
        _ => throw new InvalidOperationException($"TransformerOptions: there is no activation {Activation}."),
    };

    internal TransformerOptions Validated(string owner)
    {
        Require.Positive(FeedForward, owner);
        Require.NotNegative(Epsilon, owner);
        Require.Probability(Dropout, owner);
        return Enum.IsDefined(Activation)
            ? this
            : throw new ArgumentException($"{owner}: there is no activation {Activation}.");
    }
}
