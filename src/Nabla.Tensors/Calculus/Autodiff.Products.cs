using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Calculus;

public static partial class Autodiff
{
    /// <summary>
    /// f(x) and uᵀ·J: the gradient of ⟨u, f(x)⟩, of x's shape, for one backward pass whatever the size of f(x).
    /// </summary>
    /// <exception cref="ArgumentException">u has not the shape of f(x), or x or u holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Vjp(t => t.Square(), new([3f, 5f]), new([1f, 10f])).Gradient;   // = [6, 100]
    /// </code></example>
    public static (Tensor Value, Tensor Gradient) Vjp(Func<Tensor, Tensor> f, Tensor x, Tensor u)
    {
        (Tensor value, Tensor[] gradient) = Vjp(t => f(t[0]), [x], u);
        return (value, gradient[0]);
    }

    /// <summary>f(x) and uᵀ·J of a function of several tensors, a part for each of them.</summary>
    /// <exception cref="ArgumentException">u has not the shape of f(x), or a tensor holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Vjp(t => t[0] * t[1], [new([3f]), new([5f])], new([2f])).Gradient[0];   // = [10]
    /// </code></example>
    public static (Tensor Value, Tensor[] Gradient) Vjp(Func<Tensor[], Tensor> f, Tensor[] x, Tensor u)
    {
        using Evaluation y = Evaluation.At("Vjp", f, x);
        return Vjp(y, u);
    }

    /// <summary>f and uᵀ·J of a function of parameters at their values, a part for each of them.</summary>
    /// <exception cref="ArgumentException">u has not f's shape, or a tensor holds NaN.</exception>
    /// <example><code>
    /// Parameter w = new(new Tensor([3f, 5f]));
    /// Autodiff.Vjp(() => w.Square(), [w], new([1f, 10f])).Gradient[0];   // = [6, 100]
    /// </code></example>
    public static (Tensor Value, Tensor[] Gradient) Vjp(Func<Tensor> f, IReadOnlyList<Parameter> parameters, Tensor u)
    {
        using Evaluation y = Evaluation.At("Vjp", f, parameters);
        return Vjp(y, u);
    }

    /// <summary>
    /// f(x) and J·v: how f changes when x moves in direction v, of f(x)'s shape, for about twice the work of f.
    /// </summary>
    /// <remarks>
    /// Both results are recorded: <c>Backward</c> goes through them to the parameters that f uses (a loss may contain
    /// derivatives of a network, as in Raissi et al. 2019), and Jvp of Jvp is a higher derivative. Directions are
    /// constants or themselves recorded.
    /// </remarks>
    /// <exception cref="ArgumentException">v has not x's shape, or x or v holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Jvp(t => t.Square(), new([3f, 5f]), new([1f, 10f])).Tangent;   // = [6, 100]
    /// </code></example>
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor, Tensor> f, Tensor x, Tensor v) =>
        Jvp(t => f(t[0]), [x], [v]);

    /// <summary>f(x) and Σ_k ∂f/∂x_k·v_k, for a function of several tensors.</summary>
    /// <exception cref="ArgumentException">A direction has not its tensor's shape, or a tensor holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Jvp(t => t[0] * t[1], [new([3f]), new([5f])], [new([1f]), new([2f])]).Tangent;   // = [11]
    /// </code></example>
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor[], Tensor> f, Tensor[] x, Tensor[] v)
    {
        ArgumentNullException.ThrowIfNull(f);
        Check.Point("Jvp", x);
        Tensor[] variables = [];
        return Push(() => f(variables = [.. x.Select(Variable)]), () => variables, x, v);

        static Tensor Variable(Tensor part) => new ContiguousOp(part) { IsVariable = true }.ApplyAsVariable();
    }

    /// <summary>f and Σ_k ∂f/∂θ_k·v_k, for a function of parameters at their values.</summary>
    /// <exception cref="ArgumentException">A direction has not its tensor's shape, or a tensor holds NaN.</exception>
    /// <example><code>
    /// Parameter w = new(new Tensor([3f, 5f]));
    /// Autodiff.Jvp(() => w.Square(), [w], [new([1f, 10f])]).Tangent;   // = [6, 100]
    /// </code></example>
    public static (Tensor Value, Tensor Tangent) Jvp(
        Func<Tensor> f, IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> v)
    {
        ArgumentNullException.ThrowIfNull(f);
        Tensor[] variables = Check.Parameters("Jvp", parameters);
        return Push(f, () => variables, variables, [.. v]);
    }

    private static (Tensor Value, Tensor[] Gradient) Vjp(Evaluation y, Tensor u)
    {
        Check.Shaped("Vjp", "vector u", u, y.Value.Shape);
        Tensor value = y.Result(y.Value); // before its buffer may go back
        return (value, y.Results(y.Pull(u.Detach())));
    }

    /// <summary>
    /// Where operations are recorded, so are these, among those around them. Elsewhere a scope records them for as long
    /// as it takes.
    /// </summary>
    private static (Tensor Value, Tensor Tangent) Push(
        Func<Tensor> f, Func<Tensor[]> variables, Tensor[] x, Tensor[] v)
    {
        Check.Directions("Jvp", v, x);
        using TensorScope? own = TensorScope.Recording ? null : TensorScope.Begin();
        Tensor y = f() ?? throw new ArgumentException("Jvp: the function returned null, not a tensor.");
        Tensor tangent = new Tangents(variables(), v).Through(y) ?? Tensor.Zeros(y.Shape);
        return own is null
            ? (WithHistoryIfNeeded(y, variables()), WithHistoryIfNeeded(tangent, variables()))
            : (own.HandOver(y.Detach()), own.HandOver(tangent.Detach()));
    }

    /// <summary>
    /// The tensor as it is if its history leads to a leaf with a gradient or to a variable of a derivative around this
    /// one; without its history if it leads to constants only.
    /// </summary>
    private static Tensor WithHistoryIfNeeded(Tensor y, Tensor[] own)
    {
        var found = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Tensor>([y]);
        while (open.TryPop(out Tensor? next))
        {
            if (!next.RequiresGradient || !found.Add(next))
                continue;
            bool ofOthers = next.Creator is ContiguousOp { IsVariable: true } && !own.Contains(next);
            if (ofOthers || next.Creator is null || next.Creator.HidesInputs)
                return y;
            foreach (Tensor input in next.Creator.InputSpan)
                open.Push(input);
        }
        return y.Detach();
    }
}
