using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>Many numbers into one, along one dimension, which goes.</summary>
internal static class Reductions
{
    /// <summary>Σ along a dimension; summed with compensation (Neumaier 1974).</summary>
    public static Node Sum(Tape tape, Node x, int dim) =>
        Reduce(tape, x, dim, inputs => inputs[0].Sum(dim), new SumRule { Dim = dim });

    /// <summary>Π along a dimension.</summary>
    public static Node Product(Tape tape, Node x, int dim) =>
        Reduce(tape, x, dim, inputs => inputs[0].Prod(dim), new ProductRule { Dim = dim });

    /// <summary>The largest along a dimension.</summary>
    public static Node Max(Tape tape, Node x, int dim) =>
        Reduce(tape, x, dim, inputs => inputs[0].Max(dim), new ChosenRule { Dim = dim, Sign = 1 });

    /// <summary>The smallest along a dimension.</summary>
    public static Node Min(Tape tape, Node x, int dim) =>
        Reduce(tape, x, dim, inputs => inputs[0].Min(dim), new ChosenRule { Dim = dim, Sign = -1 });

    /// <summary>
    /// Where along a dimension the largest is (the smallest for sign −1), from 0; the first if several are.
    /// </summary>
    /// <exception cref="FormulaException">There are none.</exception>
    public static int[] Extreme(Node x, int dim, int sign) => Extreme(x.Values, x.Shape, dim, sign);

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

    private static int[] Extreme(double[] x, Shape shape, int dim, int sign)
    {
        (int outer, int n, int inner) = Lines(shape, dim);
        if (n == 0)
            throw new FormulaException("the largest or smallest of no numbers was asked for; the list is empty.");
        var places = new int[outer * inner];
        for (int line = 0; line < places.Length; line++)
        {
            int first = line / inner * n * inner + line % inner, best = 0;
            for (int k = 1; k < n; k++)
            {
                double value = x[first + k * inner], largest = x[first + best * inner];
                if (sign * value > sign * largest || double.IsNaN(value) && !double.IsNaN(largest))
                    best = k;
            }
            places[line] = best;
        }
        return places;
    }

    private static Node Reduce(Tape tape, Node x, int dim, Func<Tensor[], Tensor> engine, IRule rule)
    {
        (int outer, _, int inner) = Lines(x.Shape, dim);
        tape.Charge(outer * inner, x.Numbers.Length);
        return tape.Add(x.Shape.Without(dim), engine, rule, x);
    }

    private static void EachLine(Node y, int dim, Func<double[], int, int, int, double> line)
    {
        Node x = y.Inputs[0];
        (_, int n, int inner) = Lines(x.Shape, dim);
        for (int i = 0; i < y.Numbers.Length; i++)
            y.Numbers[i] = line(x.Numbers, i / inner * n * inner + i % inner, n, inner);
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

        public void Forward(Node y) => EachLine(y, Dim, Added);

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

        public void Forward(Node y) => EachLine(y, Dim, Multiplied);

        public void Backward(Node y, double[] dy)
        {
            (_, int n, int inner) = Lines(y.Inputs[0].Shape, Dim);
            double[] x = y.Inputs[0].Numbers, dx = y.Inputs[0].Slope();
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
        private int[] from = [];

        public int Dim { get; init; }

        public int Sign { get; init; }

        public void Forward(Node y)
        {
            Node x = y.Inputs[0];
            (_, int n, int inner) = Lines(x.Shape, Dim);
            from = Extreme(x.Numbers, x.Shape, Dim, Sign);
            for (int line = 0; line < from.Length; line++)
            {
                from[line] = (line / inner * n + from[line]) * inner + line % inner;
                y.Numbers[line] = x.Numbers[from[line]];
            }
        }

        public void Backward(Node y, double[] dy)
        {
            double[] dx = y.Inputs[0].Slope();
            for (int i = 0; i < dy.Length; i++)
                dx[from[i]] += dy[i];
        }
    }
}
