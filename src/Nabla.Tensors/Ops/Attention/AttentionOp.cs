using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Scaled dot-product attention: y = softmax(q·kᵀ/√D + mask)·v for q [B, H, Tq, D], k and v [B, Hkv, Tk, D]. Query
/// heads share key and value heads in groups of H/Hkv (Ainslie et al. 2023, arXiv:2305.13245). If causal, query i sees
/// keys up to Tk − Tq + i. Vaswani et al. 2017, arXiv:1706.03762, equation 1; computed without the Tq×Tk matrix in
/// memory, as in Dao et al. 2022, arXiv:2205.14135.
/// </summary>
public sealed class AttentionOp : Op, ISampledOp
{
    private readonly Tensor q, k, v;
    private readonly Tensor? mask;
    private readonly bool causal;
    private Tensor? logSumExp; // [B, H, Tq]

    internal AttentionOp(Tensor q, Tensor k, Tensor v, Tensor? mask, bool causal) : base(q, k, v)
    {
        if (q.Rank != 4 || k.Rank != 4 || k.Shape != v.Shape || q.Shape[0] != k.Shape[0] || q.Shape[3] != k.Shape[3])
            throw new ArgumentException(
                $"Attention: q {q.Shape}, k {k.Shape} and v {v.Shape} do not fit; they must be [B, H, Tq, D] and, " +
                "twice, [B, Hkv, Tk, D].");
        if (k.Shape[1] == 0 || q.Shape[1] % k.Shape[1] != 0)
            throw new ArgumentException(
                $"Attention: {q.Shape[1]} query heads cannot share {k.Shape[1]} key and value heads evenly.");
        if (causal && q.Shape[2] > k.Shape[2])
            throw new ArgumentException(
                $"Attention: {q.Shape[2]} queries are more than the {k.Shape[2]} keys; " +
                "a causal query needs a key at its own position.");
        if (mask is not null && (mask.Shape != Shape.Create([q.Shape[2], k.Shape[2]]) || mask.RequiresGradient))
            throw new ArgumentException(
                $"Attention: the mask {mask.Shape} must be a constant [{q.Shape[2]}, {k.Shape[2]}].");
        (this.q, this.k, this.v, this.mask, this.causal) = (q, k, v, mask, causal);
    }

    /// <inheritdoc/>
    public override string Formula => "y = softmax(q·kᵀ/√D + M)·v";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -2, -1), new FormulaPieces.Seen("q", q.Shape, -2, -1)).Select((head, n) =>
        {
            int shared = q.Shape[1] / k.Shape[1], numbers = k.Shape[2] * k.Shape[3];
            int start = (n / q.Shape[1] * k.Shape[1] + n % q.Shape[1] / shared) * numbers;
            FormulaPart Matrix(string name, int input) =>
                new(name, input, [k.Shape[2], k.Shape[3]], [.. Enumerable.Range(start, numbers)]);
            return (head with { Parts = [head.Parts[0], Matrix("k", 1), Matrix("v", 2)] })
                .With("D", q.Shape[3]).With("M", [q.Shape[2], k.Shape[2]], Allowed());
        });

    // What is added to the scores, −∞ where a query must not look.
    private double[] Allowed()
    {
        int queries = q.Shape[2], keys = k.Shape[2];
        var added = new double[queries * keys];
        float[]? given = mask?.ToArray();
        for (int i = 0; i < added.Length; i++)
            added[i] = causal && i % keys > i / keys + keys - queries ? double.NegativeInfinity : given?[i] ?? 0;
        return added;
    }

    /// <inheritdoc/>
    protected internal override bool ReadsViews => true;

    /// <inheritdoc/>
    protected internal override Tensor? ReadsConstant => mask;

    private AttentionShape Sizes =>
        new(q.Shape[0], q.Shape[1], k.Shape[1], q.Shape[2], k.Shape[2], q.Shape[3]) { Causal = causal };

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        (Shape Q, Shape K, bool Causal)[] cases =
        [
            ([2, 2, 3, 4], [2, 2, 3, 4], true), ([1, 2, 5, 3], [1, 2, 7, 3], false), ([1, 4, 2, 4], [1, 2, 6, 4], true),
            ([1, 1, 1, 1], [1, 1, 1, 1], true), ([1, 2, 0, 4], [1, 2, 3, 4], false),
            ([2, 2, 70, 32], [2, 1, 70, 32], true),
        ];
        foreach ((Shape sizesQ, Shape sizesK, bool causal) in cases)
            yield return new AttentionOp(Tensor.Randn(sizesQ, rng), Tensor.Randn(sizesK, rng),
                Tensor.Randn(sizesK, rng), null, causal);
        yield return new AttentionOp(
            Tensor.Randn([1, 2, 3, 4], rng), Tensor.Randn([1, 2, 5, 4], rng), Tensor.Randn([1, 2, 5, 4], rng),
            Tensor.Randn([3, 5], rng), causal: false);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new AttentionOp(inputs[0], inputs[1], inputs[2], mask, causal);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        int group = q.Shape[1] / k.Shape[1], keys = k.Shape[2], offset = keys - q.Shape[2];
        return NdArray<V>.Build(q.Shape, index =>
        {
            (int b, int head, int t) = (index[0], index[1], index[2]);
            int visible = causal ? offset + t + 1 : keys;
            var weights = new V[visible];
            V total = 0, y = 0;
            for (int j = 0; j < visible; j++)
            {
                V score = 0;
                for (int d = 0; d < q.Shape[3]; d++)
                    score += inputs[0][b, head, t, d] * inputs[1][b, head / group, j, d];
                score /= Math.Sqrt(q.Shape[3]);
                weights[j] = V.Exp(mask is null ? score : score + (V)(double)mask[t, j]);
                total += weights[j];
            }
            for (int j = 0; j < visible; j++)
                y += weights[j] / total * inputs[2][b, head / group, j, index[3]];
            return y;
        });
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = HeadLayout.Allocate(q.Shape);
        logSumExp = Save(Tensor.Uninitialized([q.Shape[0], q.Shape[1], q.Shape[2]]));
        if (y.Count == 0)
            return y;
        (Tensor rq, Tensor rk, Tensor rv) = (HeadLayout.Readable(q), HeadLayout.Readable(k), HeadLayout.Readable(v));
        AttentionKernel.Forward(
            Sizes, Layout(rq, rk, rv, y), Numbers(rq, rk, rv), HeadLayout.Numbers(y), logSumExp.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (y.Count == 0)
            return;
        (Tensor rq, Tensor rk, Tensor rv) = (HeadLayout.Readable(q), HeadLayout.Readable(k), HeadLayout.Readable(v));
        Tensor dout = HeadLayout.Readable(dy);
        Tensor? placeQ = HeadLayout.TakePlace(q, gradients), placeK = HeadLayout.TakePlace(k, gradients);
        Tensor? placeV = HeadLayout.TakePlace(v, gradients);
        Tensor dq = placeQ ?? HeadLayout.Allocate(q.Shape), dk = placeK ?? HeadLayout.Allocate(k.Shape);
        Tensor dv = placeV ?? HeadLayout.Allocate(v.Shape);
        var results = new AttentionResults(HeadLayout.Numbers(y), logSumExp!.AsSpan(), HeadLayout.Numbers(dout));
        AttentionKernel.Backward(
            Sizes, Layout(rq, rk, rv, y), Numbers(rq, rk, rv), results,
            new AttentionGradients(HeadLayout.Numbers(dq), HeadLayout.Numbers(dk), HeadLayout.Numbers(dv),
                Layout(dq, dk, dv, dout)));
        if (placeQ is null)
            gradients.Add(q, dq);
        if (placeK is null)
            gradients.Add(k, dk);
        if (placeV is null)
            gradients.Add(v, dv);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        if (y.Count == 0)
            return null;
        float scale = 1 / MathF.Sqrt(q.Shape[3]);
        Tensor queries = Grouped(q), keys = k.Unsqueeze(2).Transpose(-2, -1), values = v.Unsqueeze(2);
        Tensor dq = Grouped(tangents[q]), dk = tangents[k].Unsqueeze(2).Transpose(-2, -1);
        Tensor weights = (queries.MatMul(keys) * scale + FullMask()).Softmax();
        Tensor part = weights * ((dq.MatMul(keys) + queries.MatMul(dk)) * scale);
        Tensor dWeights = part - weights * part.Sum(-1, keepDim: true);
        return (dWeights.MatMul(values) + weights.MatMul(tangents[v].Unsqueeze(2))).Reshape(q.Shape.AsSpan());
    }

    /// <summary>Query heads beside those with which they share keys: [B, H, Tq, D] → [B, Hkv, H/Hkv, Tq, D].</summary>
    private Tensor Grouped(Tensor t) =>
        t.Reshape(q.Shape[0], k.Shape[1], q.Shape[1] / k.Shape[1], q.Shape[2], q.Shape[3]);

    /// <summary>The mask, and −∞ where a causal query does not see a key, [Tq, Tk].</summary>
    private Tensor FullMask()
    {
        int queries = q.Shape[2], keys = k.Shape[2];
        float[] numbers = mask is null ? new float[queries * keys] : mask.ToArray();
        for (int t = 0; causal && t < queries; t++)
            numbers.AsSpan(t * keys + keys - queries + t + 1, queries - t - 1).Fill(float.NegativeInfinity);
        return new Tensor(numbers, [queries, keys]);
    }

    private static AttentionStrides Layout(Tensor q, Tensor k, Tensor v, Tensor y) =>
        new(HeadLayout.Strides(q), HeadLayout.Strides(k), HeadLayout.Strides(v), HeadLayout.Strides(y));

    private AttentionInputs Numbers(Tensor q, Tensor k, Tensor v) =>
        new(HeadLayout.Numbers(q), HeadLayout.Numbers(k), HeadLayout.Numbers(v))
        {
            Mask = mask is null ? default : mask.Dense().AsSpan(),
        };
}

/// <summary>Gives tensors the operation <see cref="AttentionOp"/>.</summary>
public static class AttentionExtensions
{
    extension(Tensor q)
    {
        /// <summary>
        /// softmax(q·kᵀ/√D + mask)·v, [B, H, Tq, D], for keys and values [B, Hkv, Tk, D] and an optional additive mask
        /// [Tq, Tk].
        /// </summary>
        /// <example><code>
        /// Tensor q = new([1, 0], [1, 1, 1, 2]), k = new([1, 0, 0, 1], [1, 1, 2, 2]), v = new([10, 20], [1, 1, 2, 1]);
        /// double first = Math.Exp(1 / Math.Sqrt(2)), second = Math.Exp(0);      // q·k/√2
        /// (first * 10 + second * 20) / (first + second);                        // = 13.3024
        /// q.Attention(k, v.Expand(1, 1, 2, 2), causal: false).ToArray()[0];     // = 13.3024
        /// </code></example>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        public Tensor Attention(Tensor k, Tensor v, bool causal, Tensor? mask = null) =>
            new AttentionOp(q, k, v, mask, causal).Apply();
    }
}
