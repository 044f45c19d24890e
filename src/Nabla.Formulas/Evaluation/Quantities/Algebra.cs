using Nabla.Formulas.Evaluation.Graph;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Quantities;

/// <summary>Arithmetic on quantities: running indices meet by name, own dimensions as in NumPy.</summary>
internal sealed class Algebra(Tape tape)
{
    /// <summary>What is computed on.</summary>
    public Tape Tape => tape;

    /// <summary>A number.</summary>
    public Quantity Number(double value) => new(tape.Constant(value));

    /// <summary>A vector of constants.</summary>
    public Quantity Vector(double[] values) => new(tape.Constant([values.Length], values));

    /// <summary>Constants that lie along a running index.</summary>
    public Quantity Along(Axis axis, double[] values) => new(tape.Constant([values.Length], values), [axis]);

    /// <summary>A function of every number.</summary>
    public Quantity Map(ElementwiseRule rule, Quantity x) => x with { Node = rule.Apply(tape, x.Node) };

    /// <summary>A function of every pair of numbers.</summary>
    /// <exception cref="FormulaException">The shapes do not fit.</exception>
    public Quantity Zip(PairRule rule, Quantity a, Quantity b, string sign)
    {
        if (a.IsIdentity != b.IsIdentity)
            (a, b) = (Resolved(a, b), Resolved(b, a));
        if (a.Axes.Length == 0 && b.Axes.Length == 0 && a.Node.Shape == b.Node.Shape)
            return a with { Node = rule.Apply(tape, a.Node, b.Node), IsRow = a.IsRow && b.IsRow };
        int rank = Math.Max(a.Rank, b.Rank);
        if (!Fit(a.Own, b.Own))
            (a, b) = AsColumns(a, b, sign);
        Axis[] axes = Union(a.Axes, b.Axes);
        rank = Math.Max(rank, Math.Max(a.Rank, b.Rank));
        Node result = rule.Apply(tape, Spread(a, axes, rank), Spread(b, axes, rank));
        bool isRow = rank == 1 && (a.IsRow || b.IsRow) && (a.IsRow || a.Rank == 0) && (b.IsRow || b.Rank == 0);
        return new(result, axes) { IsRow = isRow, IsIdentity = a.IsIdentity && b.IsIdentity };
    }

    public Quantity Add(Quantity a, Quantity b) => Zip(BinaryRule<Add>.Instance, a, b, "+");

    public Quantity Subtract(Quantity a, Quantity b) => Zip(BinaryRule<Subtract>.Instance, a, b, "−");

    public Quantity Divide(Quantity a, Quantity b) => a.IsIdentity && b is { Rank: 0, IsIdentity: false }
        ? Zip(BinaryRule<Divide>.Instance, a with { IsIdentity = false }, b, "/") with { IsIdentity = true }
        : Zip(BinaryRule<Divide>.Instance, a, b, "/");

    public Quantity Power(Quantity a, Quantity b) => Zip(BinaryRule<Pow>.Instance, a, b, "^");

    /// <summary>The elementwise product.</summary>
    public Quantity Multiply(Quantity a, Quantity b)
    {
        if (a.IsIdentity || b.IsIdentity) // c·I·x = c·x: the identity takes the size of its neighbour
        {
            bool stays = (a.IsIdentity || a.Rank == 0) && (b.IsIdentity || b.Rank == 0);
            return Multiply(a with { IsIdentity = false }, b with { IsIdentity = false }) with { IsIdentity = stays };
        }
        return Zip(BinaryRule<Multiply>.Instance, a, b, "·");
    }

    public Quantity Negate(Quantity x) => Map(Functions.Elementary.Negate, x);

    /// <summary>Σ over running indices.</summary>
    public Quantity SumOver(Quantity x, params ReadOnlySpan<Axis> axes) => Fold(x, axes, Reductions.Sum);

    /// <summary>What a reduction makes of running indices, one after another.</summary>
    public Quantity Fold(Quantity x, ReadOnlySpan<Axis> axes, Func<Tape, Node, int, Node> reduce)
    {
        foreach (Axis axis in axes)
        {
            int dim = Array.IndexOf(x.Axes, axis);
            if (dim >= 0)
                x = x with { Node = reduce(tape, x.Node, dim), Axes = [.. x.Axes.Where(other => other != axis)] };
        }
        return x;
    }

    /// <summary>What a reduction makes of all its own dimensions.</summary>
    public Quantity FoldOwn(Quantity x, Func<Tape, Node, int, Node> reduce)
    {
        if (x.Rank == 0)
            return x;
        Shape flat = [.. Sizes(x.Axes), x.Own.ElementCount];
        return new(reduce(tape, Rearranging.Reshape(tape, x.Node, flat), x.Axes.Length), x.Axes);
    }

    /// <summary>The mean of all its own numbers.</summary>
    public Quantity Mean(Quantity x) => x.Rank == 0
        ? x
        : Divide(FoldOwn(x, Reductions.Sum), Number(x.Own.ElementCount));

    /// <summary>The same own shape under more running indices, each once.</summary>
    public Quantity Stretch(Quantity x, Axis[] axes)
    {
        Axis[] all = Union(x.Axes, axes);
        Shape shape = [.. Sizes(all), .. x.Own];
        return x with { Node = Rearranging.Expand(tape, Spread(x, all, x.Rank), shape), Axes = all };
    }

    /// <summary>The own numbers under another shape.</summary>
    public Quantity Reshape(Quantity x, Shape own) =>
        x with { Node = Rearranging.Reshape(tape, x.Node, [.. Sizes(x.Axes), .. own]), IsRow = false };

    /// <summary>A running index becomes the first of the own dimensions.</summary>
    public Quantity Own(Quantity x, Axis axis)
    {
        x = x.Has(axis) ? x : Stretch(x, [axis]);
        int from = Array.IndexOf(x.Axes, axis);
        Axis[] rest = [.. x.Axes.Where(other => other != axis)];
        int[] order = [.. Enumerable.Range(0, x.Node.Shape.Rank).Where(d => d != from)];
        int[] moved = [.. order[..rest.Length], from, .. order[rest.Length..]];
        Node node = from == rest.Length ? x.Node : Rearranging.Permute(tape, x.Node, moved);
        return new(node, rest);
    }

    /// <summary>The identity of a size.</summary>
    public Quantity Identity(int size)
    {
        tape.Charge((long)size * size, 0);
        var values = new double[size * size];
        for (int i = 0; i < size; i++)
            values[i * size + i] = 1;
        return new(tape.Constant([size, size], values));
    }

    /// <summary>A multiple of the identity with the size of what stands beside it.</summary>
    /// <exception cref="FormulaException">That is no square matrix.</exception>
    public Quantity Resolved(Quantity x, Quantity beside)
    {
        if (!x.IsIdentity)
            return x;
        if (beside.Rank == 0)
            return x with { IsIdentity = false }; // a number beside I: the matrix is 1 × 1
        Shape own = beside.Own;
        if (own.Rank < 2 || own[-1] != own[-2])
            throw new FormulaException(
                $"the identity matrix stands beside something of shape {own}, which is not square.");
        return Multiply(x with { IsIdentity = false }, Identity(own[-1]));
    }

    /// <summary>The running indices of both.</summary>
    public static Axis[] Union(Axis[] a, Axis[] b)
    {
        if (b.Length == 0 || ReferenceEquals(a, b))
            return a;
        return a.Length == 0 ? b : [.. a.Union(b).OrderBy(axis => axis.Order)];
    }

    /// <summary>The sizes of running indices.</summary>
    public static int[] Sizes(Axis[] axes) => Array.ConvertAll(axes, axis => axis.Size);

    /// <summary>The numbers with a dimension for each of the axes, of size 1 where it does not depend on it.</summary>
    public Node Spread(Quantity x, Axis[] axes, int rank)
    {
        if (x.Axes.Length == axes.Length && x.Rank == rank)
            return x.Node;
        var sizes = new List<int>();
        foreach (Axis axis in axes)
            sizes.Add(x.Has(axis) ? axis.Size : 1);
        for (int d = x.Rank; d < rank; d++)
            sizes.Add(1);
        return Rearranging.Reshape(tape, x.Node, [.. sizes, .. x.Own]);
    }

    private static bool Fit(Shape a, Shape b)
    {
        for (int d = 1; d <= Math.Min(a.Rank, b.Rank); d++)
            if (a[-d] != b[-d] && a[-d] != 1 && b[-d] != 1)
                return false;
        return true;
    }

    /// <summary>
    /// W X + b with b for the rows of WX: a vector beside a matrix that has as many rows is a column.
    /// </summary>
    private (Quantity A, Quantity B) AsColumns(Quantity a, Quantity b, string sign)
    {
        if (a.Rank == 2 && b.Rank == 1 && b.Own[0] == a.Own[0])
            return (a, Reshape(b, [b.Own[0], 1]));
        if (b.Rank == 2 && a.Rank == 1 && a.Own[0] == b.Own[0])
            return (Reshape(a, [a.Own[0], 1]), b);
        throw new FormulaException(
            $"the shapes {a.Own} and {b.Own} on the two sides of {sign} do not fit; "
            + "they must be equal, or one a number.");
    }
}
