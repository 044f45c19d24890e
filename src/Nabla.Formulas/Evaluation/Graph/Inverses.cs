using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors;
using Nabla.Tensors.LinearAlgebra;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>The inverse and the determinant of each matrix of [..., n, n].</summary>
internal static class Inverses
{
    /// <summary>A⁻¹; d(A⁻¹) = −A⁻¹·dA·A⁻¹.</summary>
    /// <exception cref="FormulaException">A matrix is singular.</exception>
    public static Node Invert(Tape tape, Node a)
    {
        int n = a.Shape[-1];
        tape.Charge(a.Numbers.Length, (long)a.Numbers.Length * n * 3);
        return tape.Add(a.Shape, static inputs => inputs[0].Inv(), new InverseRule(), a);
    }

    /// <summary>det A; its derivative is det A·A⁻ᵀ.</summary>
    public static Node Determinant(Tape tape, Node a)
    {
        int n = a.Shape[-1];
        tape.Charge(1, (long)a.Numbers.Length * n);
        Shape shape = [.. a.Shape.AsSpan()[..^2]];
        Func<Tensor[], Tensor>? engine = a.Wants ? null : static inputs => inputs[0].Det();
        return tape.Add(shape, engine, new DeterminantRule(), a);
    }

    private static void EachMatrix(Node y, Func<Matrix<double>, double[]> compute, int length)
    {
        Node a = y.Inputs[0];
        int n = a.Shape[-1], size = n * n, count = size == 0 ? 0 : a.Numbers.Length / size;
        for (int i = 0; i < count; i++)
            compute(new Matrix<double>(n, n, a.Numbers.AsSpan(i * size, size))).CopyTo(y.Numbers, i * length);
    }

    private static Matrix<double> Inverse(Matrix<double> matrix)
    {
        try
        {
            return matrix.Inv();
        }
        catch (ArgumentException error)
        {
            throw new FormulaException("a matrix has no inverse, as its rows depend on each other; use the "
                + "pseudo-inverse, A^+, or other numbers.", error);
        }
    }

    private sealed class InverseRule : IRule
    {
        public void Forward(Node y) =>
            EachMatrix(y, static matrix => Inverse(matrix).Values.ToArray(), y.Shape[-1] * y.Shape[-1]);

        public void Backward(Node y, double[] dy)
        {
            int n = y.Shape[-1], size = n * n;
            double[] dx = y.Inputs[0].Slope();
            for (int start = 0; start < dy.Length; start += size)
            {
                var transposed = new Matrix<double>(n, n, y.Numbers.AsSpan(start, size)).Transpose();
                Matrix<double> slope = transposed * new Matrix<double>(n, n, dy.AsSpan(start, size)) * transposed;
                for (int i = 0; i < size; i++)
                    dx[start + i] -= slope.Values[i];
            }
        }
    }

    private sealed class DeterminantRule : IRule
    {
        public void Forward(Node y) => EachMatrix(y, static matrix => [matrix.Det()], 1);

        public void Backward(Node y, double[] dy)
        {
            Node a = y.Inputs[0];
            int n = a.Shape[-1], size = n * n;
            double[] dx = a.Slope();
            for (int k = 0; k < dy.Length; k++)
            {
                if (dy[k] == 0)
                    continue;
                Matrix<double> inverse =
                    Inverse(new Matrix<double>(n, n, a.Numbers.AsSpan(k * size, size))).Transpose();
                for (int i = 0; i < size; i++)
                    dx[k * size + i] += dy[k] * y.Numbers[k] * inverse.Values[i];
            }
        }
    }
}
