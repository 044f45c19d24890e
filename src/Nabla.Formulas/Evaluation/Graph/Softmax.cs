using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>Softmax along a dimension, or its logarithm.</summary>
internal sealed class SoftmaxRule(int dim, bool isLog) : IRule
{
    /// <summary>exp(x)/Σ exp(x) along a dimension, or the logarithm of it.</summary>
    public static Node Apply(Tape tape, Node x, int dim, bool isLog)
    {
        tape.Charge(x.Numbers.Length, 4L * x.Numbers.Length);
        return tape.Add(
            x.Shape, inputs => isLog ? inputs[0].LogSoftmax(dim) : inputs[0].Softmax(dim),
            new SoftmaxRule(dim, isLog), x);
    }

    /// <inheritdoc/>
    public void Forward(Node y)
    {
        double[] x = y.Inputs[0].Numbers;
        (int outer, int n, int inner) = Reductions.Lines(y.Shape, dim);
        for (int line = 0; line < outer * inner; line++)
        {
            int first = line / inner * n * inner + line % inner;
            double largest = double.NegativeInfinity, sum = 0;
            for (int k = 0; k < n; k++)
                largest = Math.Max(largest, x[first + k * inner]);
            for (int k = 0; k < n; k++)
                sum += Math.Exp(x[first + k * inner] - largest);
            for (int k = 0; k < n; k++)
            {
                double above = x[first + k * inner] - largest;
                y.Numbers[first + k * inner] = isLog ? above - Math.Log(sum) : Math.Exp(above) / sum;
            }
        }
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        (int outer, int n, int inner) = Reductions.Lines(y.Shape, dim);
        double[] dx = y.Inputs[0].Slope();
        for (int line = 0; line < outer * inner; line++)
        {
            int first = line / inner * n * inner + line % inner;
            double sum = 0;
            for (int k = 0; k < n; k++)
            {
                int at = first + k * inner;
                sum += isLog ? dy[at] : dy[at] * y.Numbers[at];
            }
            for (int k = 0; k < n; k++)
            {
                int at = first + k * inner;
                dx[at] += isLog ? dy[at] - Math.Exp(y.Numbers[at]) * sum : y.Numbers[at] * (dy[at] - sum);
            }
        }
    }
}
