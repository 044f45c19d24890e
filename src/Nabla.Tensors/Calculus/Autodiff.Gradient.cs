namespace Nabla.Tensors.Calculus;

/// <summary>
/// Derivatives of any function of tensors, exact to float32: not finite differences, but the chain rule, op by op.
/// Reverse mode (<see cref="Gradients"/>) gives gradients and vector–Jacobian products, forward mode
/// (<see cref="Tangents"/>) Jacobian–vector products, and reverse mode through forward mode second derivatives. Baydin
/// et al. 2018, arXiv:1502.05767.
/// </summary>
/// <remarks>
/// A function is evaluated once, in a <see cref="TensorScope"/> of its own, from variables that stand for the given
/// tensors. Where parameters are given instead, the function takes no arguments: it uses them by itself, as a loss
/// does. No parameter's <see cref="Parameter.Gradient"/> changes.
/// </remarks>
public static partial class Autodiff
{
    /// <summary>∇f(x), of x's shape, of a function with one number as result.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or x holds NaN.</exception>
    /// <example><code>
    /// Tensor p = new([3f, 2f]);
    /// Autodiff.Gradient(t => t.Sum().Square(), p);   // = [10, 10]
    /// (2 * 3) + (2 * 2);                             // = 10
    /// </code></example>
    public static Tensor Gradient(Func<Tensor, Tensor> f, Tensor x) => ValueAndGradient(f, x).Gradient;

    /// <summary>The gradient of a function of several tensors, a part for each of them.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, there is no tensor, or one holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Gradient(t => (t[0] * t[1]).Sum(), [new([3f]), new([5f])])[0];   // = [5]
    /// </code></example>
    public static Tensor[] Gradient(Func<Tensor[], Tensor> f, Tensor[] x) => ValueAndGradient(f, x).Gradient;

    /// <summary>The gradient of a function of parameters at their values, a part for each of them.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or a parameter is given twice or holds NaN.</exception>
    /// <example><code>
    /// Parameter w = new(new Tensor([3f]));
    /// Autodiff.Gradient(() => w.Square().Sum(), [w])[0];   // = [6]
    /// </code></example>
    public static Tensor[] Gradient(Func<Tensor> f, IReadOnlyList<Parameter> parameters) =>
        ValueAndGradient(f, parameters).Gradient;

    /// <summary>f(x) and ∇f(x), in one evaluation.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or x holds NaN.</exception>
    /// <example><code>
    /// Autodiff.ValueAndGradient(t => t.Exp().Sum(), new([0.5f])).Value.Item();   // = 1.64872
    /// Math.Exp(0.5);                                                           // = 1.64872
    /// </code></example>
    public static (Tensor Value, Tensor Gradient) ValueAndGradient(Func<Tensor, Tensor> f, Tensor x)
    {
        (Tensor value, Tensor[] gradient) = ValueAndGradient(t => f(t[0]), [x]);
        return (value, gradient[0]);
    }

    /// <summary>The value and the gradient of a function of several tensors.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, there is no tensor, or one holds NaN.</exception>
    /// <example><code>
    /// Autodiff.ValueAndGradient(t => (t[0] * t[1]).Sum(), [new([3f]), new([5f])]).Value.Item();   // = 15
    /// </code></example>
    public static (Tensor Value, Tensor[] Gradient) ValueAndGradient(Func<Tensor[], Tensor> f, Tensor[] x)
    {
        using Evaluation y = Evaluation.At("Gradient", f, x).OfScalar();
        return ValueAndGradient(y);
    }

    /// <summary>The value and the gradient of a function of parameters, at their values.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or a parameter is given twice or holds NaN.</exception>
    /// <example><code>
    /// Parameter w = new(new Tensor([3f]));
    /// Autodiff.ValueAndGradient(() => w.Square().Sum(), [w]).Value.Item();   // = 9
    /// </code></example>
    public static (Tensor Value, Tensor[] Gradient) ValueAndGradient(
        Func<Tensor> f, IReadOnlyList<Parameter> parameters)
    {
        using Evaluation y = Evaluation.At("Gradient", f, parameters).OfScalar();
        return ValueAndGradient(y);
    }

    private static (Tensor Value, Tensor[] Gradient) ValueAndGradient(Evaluation y)
    {
        Tensor value = y.Result(y.Value); // before its buffer may go back
        return (value, y.Results(y.Pull(Tensor.Ones(y.Value.Shape))));
    }
}
