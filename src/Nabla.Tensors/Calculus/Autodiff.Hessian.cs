namespace Nabla.Tensors.Calculus;

public static partial class Autodiff
{
    /// <summary>H = ∂²f/∂x², [..x, ..x], of a function that gives one number: a product with H for each row.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or x holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Hessian(t => t.Sum().Square(), new([3f, 2f]));   // = [2, 2, 2, 2]
    /// </code></example>
    public static Tensor Hessian(Func<Tensor, Tensor> f, Tensor x)
    {
        using Evaluation y = Evaluation.At("Hessian", t => f(t[0]), [x]).OfScalar();
        return y.Result(Hessian(y, Shape.Create([.. x.Shape, .. x.Shape])));
    }

    /// <summary>
    /// The Hessian of a function of several tensors as a matrix [N, N]: their numbers one tensor after another.
    /// </summary>
    /// <exception cref="ArgumentException">f gives no scalar, there is no tensor, or one holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Hessian(t => (t[0] * t[1]).Sum(), [new([3f]), new([5f])]);   // = [0, 1, 1, 0]
    /// </code></example>
    public static Tensor Hessian(Func<Tensor[], Tensor> f, Tensor[] x)
    {
        using Evaluation y = Evaluation.At("Hessian", f, x).OfScalar();
        return y.Result(Hessian(y, [y.Count, y.Count]));
    }

    /// <summary>The Hessian of a function of parameters at their values, as a matrix [N, N].</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or a parameter is given twice or holds NaN.</exception>
    /// <example><code>
    /// Parameter w = new(new Tensor([3f, 5f]));
    /// Autodiff.Hessian(() => (w.Square() * w).Sum(), [w]);   // = [18, 0, 0, 30]
    /// </code></example>
    public static Tensor Hessian(Func<Tensor> f, IReadOnlyList<Parameter> parameters)
    {
        using Evaluation y = Evaluation.At("Hessian", f, parameters).OfScalar();
        return y.Result(Hessian(y, [y.Count, y.Count]));
    }

    /// <summary>
    /// H·v, of x's shape, without the matrix H: the gradient of ⟨∇f, v⟩, for about four times the work of f.
    /// Pearlmutter 1994, "Fast exact multiplication by the Hessian".
    /// </summary>
    /// <exception cref="ArgumentException">f gives no scalar, v has not x's shape, or x or v holds NaN.</exception>
    /// <example><code>
    /// Autodiff.HessianVectorProduct(t => t.Sum().Square(), new([3f, 2f]), new([1f, 10f]));   // = [22, 22]
    /// </code></example>
    public static Tensor HessianVectorProduct(Func<Tensor, Tensor> f, Tensor x, Tensor v) =>
        HessianVectorProduct(t => f(t[0]), [x], [v])[0];

    /// <summary>H·v of a function of several tensors, a part for each of them.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or a direction has not its tensor's shape.</exception>
    /// <example><code>
    /// Autodiff.HessianVectorProduct(
    ///     t => (t[0] * t[1]).Sum(), [new([3f]), new([5f])], [new([1f]), new([2f])])[0];   // = [2]
    /// </code></example>
    public static Tensor[] HessianVectorProduct(Func<Tensor[], Tensor> f, Tensor[] x, Tensor[] v)
    {
        Check.Point("HessianVectorProduct", x);
        Check.Directions("HessianVectorProduct", v, x);
        using Evaluation y = Evaluation.At("HessianVectorProduct", f, x).OfScalar();
        return y.Results(y.PushAndPull(Array.ConvertAll(v, direction => direction.Detach())));
    }

    /// <summary>H·v of a function of parameters at their values, a part for each of them.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or a direction has not its parameter's shape.</exception>
    /// <example><code>
    /// Parameter w = new(new Tensor([3f, 5f]));
    /// Autodiff.HessianVectorProduct(() => (w.Square() * w).Sum(), [w], [new([1f, 2f])])[0];   // = [18, 60]
    /// </code></example>
    public static Tensor[] HessianVectorProduct(
        Func<Tensor> f, IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> v)
    {
        Check.Directions("HessianVectorProduct", v, Check.Parameters("HessianVectorProduct", parameters));
        using Evaluation y = Evaluation.At("HessianVectorProduct", f, parameters).OfScalar();
        return y.Results(y.PushAndPull([.. v.Select(direction => direction.Detach())]));
    }

    /// <summary>The diagonal of the Hessian, ∂²f/∂x_i², of x's shape: a product with H for each number of x.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or x holds NaN.</exception>
    /// <example><code>
    /// Autodiff.HessianDiagonal(t => (t.Square() * t).Sum(), new([3f, 5f]));   // = [18, 30]
    /// </code></example>
    public static Tensor HessianDiagonal(Func<Tensor, Tensor> f, Tensor x)
    {
        using Evaluation y = Evaluation.At("HessianDiagonal", t => f(t[0]), [x]).OfScalar();
        Tensor diagonal = Tensor.Uninitialized(x.Shape);
        for (int i = 0; i < x.Count; i++)
        {
            using TensorScope scope = TensorScope.Begin();
            diagonal.Writable()[i] = y.PushAndPull(y.Unit(i))[0].AsSpan()[i];
        }
        return y.Result(diagonal);
    }

    /// <summary>The Laplacian Δf = Σ_i ∂²f/∂x_i², the trace of the Hessian, added up in double.</summary>
    /// <exception cref="ArgumentException">f gives no scalar, or x holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Laplacian(t => (t.Square() * t).Sum(), new([3f, 5f]));   // = 48
    /// </code></example>
    public static double Laplacian(Func<Tensor, Tensor> f, Tensor x) =>
        HessianDiagonal(f, x).ToArray().Sum(second => (double)second);

    private static Tensor Hessian(Evaluation y, Shape shape)
    {
        Tensor result = Tensor.Uninitialized(shape);
        Span<float> matrix = result.Writable();
        for (int row = 0; row < y.Count; row++)
        {
            using TensorScope scope = TensorScope.Begin(); // the history is older, and stays
            matrix = WriteAll(y.PushAndPull(y.Unit(row)), matrix);
        }
        return result;
    }
}
