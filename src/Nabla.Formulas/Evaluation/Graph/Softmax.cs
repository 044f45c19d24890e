using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>Softmax along a dimension, or its logarithm.</summary>
internal sealed class SoftmaxRule(int dim, bool isLog) : IRule
{
    /// <summary>exp(x)/Σ exp(x) along a dimension, or the logarithm of it.</summary>
    public static Node Apply(Tape tape, Node x, int dim, bool isLog)
    {
        (int outer, int n, int inner) = Reductions.Lines(x.Shape, dim);
        tape.Charge(x.Values.Length, 4L * x.Values.Length);
        var values = new double[x.Values.Length];
        for (int line = 0; line < outer * inner; line++)
        {
            int first = line / inner * n * inner + line % inner;
            double largest = double.NegativeInfinity, sum = 0;
            for (int k = 0; k < n; k++)
                largest = Math.Max(largest, x.Values[first + k * inner]);
            for (int k = 0; k < n; k++)
                sum += Math.Exp(x.Values[first + k * inner] - largest);
            for (int k = 0; k < n; k++)
            {
                double above = x.Values[first + k * inner] - largest;
                values[first + k * inner] = isLog ? above - Math.Log(sum) : Math.Exp(above) / sum;
            }
        }
        return tape.Add(
            x.Shape, values, inputs => isLog ? inputs[0].LogSoftmax(dim) : inputs[0].Softmax(dim),
            new SoftmaxRule(dim, isLog), x);
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
                sum += isLog ? dy[at] : dy[at] * y.Values[at];
            }
            for (int k = 0; k < n; k++)
            {
                int at = first + k * inner;
                dx[at] += isLog ? dy[at] - Math.Exp(y.Values[at]) * sum : y.Values[at] * (dy[at] - sum);
            }
        }
    }
}
