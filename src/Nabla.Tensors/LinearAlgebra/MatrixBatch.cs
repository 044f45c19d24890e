using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Tensors.LinearAlgebra;

/// <summary>Tensors [..., m, n] as batches of matrices, and back.</summary>
internal static class MatrixBatch
{
    /// <summary>The dimensions in front of the matrices.</summary>
    public static Shape Lead(string operation, Tensor a) => a.Rank >= 2
        ? a.Shape.Without(-1).Without(-1)
        : throw new ArgumentException($"{operation}: the tensor is {a.Shape}; it must be [..., m, n].");

    /// <summary>The matrices, each a copy.</summary>
    public static Matrix<float>[] Of(string operation, Tensor a)
    {
        int count = Lead(operation, a).ElementCount, rows = a.Shape[-2], columns = a.Shape[-1];
        float[] values = a.ToArray();
        var matrices = new Matrix<float>[count];
        for (int i = 0; i < count; i++)
            matrices[i] = new Matrix<float>(rows, columns, values.AsSpan(i * rows * columns, rows * columns));
        return matrices;
    }

    /// <summary>The right sides that belong to each A: b [..., n, m] with A's dimensions in front.</summary>
    public static Matrix<float>[] RightSides(string operation, Tensor a, Tensor b)
    {
        Shape lead = Lead(operation, a);
        if (b.Rank < 2 || b.Shape.Without(-1).Without(-1) != lead || b.Shape[-2] != a.Shape[-2])
            throw new ArgumentException(
                $"{operation}: a is {a.Shape} and b is {b.Shape}; b must be [..., {a.Shape[-2]}, m] with the same "
                + "dimensions in front. Use Unsqueeze(-1) for a vector.");
        return Of(operation, b);
    }

    /// <summary>Matrices of one shape as a tensor [lead, m, n]; the shape is needed where there is none.</summary>
    public static Tensor Join(Shape lead, Matrix<float>[] matrices, int rows, int columns)
    {
        var values = new float[lead.ElementCount * rows * columns];
        for (int i = 0; i < matrices.Length; i++)
            matrices[i].Values.CopyTo(values.AsSpan(i * rows * columns));
        return new Tensor(values, Shape.Create([.. lead.AsSpan(), rows, columns]));
    }

    /// <summary>Vectors of one length as a tensor [lead, n].</summary>
    public static Tensor Join(Shape lead, float[][] vectors, int length) =>
        new([.. vectors.SelectMany(vector => vector)], Shape.Create([.. lead.AsSpan(), length]));

    /// <summary>A number for each matrix, as a tensor [lead].</summary>
    public static Tensor Numbers(string operation, Tensor a, Func<Matrix<float>, double> number) =>
        new([.. Of(operation, a).Select(matrix => (float)number(matrix))], Lead(operation, a));

    /// <summary>A matrix of the same shape for each square matrix.</summary>
    public static Tensor MapSquare(string operation, Tensor a, Func<Matrix<float>, Matrix<float>> matrix) =>
        Join(Lead(operation, a), [.. Of(operation, a).Select(matrix)], a.Shape[-2], a.Shape[-1]);
}
