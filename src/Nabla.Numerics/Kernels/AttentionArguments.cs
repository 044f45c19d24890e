namespace Nabla.Numerics.Kernels;

/// <summary>
/// Floats from one batch, head and row (position) to the next in a view [B, H, T, D] whose last stride is 1.
/// </summary>
/// <example><code>
/// HeadStrides.Dense(h, t, d)                     // [B, H, T, D]
/// new HeadStrides(t * 3 * c, d, 3 * c)           // the queries in a joint projection [B, T, 3, H, D], c = h·d
/// </code></example>
public readonly record struct HeadStrides(int Batch, int Head, int Row)
{
    /// <summary>The strides of a dense [B, H, T, D].</summary>
    public static HeadStrides Dense(int heads, int rows, int size) =>
        new(checked(heads * rows * size), checked(rows * size), size);

    internal long At(int batch, int head, int row) => (long)batch * Batch + (long)head * Head + (long)row * Row;

    internal void Check(string operation, string name, int length, (int Batch, int Heads, int Rows, int Size) shape)
    {
        (int batch, int heads, int rows, int size) = shape;
        if (Batch < 0 || Head < 0 || Row < 0)
            throw new ArgumentException($"{operation}: the strides of {name} must not be negative: {this}.");
        if (batch > 0 && heads > 0 && rows > 0)
            Require.AtLeast(operation, length, At(batch - 1, heads - 1, rows - 1) + size, name);
    }
}

/// <summary>
/// The sizes of an attention: queries [B, Hq, Tq, D], keys and values [B, Hkv, Tk, D], where Hq is a multiple of Hkv and
/// each group of Hq / Hkv query heads shares a key head (Ainslie et al. 2023, arXiv:2305.13245).
/// </summary>
/// <param name="B">Batch.</param>
/// <param name="Hq">Query heads.</param>
/// <param name="Hkv">Key and value heads.</param>
/// <param name="Tq">Query positions.</param>
/// <param name="Tk">Key positions.</param>
/// <param name="D">Size of a head.</param>
public readonly record struct AttentionShape(int B, int Hq, int Hkv, int Tq, int Tk, int D)
{
    /// <summary>Query i sees keys 0 … i + Tk − Tq only: the queries are the last Tq positions.</summary>
    public bool Causal { get; init; }

    /// <summary>What the scores q·k are multiplied by; positive, 1/√D unless set.</summary>
    public float Scale { get; init; } = 1 / MathF.Sqrt(D);

    internal int Group => Hq / Hkv;

    /// <summary>How many keys query i sees.</summary>
    internal int Visible(int query) => Causal ? query + Tk - Tq + 1 : Tk;

    internal void Check()
    {
        if (B < 0 || Hq < 0 || Hkv < 1 || Tq < 0 || Tk < 1 || D < 1)
            throw new ArgumentException($"Attention: {this} has a size that is too small.");
        if (!(Scale > 0 && float.IsFinite(Scale)))
            throw new ArgumentException($"Attention: the scale is {Scale}; it must be positive.");
        if (Hq % Hkv != 0)
            throw new ArgumentException($"Attention: {Hq} query heads cannot share {Hkv} key heads evenly.");
        if (Causal && Tq > Tk)
            throw new ArgumentException($"Attention: causal with {Tq} queries but {Tk} keys; the first would see none.");
    }
}

/// <summary>Where the rows of queries, keys, values and outputs (or their gradients) lie.</summary>
public readonly record struct AttentionStrides(HeadStrides Q, HeadStrides K, HeadStrides V, HeadStrides Out)
{
    /// <summary>All four dense, [B, H, T, D].</summary>
    public static AttentionStrides Dense(in AttentionShape shape)
    {
        var q = HeadStrides.Dense(shape.Hq, shape.Tq, shape.D);
        var k = HeadStrides.Dense(shape.Hkv, shape.Tk, shape.D);
        return new(q, k, k, q);
    }

    internal void Check(in AttentionShape shape, (int Q, int K, int V, int Out) lengths)
    {
        var q = (shape.B, shape.Hq, shape.Tq, shape.D);
        var k = (shape.B, shape.Hkv, shape.Tk, shape.D);
        Q.Check("Attention", "q", lengths.Q, q);
        K.Check("Attention", "k", lengths.K, k);
        V.Check("Attention", "v", lengths.V, k);
        Out.Check("Attention", "out", lengths.Out, q);
    }
}

/// <summary>What attention reads: queries, keys, values, and a mask [Tq, Tk] added to the scores (empty: none).</summary>
public readonly ref struct AttentionInputs(ReadOnlySpan<float> q, ReadOnlySpan<float> k, ReadOnlySpan<float> v)
{
    /// <summary>Queries.</summary>
    public ReadOnlySpan<float> Q { get; } = q;

    /// <summary>Keys.</summary>
    public ReadOnlySpan<float> K { get; } = k;

    /// <summary>Values.</summary>
    public ReadOnlySpan<float> V { get; } = v;

    /// <summary>Added to the scaled scores of every head; −∞ hides a key.</summary>
    public ReadOnlySpan<float> Mask { get; init; }
}

/// <summary>What the backward pass needs of the forward pass, and dL/dout.</summary>
public readonly ref struct AttentionResults(
    ReadOnlySpan<float> @out, ReadOnlySpan<float> logSums, ReadOnlySpan<float> dOut)
{
    /// <summary>The forward pass's output.</summary>
    public ReadOnlySpan<float> Out { get; } = @out;

    /// <summary>ln Σ e^score of each query [B, Hq, Tq].</summary>
    public ReadOnlySpan<float> LogSums { get; } = logSums;

    /// <summary>dL/dout, laid out by the gradients' strides.</summary>
    public ReadOnlySpan<float> DOut { get; } = dOut;
}

/// <summary>Where the backward pass writes, and how that and dL/dout are laid out.</summary>
public readonly ref struct AttentionGradients(
    Span<float> dq, Span<float> dk, Span<float> dv, AttentionStrides strides)
{
    /// <summary>dL/dq.</summary>
    public Span<float> Dq { get; } = dq;

    /// <summary>dL/dk.</summary>
    public Span<float> Dk { get; } = dk;

    /// <summary>dL/dv.</summary>
    public Span<float> Dv { get; } = dv;

    /// <summary>The layout of dq, dk, dv and dout; no two rows may overlap.</summary>
    public AttentionStrides Strides { get; } = strides;

    /// <summary>Adds to dq, dk and dv instead of overwriting them.</summary>
    public bool Accumulate { get; init; }
}
