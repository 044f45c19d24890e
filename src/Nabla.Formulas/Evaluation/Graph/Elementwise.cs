using Nabla.Numerics;
using Nabla.Numerics.Lanes;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>A function of every element of one array.</summary>
internal abstract class ElementwiseRule : IRule
{
    /// <summary>f of every element.</summary>
    public abstract Node Apply(Tape tape, Node x);

    /// <inheritdoc/>
    public abstract void Forward(Node y);

    /// <inheritdoc/>
    public abstract void Backward(Node y, double[] dy);
}

/// <summary>One of the engine's functions: its own body on doubles, and its kernel.</summary>
/// <typeparam name="TOp">The function.</typeparam>
internal sealed class UnaryRule<TOp> : ElementwiseRule where TOp : struct, IUnaryOp
{
    private static readonly Func<Tensor[], Tensor> Engine = static x => Unary<TOp>.Apply(x[0]);

    public override Node Apply(Tape tape, Node x)
    {
        tape.Charge(x.Numbers.Length, x.Numbers.Length);
        return tape.Add(x.Shape, Engine, this, x);
    }

    public override void Forward(Node y)
    {
        double[] x = y.Inputs[0].Numbers;
        for (int i = 0; i < x.Length; i++)
            y.Numbers[i] = TOp.Forward<Real64>(x[i]);
    }

    public override void Backward(Node y, double[] dy)
    {
        Node x = y.Inputs[0];
        double[] dx = x.Slope();
        for (int i = 0; i < dx.Length; i++)
            if (dy[i] != 0)
                dx[i] += TOp.Backward<Real64>(x.Numbers[i], y.Numbers[i], dy[i]);
    }
}

/// <summary>One of the engine's functions with settings.</summary>
/// <typeparam name="TOp">The function; its fields are the settings.</typeparam>
internal sealed class ParametricRule<TOp>(TOp f) : ElementwiseRule where TOp : struct, IParametricOp<TOp>
{
    public override Node Apply(Tape tape, Node x)
    {
        tape.Charge(x.Numbers.Length, x.Numbers.Length);
        return tape.Add(x.Shape, inputs => Parametric<TOp>.Apply(f, inputs[0]), this, x);
    }

    public override void Forward(Node y)
    {
        double[] x = y.Inputs[0].Numbers;
        for (int i = 0; i < x.Length; i++)
            y.Numbers[i] = f.Forward<Real64>(x[i]);
    }

    public override void Backward(Node y, double[] dy)
    {
        Node x = y.Inputs[0];
        double[] dx = x.Slope();
        for (int i = 0; i < dx.Length; i++)
            if (dy[i] != 0)
                dx[i] += f.Backward<Real64>(x.Numbers[i], y.Numbers[i], dy[i]);
    }
}

/// <summary>A function that the engine does not have, with its derivative.</summary>
/// <param name="function">f(x).</param>
/// <param name="derivative">f′(x).</param>
internal sealed class PlainRule(Func<double, double> function, Func<double, double> derivative) : ElementwiseRule
{
    public override Node Apply(Tape tape, Node x)
    {
        tape.Charge(x.Numbers.Length, 20L * x.Numbers.Length);
        return tape.Add(x.Shape, null, this, x);
    }

    public override void Forward(Node y)
    {
        double[] x = y.Inputs[0].Numbers;
        for (int i = 0; i < x.Length; i++)
            y.Numbers[i] = function(x[i]);
    }

    public override void Backward(Node y, double[] dy)
    {
        Node x = y.Inputs[0];
        double[] dx = x.Slope();
        for (int i = 0; i < dx.Length; i++)
            if (dy[i] != 0)
                dx[i] += derivative(x.Numbers[i]) * dy[i];
    }
}

/// <summary>A function of the elements of two arrays, stretched to one shape.</summary>
internal abstract class PairRule : IRule
{
    /// <summary>f of every pair of elements.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public abstract Node Apply(Tape tape, Node a, Node b);

    /// <inheritdoc/>
    public abstract void Forward(Node y);

    /// <inheritdoc/>
    public abstract void Backward(Node y, double[] dy);
}

/// <summary>A function of two numbers that the engine does not have, with its derivatives.</summary>
/// <param name="function">f(a, b).</param>
/// <param name="slopes">∂f/∂a and ∂f/∂b.</param>
internal sealed class PlainPairRule(
    Func<double, double, double> function, Func<double, double, (double ByA, double ByB)> slopes) : PairRule
{
    public override Node Apply(Tape tape, Node a, Node b)
    {
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, "function");
        tape.Charge(shape.ElementCount, 20L * shape.ElementCount);
        return tape.Add(shape, null, this, a, b);
    }

    public override void Forward(Node y)
    {
        Node a = y.Inputs[0], b = y.Inputs[1];
        Places placesA = Places.Of(a.Shape, y.Shape), placesB = Places.Of(b.Shape, y.Shape);
        for (int i = 0; i < y.Numbers.Length; i++)
            y.Numbers[i] = function(a.Numbers[placesA[i]], b.Numbers[placesB[i]]);
    }

    public override void Backward(Node y, double[] dy)
    {
        Node a = y.Inputs[0], b = y.Inputs[1];
        Places placesA = Places.Of(a.Shape, y.Shape), placesB = Places.Of(b.Shape, y.Shape);
        for (int i = 0; i < dy.Length; i++)
        {
            (double byA, double byB) = slopes(a.Numbers[placesA[i]], b.Numbers[placesB[i]]);
            if (a.Wants && dy[i] != 0)
                a.Slope()[placesA[i]] += byA * dy[i];
            if (b.Wants && dy[i] != 0)
                b.Slope()[placesB[i]] += byB * dy[i];
        }
    }
}

/// <summary>One of the engine's functions of two arrays.</summary>
/// <typeparam name="TOp">The function.</typeparam>
internal sealed class BinaryRule<TOp> : PairRule where TOp : struct, IBinaryOp
{
    private static readonly Func<Tensor[], Tensor> Engine = static x => Binary<TOp>.Apply(x[0], x[1]);

    /// <summary>The function.</summary>
    public static BinaryRule<TOp> Instance { get; } = new();

    public override Node Apply(Tape tape, Node a, Node b)
    {
        Shape shape = a.Shape == b.Shape ? a.Shape : Shape.Broadcast(a.Shape, b.Shape, typeof(TOp).Name);
        int count = shape.ElementCount;
        tape.Charge(count, count);
        return tape.Add(shape, Engine, this, a, b);
    }

    public override void Forward(Node y)
    {
        Node a = y.Inputs[0], b = y.Inputs[1];
        Places placesA = Places.Of(a.Shape, y.Shape), placesB = Places.Of(b.Shape, y.Shape);
        for (int i = 0; i < y.Numbers.Length; i++)
            y.Numbers[i] = TOp.Forward<Real64>(a.Numbers[placesA[i]], b.Numbers[placesB[i]]);
    }

    public override void Backward(Node y, double[] dy)
    {
        Node a = y.Inputs[0], b = y.Inputs[1];
        Places placesA = Places.Of(a.Shape, y.Shape), placesB = Places.Of(b.Shape, y.Shape);
        double[]? da = a.Wants ? a.Slope() : null, db = b.Wants ? b.Slope() : null;
        for (int i = 0; i < dy.Length; i++)
        {
            if (dy[i] == 0)
                continue;
            double left = a.Numbers[placesA[i]], right = b.Numbers[placesB[i]];
            if (da is not null)
                da[placesA[i]] += TOp.BackwardA<Real64>(left, right, y.Numbers[i], dy[i]);
            if (db is not null)
                db[placesB[i]] += TOp.BackwardB<Real64>(left, right, y.Numbers[i], dy[i]);
        }
    }
}
