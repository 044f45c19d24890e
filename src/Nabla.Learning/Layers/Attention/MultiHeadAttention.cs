using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>Settings of attention with several heads.</summary>
public sealed record MultiHeadAttentionOptions
{
    /// <summary>Whether the projections have biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The probability with which weights of the attention are dropped in training, in [0, 1).</summary>
    public float Dropout { get; init; }

    /// <summary>Numbers of a key's input, if not those of a query.</summary>
    public int? KeyDim { get; init; }

    /// <summary>Numbers of a value's input, if not those of a query.</summary>
    public int? ValueDim { get; init; }
}

/// <summary>
/// Attention with H heads: y = [head₁, …, head_H]·W_oᵀ + b_o, head = softmax(q·kᵀ/√D + mask)·v, with q = x·W_qᵀ + b_q
/// and so on, each head with its own D = C/H numbers. Vaswani et al. 2017, arXiv:1706.03762. Stored as in PyTorch:
/// <c>in_proj_weight</c> holds W_q, W_k, W_v one after the other.
/// </summary>
/// <example><code>
/// var attention = new MultiHeadAttention(8, 2, new Rng(1));
/// Tensor x = Tensor.Randn([3, 5, 8], new Rng(2));
/// attention.Forward(x, AttentionMask.Past).Shape.ToString();    // = "[3, 5, 8]"
/// attention.Weights(x, x, AttentionMask.Past)[0, 0, 1, 2];      // = 0
/// </code></example>
[Formula("y = b + Σ_h softmax((x·Q_hᵀ + a_h)·(x·K_hᵀ + c_h)ᵀ/√D)·(x·V_hᵀ + d_h)·O_hᵀ")]
public sealed class MultiHeadAttention : Module, ILayer
{
    private readonly int dim, heads;
    private readonly float dropout;

    /// <summary>Attention over vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentException">
    /// A size is not positive, the heads do not divide the dimension, or dropout is not in [0, 1).
    /// </exception>
    public MultiHeadAttention(int dim, int heads, Rng rng, MultiHeadAttentionOptions? options = null)
    {
        this.dim = Require.Positive(dim, nameof(MultiHeadAttention));
        this.heads = Require.Positive(heads, nameof(MultiHeadAttention));
        if (dim % heads != 0)
            throw new ArgumentException($"MultiHeadAttention: {heads} heads do not divide {dim} numbers evenly.");
        options ??= new();
        dropout = Require.Probability(options.Dropout, nameof(MultiHeadAttention), nameof(options.Dropout));
        int keys = Require.Positive(options.KeyDim ?? dim, nameof(MultiHeadAttention), nameof(options.KeyDim));
        int values = Require.Positive(options.ValueDim ?? dim, nameof(MultiHeadAttention), nameof(options.ValueDim));
        if (keys == dim && values == dim)
            InputWeight = Projection(3 * dim, dim);
        else
            (QueryWeight, KeyWeight, ValueWeight) = (
                Projection(dim, dim), Projection(dim, keys), Projection(dim, values));
        InputBias = options.Bias ? new Parameter([3 * dim]) : null;
        Output = new Linear(
            Initialize.Uniform([dim, dim], 1 / MathF.Sqrt(dim), rng), options.Bias ? new Parameter([dim]) : null);

        // Glorot and Bengio's range, as in PyTorch
        Parameter Projection(int outputs, int inputs) =>
            Initialize.Uniform([outputs, inputs], MathF.Sqrt(6f / (outputs + inputs)), rng);
    }

    /// <summary>W_q, W_k and W_v, [3C, C]; none if keys or values have another size than queries.</summary>
    [StoredAs("in_proj_weight")]
    public Parameter? InputWeight { get; }

    /// <summary>W_q, [C, C], if keys or values have another size.</summary>
    [StoredAs("q_proj_weight")]
    public Parameter? QueryWeight { get; }

    /// <summary>W_k, [C, KeyDim], if keys or values have another size.</summary>
    [StoredAs("k_proj_weight")]
    public Parameter? KeyWeight { get; }

    /// <summary>W_v, [C, ValueDim], if keys or values have another size.</summary>
    [StoredAs("v_proj_weight")]
    public Parameter? ValueWeight { get; }

    /// <summary>b_q, b_k and b_v, [3C], if there are biases.</summary>
    [StoredAs("in_proj_bias")]
    public Parameter? InputBias { get; }

    /// <summary>W_o and b_o.</summary>
    [StoredAs("out_proj")]
    public Linear Output { get; }

    /// <summary>Self-attention: queries, keys and values are of x, [B, T, C] → [B, T, C].</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(Tensor x, AttentionMask? mask = null, Rng? rng = null) => Forward((x, x, x), mask, rng);

    /// <summary>
    /// Cross-attention: queries [B, Tq, C] look at keys [B, Tk, KeyDim] and fetch values [B, Tk, ValueDim];
    /// [B, Tq, C]. Random numbers are given in training, for dropout.
    /// </summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward((Tensor Query, Tensor Key, Tensor Value) inputs, AttentionMask? mask = null, Rng? rng = null)
    {
        var sizes = Check(inputs, mask);
        (Tensor q, Tensor k, Tensor v) = Project(inputs);                                    // [B, H, T, D]
        bool drops = rng is not null && dropout > 0;
        Tensor y;
        if (!drops && mask?.KeyPadding is null)
        {
            y = q.Attention(k, v, mask?.Causal ?? false, mask?.Additive);                    // [B, H, Tq, D]
        }
        else
        {
            Tensor weights = Softmax(q, k, mask, sizes);                                     // [B, H, Tq, Tk]
            y = (drops ? weights.Dropout(dropout, rng!) : weights).MatMul(v);
        }
        return Output.Forward(y.Transpose(1, 2).Reshape(sizes.Batch, sizes.Queries, dim));
    }

    /// <summary>How much each query looks at each key, softmax(q·kᵀ/√D + mask), [B, H, Tq, Tk].</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Weights(Tensor query, Tensor key, AttentionMask? mask = null)
    {
        Tensor value = InputWeight is null ? Tensor.Zeros([key.Shape[0], key.Shape[1], ValueWeight!.Shape[1]]) : key;
        var sizes = Check((query, key, value), mask);
        (Tensor q, Tensor k, _) = Project((query, key, value));
        return Softmax(q, k, mask, sizes);
    }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x, Rng? rng) => Forward(x, mask: null, rng);

    private static Tensor Softmax(
        Tensor q, Tensor k, AttentionMask? mask, (int Batch, int Queries, int Keys) sizes)
    {
        Tensor scores = q.MatMul(k.Transpose(-2, -1)) * (1 / MathF.Sqrt(q.Shape[3]));
        return (mask is null ? scores : scores + mask.ToScores(sizes)).Softmax();
    }

    private (Tensor Q, Tensor K, Tensor V) Project((Tensor Query, Tensor Key, Tensor Value) x)
    {
        if (InputWeight is not null && ReferenceEquals(x.Query, x.Key) && ReferenceEquals(x.Key, x.Value))
        {
            Tensor all = x.Query.Affine(InputWeight, InputBias);                             // one product for three
            return (Heads(all.Slice(-1, 0, dim)), Heads(all.Slice(-1, dim, dim)), Heads(all.Slice(-1, 2 * dim, dim)));
        }
        return (
            Heads(x.Query.Affine(QueryWeight ?? Part(InputWeight!, 0), Bias(0))),
            Heads(x.Key.Affine(KeyWeight ?? Part(InputWeight!, 1), Bias(1))),
            Heads(x.Value.Affine(ValueWeight ?? Part(InputWeight!, 2), Bias(2))));

        Tensor Heads(Tensor all) =>
            all.Reshape(all.Shape[0], all.Shape[1], heads, dim / heads).Transpose(1, 2);

        Tensor Part(Parameter of, int index) => of.Slice(0, index * dim, dim);

        Tensor? Bias(int index) => InputBias is null ? null : Part(InputBias, index);
    }

    private (int Batch, int Queries, int Keys) Check(
        (Tensor Query, Tensor Key, Tensor Value) x, AttentionMask? mask)
    {
        int keys = KeyWeight?.Shape[1] ?? dim, values = ValueWeight?.Shape[1] ?? dim;
        bool fits = x.Query.Rank == 3 && x.Key.Rank == 3 && x.Value.Rank == 3
            && x.Query.Shape[2] == dim && x.Key.Shape[2] == keys && x.Value.Shape[2] == values
            && x.Query.Shape[0] == x.Key.Shape[0] && x.Key.Shape[0] == x.Value.Shape[0]
            && x.Key.Shape[1] == x.Value.Shape[1];
        if (!fits)
            throw new ArgumentException(
                $"MultiHeadAttention: query {x.Query.Shape}, key {x.Key.Shape} and value {x.Value.Shape} must be "
                + $"[B, Tq, {dim}], [B, Tk, {keys}] and [B, Tk, {values}].");
        var sizes = (x.Query.Shape[0], x.Query.Shape[1], x.Key.Shape[1]);
        mask?.Validate(nameof(MultiHeadAttention), sizes);
        return sizes;
    }
}
