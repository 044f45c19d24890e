using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>The same numbers in other places: indexing, transposing, stretching, joining.</summary>
internal static class Rearranging
{
    private static readonly ConcatRule Joined = new();
    private static readonly ReshapeRule Reshaped = new();

    /// <summary>The same numbers under another shape.</summary>
    /// <exception cref="FormulaException">That shape holds another count of numbers.</exception>
    public static Node Reshape(Tape tape, Node x, Shape shape)
    {
        if (x.Shape == shape)
            return x;
        return x.Numbers.Length == shape.ElementCount
            ? tape.AddView(shape, inputs => inputs[0].Reshape(shape.AsSpan()), Reshaped, x)
            : throw new FormulaException($"the {x.Numbers.Length} numbers of {x.Shape} do not fill the shape {shape}.");
    }

    /// <summary>y[i] = x[place[i]].</summary>
    public static Node Gather(Tape tape, Node x, int[] places, Shape shape)
    {
        tape.Charge(places.Length, places.Length);
        return tape.Add(shape, inputs => inputs[0].Take(places, shape), new TakeRule { Map = places }, x);
    }

    /// <summary>The dimensions in another order.</summary>
    public static Node Permute(Tape tape, Node x, int[] order)
    {
        int[] strides = Places.Strides(x.Shape);
        Shape shape = [.. order.Select(d => x.Shape[d])];
        int[] places = Places.Map(shape, [.. order.Select(d => strides[d])], 0);
        return Gather(tape, x, places, shape);
    }

    /// <summary>The last two dimensions exchanged.</summary>
    public static Node Transpose(Tape tape, Node x)
    {
        int rank = x.Shape.Rank;
        return Permute(tape, x, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }

    /// <summary>The array stretched to a larger shape.</summary>
    public static Node Expand(Tape tape, Node x, Shape shape)
    {
        if (x.Shape == shape)
            return x;
        tape.Charge(shape.ElementCount, 0);
        Places places = Places.Of(x.Shape, shape);
        var map = new int[shape.ElementCount];
        for (int i = 0; i < map.Length; i++)
            map[i] = places[i];
        return Gather(tape, x, map, shape);
    }

    /// <summary>All numbers of all parts, one after another, as a vector.</summary>
    public static Node Concat(Tape tape, params Node[] parts)
    {
        int length = parts.Sum(part => part.Numbers.Length);
        tape.Charge(length, length);
        return tape.Add([length], Engine, Joined, parts);

        static Tensor Engine(Tensor[] inputs) =>
            Tensor.Concat(0, [.. inputs.Select(part => part.Reshape(part.Count))]);
    }

    private sealed class ReshapeRule : IRule
    {
        public void Forward(Node y)
        {
            // The numbers are those of the input.
        }

        public void Backward(Node y, double[] dy)
        {
            double[] dx = y.Inputs[0].Slope();
            for (int i = 0; i < dx.Length; i++)
                dx[i] += dy[i];
        }
    }

    private sealed class TakeRule : IRule
    {
        public int[] Map { get; init; } = [];

        public void Forward(Node y)
        {
            double[] x = y.Inputs[0].Numbers;
            for (int i = 0; i < Map.Length; i++)
                y.Numbers[i] = x[Map[i]];
        }

        public void Backward(Node y, double[] dy)
        {
            double[] dx = y.Inputs[0].Slope();
            for (int i = 0; i < dy.Length; i++)
                dx[Map[i]] += dy[i];
        }
    }

    private sealed class ConcatRule : IRule
    {
        public void Forward(Node y)
        {
            int at = 0;
            foreach (Node part in y.Inputs)
            {
                part.Numbers.CopyTo(y.Numbers, at);
                at += part.Numbers.Length;
            }
        }

        public void Backward(Node y, double[] dy)
        {
            int at = 0;
            foreach (Node part in y.Inputs)
            {
                if (part.Wants)
                {
                    double[] dx = part.Slope();
                    for (int i = 0; i < dx.Length; i++)
                        dx[i] += dy[at + i];
                }
                at += part.Numbers.Length;
            }
        }
    }
}
