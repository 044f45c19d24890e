using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Nabla.Numerics;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <summary>
/// An n-dimensional array of <c>float</c> that remembers how it was computed, so that <see cref="Backward"/> can tell
/// every <see cref="Parameter"/> how the result depends on it. Immutable from outside. The operations are extension
/// members, one file each in <c>Ops/</c>.
/// </summary>
/// <example><code>
/// Tensor x = Tensor.Randn([256, 3], rng);
/// Tensor y = x.MatMul(new Tensor([2, -3, 0.5f], [3, 1])) + 1.5f;
/// </code></example>
public class Tensor
{
    private readonly int[] strides;

    /// <summary>A tensor with a copy of these values in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public Tensor(ReadOnlySpan<float> values, Shape shape) : this(shape, TensorBuffer.Allocate(shape.ElementCount))
    {
        if (values.Length != shape.ElementCount)
            throw new ArgumentException(
                $"Tensor: {values.Length} values do not fill shape {shape}, which has {shape.ElementCount}.");
        values.CopyTo(Buffer.Span);
    }

    /// <summary>A vector with a copy of these values.</summary>
    public Tensor(ReadOnlySpan<float> values) : this(values, [values.Length])
    {
    }

    internal Tensor(Shape shape, TensorBuffer buffer) : this(shape, buffer, shape.DenseStrides(), 0)
    {
    }

    internal Tensor(Shape shape, TensorBuffer buffer, ReadOnlySpan<int> strides, int offset)
    {
        Shape = shape;
        Buffer = buffer;
        this.strides = SharedInts.Of(strides);
        Offset = Count == 0 ? 0 : offset; // an empty view has no first element
        IsContiguous = IsDense(shape, strides);
    }

    /// <summary>The sizes, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Number of elements.</summary>
    public int Count => Shape.ElementCount;

    /// <summary>
    /// Whether a derivative with respect to this tensor is, or leads to, one that somebody asked for.
    /// </summary>
    public bool RequiresGradient { get; private protected set; }

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous { get; }

    /// <summary>Elements from one index to the next, for each dimension; 0 where a size was stretched.</summary>
    internal ReadOnlySpan<int> Strides => strides;

    /// <summary>Where the first element lies in the buffer.</summary>
    internal int Offset { get; }

    internal TensorBuffer Buffer { get; }

    /// <summary>The operation that computed this tensor, if it was recorded.</summary>
    public Op? Creator { get; private set; }

    /// <summary>Whether the backward pass that is under way has found this tensor.</summary>
    internal bool IsCollected { get; set; }

    /// <summary>State of the backward pass that is under way; see <see cref="Gradients"/>.</summary>
    internal Tensor? PendingGradient { get; set; }

    /// <summary>A scalar.</summary>
    public static implicit operator Tensor(float value) => new([value], []);

    /// <summary>All zeros.</summary>
    public static Tensor Zeros(Shape shape) => Full(shape, 0);

    /// <summary>All ones.</summary>
    public static Tensor Ones(Shape shape) => Full(shape, 1);

    /// <summary>Every element the same.</summary>
    public static Tensor Full(Shape shape, float value)
    {
        Tensor result = Uninitialized(shape);
        result.Buffer.Span.Fill(value);
        return result;
    }

    /// <summary>Independent samples of N(0, 1).</summary>
    public static Tensor Randn(Shape shape, Rng rng)
    {
        Tensor result = Uninitialized(shape);
        foreach (ref float value in result.Buffer.Span)
            value = (float)rng.NextNormal();
        return result;
    }

    /// <summary>Independent samples, uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The bounds are not numbers, or low is larger than high.
    /// </exception>
    public static Tensor Uniform(Shape shape, float low, float high, Rng rng)
    {
        if (!(low <= high && float.IsFinite(high - low)))
            throw new ArgumentOutOfRangeException(nameof(low), $"Uniform: [{low}, {high}) is no finite range.");
        float largest = Math.Max(low, MathF.BitDecrement(high)); // rounding may carry the sum up to high
        Tensor result = Uninitialized(shape);
        foreach (ref float value in result.Buffer.Span)
            value = Math.Min(low + (high - low) * rng.NextSingle(), largest);
        return result;
    }

    /// <summary>The element at these indices; negative indices count from the end.</summary>
    /// <exception cref="ArgumentException">The number of indices is not the rank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside its dimension.</exception>
    [IndexerName("Element")]
    public float this[params ReadOnlySpan<int> indices]
    {
        get
        {
            if (indices.Length != Rank)
                throw new ArgumentException($"Tensor: {indices.Length} indices for shape {Shape}; give {Rank}.");
            int at = Offset;
            for (int d = 0; d < indices.Length; d++)
            {
                int index = indices[d] < 0 ? indices[d] + Shape[d] : indices[d];
                if ((uint)index >= (uint)Shape[d])
                    throw new ArgumentOutOfRangeException(
                        nameof(indices), $"Tensor: index {indices[d]} is outside dimension {d} of {Shape}.");
                at += index * Strides[d];
            }
            return Buffer.Span[at];
        }
    }

    /// <summary>The only element.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Item() => Count == 1
        ? Buffer.Span[Offset]
        : throw new InvalidOperationException(
            $"Item: shape {Shape} has {Count} elements, not one. Reduce it first, with Mean() say.");

    /// <summary>The elements in row-major order, in a new array.</summary>
    public float[] ToArray()
    {
        var result = new float[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>Copies the elements in row-major order.</summary>
    /// <exception cref="ArgumentException">The destination has fewer than Count numbers.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length < Count)
            throw new ArgumentException(
                $"CopyTo: {destination.Length} floats cannot hold the {Count} elements of {Shape}.");
        if (IsContiguous)
            Buffer.Span.Slice(Offset, Count).CopyTo(destination);
        else
            StridedCopy.Gather(Buffer.Span[Offset..], Shape, Strides, destination);
    }

    /// <summary>The elements in row-major order without copying; only for a contiguous tensor.</summary>
    /// <exception cref="InvalidOperationException">The tensor is a view with gaps or another order.</exception>
    public ReadOnlySpan<float> AsSpan() => IsContiguous
        ? Buffer.Span.Slice(Offset, Count)
        : throw new InvalidOperationException(
            $"AsSpan: this {Shape} tensor is a strided view. Call Contiguous() first.");

    /// <summary>The same values in row-major order without gaps: this tensor itself if it is so already.</summary>
    /// <remarks>Not recorded: an op calls it on its inputs, whose gradients go to the inputs as they were.</remarks>
    internal Tensor Dense()
    {
        if (IsContiguous)
            return this;
        Tensor copy = Uninitialized(Shape);
        CopyTo(copy.Buffer.Span);
        return copy;
    }

    /// <summary>The same values without their history: a constant to whatever is computed from it.</summary>
    /// <remarks>
    /// A view: nothing is copied, except from a <see cref="Parameter"/> and its views, for the next step of training
    /// writes to a parameter's numbers, and a constant must not change.
    /// </remarks>
    public Tensor Detach()
    {
        if (!Buffer.BelongsToParameter)
            return new(Shape, Buffer, Strides, Offset);
        Tensor copy = Uninitialized(Shape);
        CopyTo(copy.Writable());
        return copy;
    }

    /// <summary>
    /// Computes dL/dθ for every <see cref="Parameter"/> that this tensor, L, depends on, and adds it to
    /// <see cref="Parameter.Gradient"/>. L is a scalar, or <paramref name="upstream"/> says dL/d(this).
    /// </summary>
    /// <remarks>
    /// In a <see cref="TensorScope"/>, the results of this scope that led to L are given back as soon as they were
    /// used; L itself and what <see cref="TensorScope.Keep"/> keeps stay. Outside of scopes nothing is given back.
    /// </remarks>
    /// <param name="upstream">dL/d(this), of this tensor's shape; null stands for 1.</param>
    /// <param name="retainGraph">
    /// Gives nothing back before the scope's end, so that the results can still be read, and the graph, or one that
    /// shares a part with it, be differentiated again.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// Nothing here depends on a parameter, L is no scalar, or a part of the graph was given back already. Whatever
    /// ends the pass, a parameter that had no gradient before has none afterwards.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="upstream"/> has another shape.</exception>
    public void Backward(Tensor? upstream = null, bool retainGraph = false) =>
        Gradients.Run(this, upstream, retainGraph);

    /// <summary>The same values as a leaf that a backward pass leaves its gradient with.</summary>
    internal Tensor AsVariable() => new(Shape, Buffer, Strides, Offset) { RequiresGradient = true };

    /// <summary>The gradient that the backward pass left with this variable, if there is one.</summary>
    internal Tensor? TakeGradient()
    {
        Tensor? gradient = PendingGradient;
        if (gradient is not null)
            gradient.Buffer.Holders--;
        PendingGradient = null;
        return gradient;
    }

    internal static Tensor Uninitialized(Shape shape) => new(shape, TensorBuffer.Allocate(shape.ElementCount));

    /// <summary>The writable numbers of a tensor that an op has just allocated.</summary>
    internal Span<float> Writable() => Buffer.Span.Slice(Offset, Count);

    /// <summary>Shape and the first values.</summary>
    public override string ToString()
    {
        const int shown = 8;
        if (Buffer.WasGivenBack)
            return $"Tensor {Shape} ({Buffer.WhyGone})";
        var text = new StringBuilder($"Tensor {Shape} {{");
        var rows = new RowWalker(Shape.Insert(Rank, 1), [.. Strides, 0]); // rows of one number each
        for (int i = 0; i < Math.Min(Count, shown); i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? ", " : " ")}{Buffer.Span[Offset + rows.Next()]:G4}");
        return text.Append(Count > shown ? ", … }" : " }").ToString();
    }

    /// <summary>Notes the operation that computed this tensor.</summary>
    internal void Record(Op creator) => (Creator, RequiresGradient) = (creator, true);

    private static bool IsDense(Shape shape, ReadOnlySpan<int> strides)
    {
        if (shape.ElementCount == 0)
            return true;
        int expected = 1;
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            if (shape[d] != 1 && strides[d] != expected)
                return false;
            expected *= shape[d];
        }
        return true;
    }
}
