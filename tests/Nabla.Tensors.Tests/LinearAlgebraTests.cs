using Nabla.Numerics;
using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors.LinearAlgebra;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>The decompositions as tensors have them: batches, views, empty ones, errors.</summary>
public class LinearAlgebraTests
{
    public static TheoryData<int[], int, int> Shapes => new()
    {
        { [], 4, 3 }, { [2], 3, 5 }, { [2, 3], 2, 2 }, { [], 1, 1 }, { [], 0, 3 }, { [0], 2, 2 }, { [3], 3, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Decompositions_of_a_batch_multiply_back(int[] lead, int m, int n)
    {
        Tensor a = Tensor.Randn(Shape.Create([.. lead, m, n]), new Rng(1));
        (Tensor q, Tensor r) = a.Qr();
        ShouldBeNear(q.MatMul(r), a);
        (Tensor p, Tensor l, Tensor u) = a.Lu();
        ShouldBeNear(p.MatMul(l).MatMul(u), a);
        foreach (bool full in new[] { false, true })
        {
            (Tensor left, Tensor s, Tensor right) = a.Svd(full);
            int k = Math.Min(m, n);
            ShouldBeNear((left.Slice(-1, 0, k) * s.Unsqueeze(-2)).MatMul(right.Slice(-2, 0, k)), a);
            ShouldBeNear(a.Svdvals(), s);
        }
        Tensor gram = a.MatMul(a.Transpose(-2, -1));
        (Tensor values, Tensor vectors) = gram.Eigh();
        ShouldBeNear((vectors * values.Unsqueeze(-2)).MatMul(vectors.Transpose(-2, -1)), gram);
        ShouldBeNear(gram.Eigvalsh(), values);
        ShouldBeNear(a.MatMul(a.Pinv()).MatMul(a), a);
        a.Cond().Shape.ShouldBe(Shape.Create(lead));
        a.MatrixNorm(MatrixNormKind.Nuclear).Shape.ShouldBe(Shape.Create(lead));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Systems_of_a_batch_are_solved(int[] lead, int n, int m)
    {
        Tensor b = Tensor.Randn(Shape.Create([.. lead, n, m]), new Rng(2));
        Tensor square = Tensor.Randn(Shape.Create([.. lead, n, n]), new Rng(3));
        Tensor a = square.MatMul(square.Transpose(-2, -1)) + Identity(n);
        ShouldBeNear(a.MatMul(a.Solve(b)), b);
        ShouldBeNear(a.MatMul(a.Inv()), a.Inv().MatMul(a));
        ShouldBeNear(a.Lstsq(b).X, a.Solve(b));
        Tensor l = a.Cholesky();
        ShouldBeNear(l.MatMul(l.Transpose(-2, -1)), a);
        ShouldBeNear(l.MatMul(l.SolveTriangular(b, upper: false)), b);
        (Tensor sign, Tensor logarithm) = a.Slogdet();
        ShouldBeNear(sign * logarithm.Exp(), a.Det());
        ShouldBeNear(a.MatrixPower(2), a.MatMul(a));
    }

    [Fact]
    public void Views_are_read_as_they_look() =>
        new Tensor([1, 2, 3, 4], [2, 2]).Transpose(0, 1).Inv().ToArray()
            .ShouldBe(new Tensor([1, 3, 2, 4], [2, 2]).Inv().ToArray());

    [Fact]
    public void Gradient_of_the_inverse_is_that_of_the_formula()
    {
        var a = new Parameter([2, 2]);
        new float[] { 2, 1, 1, 3 }.CopyTo(a.Values);
        Tensor inverse = a.Inv();
        inverse.Sum().Backward(); // d Σ A⁻¹ = −A⁻ᵀ·1·A⁻ᵀ
        Tensor expected = -inverse.Transpose(0, 1).MatMul(Tensor.Ones([2, 2])).MatMul(inverse.Transpose(0, 1));
        ShouldBeNear(new Tensor(a.Gradient!.ToArray(), [2, 2]), expected.Detach());
    }

    public static TheoryData<string, string, Action> Wrong()
    {
        Tensor vector = Tensor.Ones([3]), wide = Tensor.Ones([2, 3]), good = Tensor.Ones([2, 2]) + Identity(2);
        return new()
        {
            { "Svd", "the tensor is [3]", () => vector.Svd() },
            { "Eigh", "the tensor is [3]", () => vector.Eigh() },
            { "Eigh", "a is [2, 3]", () => wide.Eigh() },
            { "Solve", "a is [2, 3]", () => wide.Solve(wide) },
            { "Solve", "b is [3]", () => good.Solve(vector) },
            { "Solve", "singular", () => Tensor.Ones([2, 2]).Solve(good) },
            { "Inv", "the tensor is [3]", () => vector.Inv() },
            { "Cholesky", "pivot 0", () => (-good).Cholesky() },
            { "LowRank", "the tensor is [1, 2, 2]", () => good.Unsqueeze(0).LowRank(1) },
            { "MatrixRank", "the tensor is [3]", () => vector.MatrixRank() },
        };
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_arguments_are_named(string operation, string what, Action action)
    {
        string message = Should.Throw<ArgumentException>(action).Message;
        message.ShouldStartWith(operation + ":");
        message.ShouldContain(what);
    }

    private static Tensor Identity(int n) => new(Matrix<float>.Identity(n).Values, [n, n]);

    private static void ShouldBeNear(Tensor actual, Tensor expected)
    {
        actual.Shape.ShouldBe(expected.Shape);
        float[] x = actual.ToArray(), y = expected.ToArray();
        for (int i = 0; i < x.Length; i++)
            x[i].ShouldBe(y[i], 1e-3 * Math.Max(1, Math.Abs(y[i])));
    }
}
