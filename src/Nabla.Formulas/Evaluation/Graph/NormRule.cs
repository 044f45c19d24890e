using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>‖x‖₂ along a dimension; its derivative at 0 is taken as 0.</summary>
internal sealed class NormRule(int dim) : IRule
{
    /// <summary>√Σx², scaled by the largest number so that nothing overflows.</summary>
    public static Node Apply(Tape tape, Node x, int dim)
    {
        (int outer, _, int inner) = Reductions.Lines(x.Shape, dim);
        tape.Charge(outer * inner, 2L * x.Numbers.Length);
        return tape.Add(x.Shape.Without(dim), inputs => inputs[0].Norm(2, dim), new NormRule(dim), x);
    }

    /// <inheritdoc/>
    public void Forward(Node y)
    {
        double[] x = y.Inputs[0].Numbers;
        (_, int n, int inner) = Reductions.Lines(y.Inputs[0].Shape, dim);
        for (int line = 0; line < y.Numbers.Length; line++)
        {
            int first = line / inner * n * inner + line % inner;
            double largest = 0, sum = 0;
            for (int k = 0; k < n; k++)
                largest = Math.Max(largest, Math.Abs(x[first + k * inner]));
            if (largest is 0 or double.PositiveInfinity or double.NaN)
            {
                y.Numbers[line] = largest;
                continue;
            }
            for (int k = 0; k < n; k++)
                sum += x[first + k * inner] / largest * (x[first + k * inner] / largest);
            y.Numbers[line] = largest * Math.Sqrt(sum);
        }
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
            if (y.Numbers[line] > 0)
                dx[i] += dy[line] * (x.Numbers[i] / y.Numbers[line]);
        }
    }
}
