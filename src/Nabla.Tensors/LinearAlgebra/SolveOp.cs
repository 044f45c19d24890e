using Nabla.Numerics;
using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.LinearAlgebra;

/// <summary>
/// The solution of linear equations: X = A⁻¹·B for A [..., n, n] and B [..., n, m]. dL/dB = A⁻ᵀ·dX,
/// dL/dA = −(dL/dB)·Xᵀ (Giles 2008). Backward solves with the decomposition that Forward made.
/// </summary>
public sealed class SolveOp : Op, ISampledOp
{
    private readonly Tensor a, b;
    private LuDecomposition<float>[] decompositions = [];

    internal SolveOp(Tensor a, Tensor b) : base(a, b)
    {
        if (a.Rank < 2 || a.Shape[-1] != a.Shape[-2])
            throw new ArgumentException($"Solve: a is {a.Shape}; it must be [..., n, n].");
        (this.a, this.b) = (a, b);
    }

    /// <inheritdoc/>
    public override string Formula => "X = A⁻¹·B";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) => FormulaPieces.Of(
        new("X", result, -2, -1), new("A", Inputs[0].Shape, -2, -1), new("B", Inputs[1].Shape, -2, -1));

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach ((int[] lead, int n, int m) in ((int[], int, int)[])
            [([], 3, 2), ([2], 3, 1), ([], 1, 1), ([], 0, 2), ([2, 2], 2, 3), ([], 5, 0), ([0], 2, 1)])
            yield return new SolveOp(Dominant([.. lead, n, n], rng), Tensor.Randn([.. lead, n, m], rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new SolveOp(inputs[0], inputs[1]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        int n = a.Shape[-1], m = inputs[1].Shape[-1];
        NdArray<V> left = inputs[0].Reshape(inputs[0].Shape), x = inputs[1].Reshape(inputs[1].Shape);
        for (int item = 0; item < MatrixBatch.Lead("Solve", a).ElementCount; item++)
        {
            Span<V> u = left.Values.AsSpan(item * n * n, n * n), y = x.Values.AsSpan(item * n * m, n * m);
            for (int k = 0; k < n; k++)
                for (int i = 0; i < n; i++)
                {
                    if (i == k)
                        continue;
                    V ratio = u[i * n + k] / u[k * n + k]; // the samples need no exchange of rows
                    for (int j = k; j < n; j++)
                        u[i * n + j] -= ratio * u[k * n + j];
                    for (int j = 0; j < m; j++)
                        y[i * m + j] -= ratio * y[k * m + j];
                }
            for (int i = 0; i < n; i++)
                for (int j = 0; j < m; j++)
                    y[i * m + j] /= u[i * n + i];
        }
        return x;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Matrix<float>[] right = MatrixBatch.RightSides("Solve", a, b);
        decompositions = [.. MatrixBatch.Of("Solve", a).Select(one => one.Lu())];
        Matrix<float>[] x = [.. decompositions.Zip(right, (lu, side) => lu.Solve(side))];
        return MatrixBatch.Join(MatrixBatch.Lead("Solve", a), x, b.Shape[-2], b.Shape[-1]);
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Matrix<float>[] db = [.. decompositions.Zip(
            MatrixBatch.Of("Solve", dy), (lu, side) => lu.Solve(side, transpose: true))];
        if (gradients.Wants(b))
            gradients.Add(b, MatrixBatch.Join(MatrixBatch.Lead("Solve", b), db, b.Shape[-2], b.Shape[-1]));
        if (!gradients.Wants(a))
            return;
        Matrix<float>[] x = MatrixBatch.Of("Solve", y);
        Matrix<float>[] da = [.. db.Zip(x, (side, solution) => -1f * (side * solution.Transpose()))];
        gradients.Add(a, MatrixBatch.Join(MatrixBatch.Lead("Solve", a), da, a.Shape[-2], a.Shape[-1]));
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor? da = tangents.Of(a);
        Tensor? change = Tangents.Sum(tangents.Of(b), da is null ? null : -da.MatMul(y));
        return change is null ? null : new SolveOp(a, change).Apply();
    }

    private static Tensor Dominant(Shape shape, Rng rng)
    {
        float[] values = Tensor.Uniform(shape, -1, 1, rng).ToArray();
        int n = shape[-1];
        for (int i = 0; i < values.Length; i++)
            if (i % (n * n) % (n + 1) == 0)
                values[i] += n;
        return new Tensor(values, shape);
    }
}

/// <summary>Gives tensors the operation <see cref="SolveOp"/>, and the inverse by it.</summary>
public static class SolveExtensions
{
    extension(Tensor a)
    {
        /// <summary>X with A·X = B, [..., n, m], for A [..., n, n] and B [..., n, m]; differentiable in both.</summary>
        /// <exception cref="ArgumentException">
        /// The shapes do not fit, A is singular, or a number is not finite.
        /// </exception>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Solve(new Tensor([5, 6], [2, 1]));   // = [-4, 4.5]
        /// (5.0 * 4 - 2 * 6) / (1 * 4 - 2 * 3);                                  // = -4
        /// </code></example>
        public Tensor Solve(Tensor b) => new SolveOp(a, b).Apply();

        /// <summary>
        /// A⁻¹ of A [..., n, n]; differentiable. For systems, <c>Solve</c> is quicker and more accurate.
        /// </summary>
        /// <exception cref="ArgumentException">A is not [..., n, n] or singular, or a number is not finite.</exception>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Inv();   // = [-2, 1, 1.5, -0.5]
        /// 4.0 / (1 * 4 - 2 * 3);                    // = -2
        /// </code></example>
        public Tensor Inv()
        {
            Shape lead = MatrixBatch.Lead("Inv", a);
            int n = a.Shape[-2];
            return a.Solve(Tensor.Eye(n).Expand([.. lead, n, n]));
        }
    }
}
