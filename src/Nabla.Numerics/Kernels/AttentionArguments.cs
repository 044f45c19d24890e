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
    /// <exception cref="ArgumentException">[H, T, D] has more than 2³¹ − 1 numbers.</exception>
    public static HeadStrides Dense(int heads, int rows, int size)
    {
        Int128 batch = (Int128)heads * rows * size, head = (Int128)rows * size;
        if (Int128.Max(Int128.Abs(batch), Int128.Abs(head)) > int.MaxValue)
            throw new ArgumentException(
                $"HeadStrides: [{heads}, {rows}, {size}] has more than {int.MaxValue} numbers.");
        return new((int)batch, (int)head, size);
    }

    /// <summary>
    /// Where a row begins; of strides that <see cref="CheckRead"/> or <see cref="CheckWritten"/> has seen.
    /// </summary>
    internal long At(int batch, int head, int row) => (long)batch * Batch + (long)head * Head + (long)row * Row;

    /// <summary>Throws unless all rows lie in an array of that length.</summary>
    internal void CheckRead(string operation, string name, int length, in HeadShape shape)
    {
        if (Batch < 0 || Head < 0 || Row < 0)
            throw new ArgumentException($"{operation}: the strides of {name} must not be negative: {this}.");
        if (shape.IsEmpty)
            return;
        Int128 last =
            (Int128)(shape.Batch - 1) * Batch + (Int128)(shape.Heads - 1) * Head + (Int128)(shape.Rows - 1) * Row;
        Require.AtLeast(operation, length, last + shape.Size, name);
    }

    /// <summary>Throws unless all rows lie in an array of that length and no two of them overlap.</summary>
    internal void CheckWritten(string operation, string name, int length, in HeadShape shape)
    {
        CheckRead(operation, name, length, shape);
        if (!shape.IsEmpty)
            Require.Apart(operation, name, shape.Size, [(shape.Batch, Batch), (shape.Heads, Head), (shape.Rows, Row)]);
    }
}

/// <summary>The sizes of a view [B, H, T, D].</summary>
internal readonly record struct HeadShape(int Batch, int Heads, int Rows, int Size)
{
    public bool IsEmpty => Batch == 0 || Heads == 0 || Rows == 0;
}

/// <summary>
/// The sizes of an attention: queries [B, Hq, Tq, D], keys and values [B, Hkv, Tk, D], where Hq is a multiple of Hkv
/// and each group of Hq / Hkv query heads shares a key head (Ainslie et al. 2023, arXiv:2305.13245).
/// </summary>
/// <param name="B">Batch.</param>
/// <param name="Hq">Query heads.</param>
/// <param name="Hkv">Key and value heads.</param>
/// <param name="Tq">Query positions.</param>
/// <param name="Tk">Key positions.</param>
/// <param name="D">Size of a head.</param>
public readonly record struct AttentionShape(int B, int Hq, int Hkv, int Tq, int Tk, int D)
{
    private const double FlopsInPiece = 1 << 18;

    /// <summary>Query i sees keys 0 … i + Tk − Tq only: the queries are the last Tq positions.</summary>
    public bool Causal { get; init; }

    /// <summary>What the scores q·k are multiplied by; positive, 1/√D unless set.</summary>
    public float Scale { get; init; } = 1 / MathF.Sqrt(D);

    internal int Group => Hq / Hkv;

    internal HeadShape Queries => new(B, Hq, Tq, D);

    internal HeadShape Keys => new(B, Hkv, Tk, D);

    // Short texts and single tokens: a piece is worth some microseconds. Cut by shape alone, so threads change no bit.
    private int KeyHeadsInPiece => (int)Math.Clamp(FlopsInPiece / (4.0 * Group * Tq * Tk * D), 1, int.MaxValue);

    /// <summary>Number of pieces of work; each is some of the B·Hkv key heads.</summary>
    internal int Pieces => Cuts.Count(B * Hkv, KeyHeadsInPiece);

    /// <summary>The first key head of a piece, counted over all batches, and the one after its last.</summary>
    internal (int Start, int End) KeyHeads(int piece)
    {
        int start = piece * KeyHeadsInPiece;
        return (start, start + Math.Min(KeyHeadsInPiece, B * Hkv - start));
    }

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
            throw new ArgumentException(
                $"Attention: causal with {Tq} queries but {Tk} keys; the first would see none.");
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

    /// <summary>Checks what the forward pass reads and writes.</summary>
    internal void Check(in AttentionShape shape, (int Q, int K, int V, int Out) lengths)
    {
        Q.CheckRead("Attention", "q", lengths.Q, shape.Queries);
        K.CheckRead("Attention", "k", lengths.K, shape.Keys);
        V.CheckRead("Attention", "v", lengths.V, shape.Keys);
        Out.CheckWritten("Attention", "out", lengths.Out, shape.Queries);
    }

    /// <summary>Checks the layout of the gradients: dq, dk and dv are written, dout is read.</summary>
    internal void CheckGradients(in AttentionShape shape, (int Q, int K, int V, int Out) lengths)
    {
        Q.CheckWritten("Attention backward", "dq", lengths.Q, shape.Queries);
        K.CheckWritten("Attention backward", "dk", lengths.K, shape.Keys);
        V.CheckWritten("Attention backward", "dv", lengths.V, shape.Keys);
        Out.CheckRead("Attention backward", "dout", lengths.Out, shape.Queries);
    }
}

/// <summary>
/// What attention reads: queries, keys, values, and a mask [Tq, Tk] added to the scores (empty: none).
/// </summary>
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

    /// <summary>The layout of dq, dk, dv and dout; no two rows of dq, dk or dv may overlap.</summary>
    public AttentionStrides Strides { get; } = strides;

    /// <summary>Adds to dq, dk and dv instead of overwriting them.</summary>
    public bool Accumulate { get; init; }
}
