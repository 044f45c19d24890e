using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>‖x‖₂ along a dimension; its derivative at 0 is taken as 0.</summary>
internal sealed class NormRule(int dim) : IRule
{
    /// <summary>√Σx², scaled by the largest number so that nothing overflows.</summary>
    public static Node Apply(Tape tape, Node x, int dim)
    {
        (int outer, int n, int inner) = Reductions.Lines(x.Shape, dim);
        tape.Charge(outer * inner, 2L * x.Values.Length);
        var values = new double[outer * inner];
        for (int line = 0; line < values.Length; line++)
        {
            int first = line / inner * n * inner + line % inner;
            double largest = 0, sum = 0;
            for (int k = 0; k < n; k++)
                largest = Math.Max(largest, Math.Abs(x.Values[first + k * inner]));
            if (largest is 0 or double.PositiveInfinity or double.NaN)
            {
                values[line] = largest;
                continue;
            }
            for (int k = 0; k < n; k++)
                sum += x.Values[first + k * inner] / largest * (x.Values[first + k * inner] / largest);
            values[line] = largest * Math.Sqrt(sum);
        }
        return tape.Add(x.Shape.Without(dim), values, inputs => inputs[0].Norm(2, dim), new NormRule(dim), x);
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        Node x = y.Inputs[0];
        (_, int n, int inner) = Reductions.Lines(x.Shape, dim);
        double[] dx = x.Slope();
        for (int i = 0; i < dx.Length; i++)
        {
            int line = i / (n * inner) * inner + i % inner;
            if (y.Values[line] > 0)
                dx[i] += dy[line] * (x.Values[i] / y.Values[line]);
        }
    }
}
