using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>A rectangle of a row-major matrix, read and written where it lies.</summary>
internal readonly ref struct Block<T>(Span<T> values, int rows, int columns, int stride)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Span<T> Values = values;
    public readonly int Rows = rows, Columns = columns, Stride = stride;

    /// <summary>A rectangle without gaps at the beginning of this memory.</summary>
    public Block(Span<T> values, int rows, int columns) : this(values, rows, columns, columns)
    {
    }

    /// <summary>To be read transposed, as a factor of a product.</summary>
    public Factor<T> Transposed => new(this, isTransposed: true);

    public Span<T> this[int row] => Values.Slice(row * Stride, Columns);

    public ref T this[int row, int column] => ref Values[row * Stride + column];

    public Block<T> Part(int row, int rows, int column, int columns) => rows == 0 || columns == 0
        ? new(default, rows, columns, stride: 0)
        : new(Values.Slice(row * Stride + column, (rows - 1) * Stride + columns), rows, columns, Stride);

    /// <summary>Everything from this row and this column on.</summary>
    public Block<T> From(int row, int column) => Part(row, Rows - row, column, Columns - column);

    public void CopyTo(Block<T> target)
    {
        for (int i = 0; i < Rows; i++)
            this[i].CopyTo(target[i]);
    }

    public void Clear()
    {
        for (int i = 0; i < Rows; i++)
            this[i].Clear();
    }

    public void SetIdentity()
    {
        Clear();
        for (int i = 0; i < Math.Min(Rows, Columns); i++)
            this[i, i] = T.One;
    }

    /// <summary>Zeros below the diagonal.</summary>
    public void ClearBelowDiagonal()
    {
        for (int i = 1; i < Rows; i++)
            this[i][..Math.Min(i, Columns)].Clear();
    }

    /// <summary>Zeros above the diagonal.</summary>
    public void ClearAboveDiagonal()
    {
        for (int i = 0; i < Rows; i++)
            if (i + 1 < Columns)
                this[i][(i + 1)..].Clear();
    }

    /// <summary>target = thisᵀ.</summary>
    public unsafe void TransposeInto(Block<T> target)
    {
        if (Rows == 0 || Columns == 0)
            return;
        if (typeof(T) == typeof(float))
        {
            fixed (float* from = MemoryMarshal.Cast<T, float>(Values), to = MemoryMarshal.Cast<T, float>(target.Values))
                Transposition.Run(new(from, Stride), Rows, Columns, new(to, target.Stride));
            return;
        }
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++)
                target[j, i] = this[i, j];
    }
}

/// <summary>A factor of a product: a block as it is stored, or its transpose.</summary>
internal readonly ref struct Factor<T>(Block<T> stored, bool isTransposed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Block<T> Stored = stored;
    public readonly bool IsTransposed = isTransposed;

    public int Rows => IsTransposed ? Stored.Columns : Stored.Rows;

    public int Columns => IsTransposed ? Stored.Rows : Stored.Columns;

    public Factor<T> ColumnPart(int first, int count) => IsTransposed
        ? new(Stored.Part(first, count, 0, Stored.Columns), isTransposed: true)
        : new(Stored.Part(0, Stored.Rows, first, count), isTransposed: false);

    public Factor<T> RowPart(int first, int count) => IsTransposed
        ? new(Stored.Part(0, Stored.Rows, first, count), isTransposed: true)
        : new(Stored.Part(first, count, 0, Stored.Columns), isTransposed: false);

    public static implicit operator Factor<T>(Block<T> block) => new(block, isTransposed: false);
}
