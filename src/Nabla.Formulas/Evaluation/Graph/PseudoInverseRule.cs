using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors.LinearAlgebra;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// P = A⁺, the pseudo-inverse of Moore and Penrose, of any rank. While the rank stays the same,
/// dP = −P·dA·P + P·Pᵀ·dAᵀ·(I − A·P) + (I − P·A)·dAᵀ·Pᵀ·P (Golub and Pereyra 1973, theorem 4.3).
/// </summary>
internal sealed class PseudoInverseRule : IRule
{
    public static Node Apply(Tape tape, Node a)
    {
        int rows = a.Shape[0], columns = a.Shape[1];
        tape.Charge(a.Numbers.Length * 4L, 30L * a.Numbers.Length * Math.Min(rows, columns));
        Func<Tensors.Tensor[], Tensors.Tensor>? engine = a.Wants ? null : static inputs => inputs[0].Pinv();
        return tape.Add([columns, rows], engine, new PseudoInverseRule(), a);
    }

    /// <inheritdoc/>
    public void Forward(Node y) =>
        new Matrix<double>(y.Shape[1], y.Shape[0], y.Inputs[0].Numbers).Pinv().Values.CopyTo(y.Numbers);

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        Node x = y.Inputs[0];
        int rows = x.Shape[0], columns = x.Shape[1];
        var a = new Matrix<double>(rows, columns, x.Numbers);
        var p = new Matrix<double>(columns, rows, y.Numbers);
        Matrix<double> pt = p.Transpose(), gt = new Matrix<double>(columns, rows, dy).Transpose();
        Matrix<double> outside = Matrix<double>.Identity(rows) - a * p;
        Matrix<double> within = Matrix<double>.Identity(columns) - p * a;
        Matrix<double> slope = outside * gt * p * pt + pt * p * gt * within - (p * gt * p).Transpose();
        double[] dx = x.Slope();
        for (int i = 0; i < dx.Length; i++)
            dx[i] += slope.Values[i];
    }
}
