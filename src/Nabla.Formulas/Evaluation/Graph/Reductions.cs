using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>Many numbers into one, along one dimension, which goes.</summary>
internal static class Reductions
{
    /// <summary>Σ along a dimension; summed with compensation (Neumaier 1974).</summary>
    public static Node Sum(Tape tape, Node x, int dim) => Reduce(
        tape, x, dim, Added, inputs => inputs[0].Sum(dim), new SumRule { Dim = dim });

    /// <summary>Π along a dimension.</summary>
    public static Node Product(Tape tape, Node x, int dim) => Reduce(
        tape, x, dim, Multiplied, inputs => inputs[0].Prod(dim), new ProductRule { Dim = dim });

    /// <summary>The largest along a dimension.</summary>
    public static Node Max(Tape tape, Node x, int dim) => Chosen(tape, x, dim, 1, inputs => inputs[0].Max(dim));

    /// <summary>The smallest along a dimension.</summary>
    public static Node Min(Tape tape, Node x, int dim) => Chosen(tape, x, dim, -1, inputs => inputs[0].Min(dim));

    /// <summary>
    /// Where along a dimension the largest is (the smallest for sign −1), from 0; the first if several are.
    /// </summary>
    /// <exception cref="FormulaException">There are none.</exception>
    public static int[] Extreme(Node x, int dim, int sign)
    {
        (int outer, int n, int inner) = Lines(x.Shape, dim);
        if (n == 0)
            throw new FormulaException("the largest or smallest of no numbers was asked for; the list is empty.");
        var places = new int[outer * inner];
        for (int line = 0; line < places.Length; line++)
        {
            int first = line / inner * n * inner + line % inner, best = 0;
            for (int k = 1; k < n; k++)
            {
                double value = x.Values[first + k * inner], largest = x.Values[first + best * inner];
                if (sign * value > sign * largest || double.IsNaN(value) && !double.IsNaN(largest))
                    best = k;
            }
            places[line] = best;
        }
        return places;
    }

    /// <summary>How many lines there are before, along and behind a dimension.</summary>
    public static (int Outer, int Length, int Inner) Lines(Shape shape, int dim)
    {
        int outer = 1, inner = 1;
        for (int d = 0; d < shape.Rank; d++)
            if (d < dim)
                outer *= shape[d];
            else if (d > dim)
                inner *= shape[d];
        return (outer, shape[dim], inner);
    }

    private static Node Chosen(Tape tape, Node x, int dim, int sign, Func<Tensor[], Tensor> engine)
    {
        (int outer, int n, int inner) = Lines(x.Shape, dim);
        tape.Charge(outer * inner, x.Values.Length);
        int[] best = Extreme(x, dim, sign);
        var values = new double[best.Length];
        for (int line = 0; line < best.Length; line++)
        {
            best[line] = (line / inner * n + best[line]) * inner + line % inner;
            values[line] = x.Values[best[line]];
        }
        return tape.Add(x.Shape.Without(dim), values, engine, new ChosenRule { From = best }, x);
    }

    private static Node Reduce(
        Tape tape, Node x, int dim, Func<double[], int, int, int, double> line, Func<Tensor[], Tensor> engine,
            IRule rule)
    {
        (int outer, int n, int inner) = Lines(x.Shape, dim);
        tape.Charge(outer * inner, x.Values.Length);
        var values = new double[outer * inner];
        for (int i = 0; i < values.Length; i++)
            values[i] = line(x.Values, i / inner * n * inner + i % inner, n, inner);
        return tape.Add(x.Shape.Without(dim), values, engine, rule, x);
    }

    private static double Added(double[] x, int first, int n, int step)
    {
        double sum = 0, lost = 0;
        for (int k = 0; k < n; k++)
        {
            double term = x[first + k * step], next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
        return double.IsFinite(lost) ? sum + lost : sum;
    }

    private static double Multiplied(double[] x, int first, int n, int step)
    {
        double product = 1;
        for (int k = 0; k < n; k++)
            product *= x[first + k * step];
        return product;
    }

    private sealed class SumRule : IRule
    {
        public int Dim { get; init; }

        public void Backward(Node y, double[] dy)
        {
            (_, int n, int inner) = Lines(y.Inputs[0].Shape, Dim);
            double[] dx = y.Inputs[0].Slope();
            for (int i = 0; i < dx.Length; i++)
                dx[i] += dy[i / (n * inner) * inner + i % inner];
        }
    }

    private sealed class ProductRule : IRule
    {
        public int Dim { get; init; }

        public void Backward(Node y, double[] dy)
        {
            (_, int n, int inner) = Lines(y.Inputs[0].Shape, Dim);
            double[] x = y.Inputs[0].Values, dx = y.Inputs[0].Slope();
            for (int line = 0; line < dy.Length; line++)
            {
                int first = line / inner * n * inner + line % inner;
                var before = new double[n];
                double product = dy[line];
                for (int k = 0; k < n; k++)
                {
                    before[k] = product;
                    product *= x[first + k * inner];
                }
                product = 1;
                for (int k = n - 1; k >= 0; k--)
                {
                    dx[first + k * inner] += before[k] * product;
                    product *= x[first + k * inner];
                }
            }
        }
    }

    private sealed class ChosenRule : IRule
    {
        public int[] From { get; init; } = [];

        public void Backward(Node y, double[] dy)
        {
            double[] dx = y.Inputs[0].Slope();
            for (int i = 0; i < dy.Length; i++)
                dx[From[i]] += dy[i];
        }
    }
}
