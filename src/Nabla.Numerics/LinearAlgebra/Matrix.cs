using System.Globalization;
using System.Numerics;
using System.Text;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// A dense matrix [Rows, Columns] of <c>float</c> or <c>double</c>, row-major. The decompositions are extension
/// members, one file each; large products of <c>float</c> run on the kernels of the tensors.
/// </summary>
/// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
/// <example><code>
/// var a = new Matrix&lt;double&gt;(2, 2, [2, 1, 1, 3]);
/// a.Solve(new Matrix&lt;double&gt;(2, 1, [3, 5])).Values;   // = [0.8, 1.4]
/// (3.0 * 3 - 1 * 5) / (2 * 3 - 1 * 1);                // = 0.8
/// </code></example>
public sealed class Matrix<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostShown = 8;
    private readonly T[] values;

    /// <summary>All zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="NotSupportedException">The numbers are neither float nor double.</exception>
    public Matrix(int rows, int columns) : this(rows, columns, new T[CheckedLength(rows, columns)])
    {
    }

    /// <summary>A matrix with a copy of these values, row by row.</summary>
    /// <exception cref="ArgumentException">The number of values is not rows·columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public Matrix(int rows, int columns, ReadOnlySpan<T> values) : this(rows, columns, values.ToArray())
    {
    }

    private Matrix(int rows, int columns, T[] values)
    {
        int needed = CheckedLength(rows, columns);
        if (values.Length != needed)
            throw new ArgumentException(
                $"Matrix: {values.Length} values do not fill [{rows}, {columns}], which has {needed}.");
        (Rows, Columns, this.values) = (rows, columns, values);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>The numbers, row by row; writing changes the matrix.</summary>
    public Span<T> Values => values;

    /// <summary>The element in row <paramref name="i"/> and column <paramref name="j"/>, both from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public T this[int i, int j]
    {
        get => values[At(i, j)];
        set => values[At(i, j)] = value;
    }

    /// <summary>a + b.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Matrix<T> operator +(Matrix<T> a, Matrix<T> b) => Zip(a, b, "+", T.One);

    /// <summary>a − b.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Matrix<T> operator -(Matrix<T> a, Matrix<T> b) => Zip(a, b, "-", -T.One);

    /// <summary>The matrix product, [M, K] · [K, N] → [M, N].</summary>
    /// <exception cref="ArgumentException">The inner sizes differ.</exception>
    public static Matrix<T> operator *(Matrix<T> a, Matrix<T> b)
    {
        if (a.Columns != b.Rows)
            throw new ArgumentException($"Matrix product: inner sizes differ: {a.Shape} × {b.Shape}.");
        var product = new Matrix<T>(a.Rows, b.Columns);
        BlockProduct.Multiply(product.Block, a.Block, b.Block);
        return product;
    }

    /// <summary>Every element times <paramref name="factor"/>.</summary>
    public static Matrix<T> operator *(T factor, Matrix<T> a)
    {
        Matrix<T> result = a.Copy();
        Vectors.Scale(result.Values, factor);
        return result;
    }

    /// <summary>1 on the diagonal, 0 elsewhere, [n, n].</summary>
    public static Matrix<T> Identity(int n)
    {
        var identity = new Matrix<T>(n, n);
        identity.Block.SetIdentity();
        return identity;
    }

    /// <summary>These numbers on the diagonal, 0 elsewhere, [n, n].</summary>
    public static Matrix<T> Diagonal(ReadOnlySpan<T> diagonal)
    {
        var result = new Matrix<T>(diagonal.Length, diagonal.Length);
        for (int i = 0; i < diagonal.Length; i++)
            result[i, i] = diagonal[i];
        return result;
    }

    /// <summary>Independent samples of N(0, 1).</summary>
    public static Matrix<T> Randn(int rows, int columns, Rng rng)
    {
        var result = new Matrix<T>(rows, columns);
        foreach (ref T value in result.Values)
            value = T.CreateTruncating(rng.NextNormal());
        return result;
    }

    /// <summary>Row <paramref name="i"/>, [Columns]; writing changes the matrix.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<T> Row(int i) => (uint)i < (uint)Rows
        ? values.AsSpan(i * Columns, Columns)
        : throw new ArgumentOutOfRangeException(nameof(i), i, $"Matrix: there is no row {i} in {Shape}.");

    /// <summary>Aᵀ, as a new matrix [Columns, Rows].</summary>
    public Matrix<T> Transpose()
    {
        var result = new Matrix<T>(Columns, Rows);
        Block.TransposeInto(result.Block);
        return result;
    }

    /// <summary>A new matrix with the same numbers.</summary>
    public Matrix<T> Copy() => new(Rows, Columns, values.AsSpan());

    /// <summary>The same numbers in the other precision, each rounded to the nearest.</summary>
    public Matrix<TOther> To<TOther>() where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>
    {
        var result = new Matrix<TOther>(Rows, Columns);
        for (int i = 0; i < values.Length; i++)
            result.Values[i] = TOther.CreateTruncating(values[i]);
        return result;
    }

    /// <summary>The shape and the first rows and columns.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"Matrix {Shape}");
        for (int i = 0; i < Math.Min(Rows, MostShown); i++)
        {
            text.Append('\n');
            for (int j = 0; j < Math.Min(Columns, MostShown); j++)
                text.Append(CultureInfo.InvariantCulture, $"{values[i * Columns + j],12:G5}");
            if (Columns > MostShown)
                text.Append(" …");
        }
        return text.Append(Rows > MostShown ? "\n…" : "").ToString();
    }

    internal string Shape => $"[{Rows}, {Columns}]";

    internal Block<T> Block => new(values, Rows, Columns, Columns);

    /// <summary>A matrix on this array itself.</summary>
    internal static Matrix<T> Of(T[] values, int rows, int columns) => new(rows, columns, values);

    private static Matrix<T> Zip(Matrix<T> a, Matrix<T> b, string operation, T factor)
    {
        if (a.Rows != b.Rows || a.Columns != b.Columns)
            throw new ArgumentException($"Matrix {operation}: the shapes differ: {a.Shape} and {b.Shape}.");
        Matrix<T> result = a.Copy();
        Vectors.AddScaled(result.Values, factor, b.Values);
        return result;
    }

    private static int CheckedLength(int rows, int columns)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Matrix: numbers of type {typeof(T).Name}; use float or double.");
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        long length = (long)rows * columns;
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentException($"Matrix: [{rows}, {columns}] has {length} numbers, "
                + $"more than the {Array.MaxLength} of an array.");
    }

    private int At(int i, int j) => (uint)i < (uint)Rows && (uint)j < (uint)Columns
        ? i * Columns + j
        : throw new ArgumentOutOfRangeException(nameof(i), $"Matrix: there is no element [{i}, {j}] in {Shape}.");
}
