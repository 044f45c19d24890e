using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Numerics.Tests.LinearAlgebra;

/// <summary>Errors name the operation, the argument, what it is and what to do.</summary>
public class MatrixErrorTests
{
    private static readonly Matrix<float> Wide = new(2, 3), Good = Matrix<float>.Identity(2);

    public static TheoryData<string, string, Action> Wrong() => new()
    {
        { "Matrix", "5 values", () => _ = new Matrix<float>(2, 3, new float[5]) },
        { "Matrix", "no element [2, 0]", () => _ = Good[2, 0] },
        { "Matrix", "no row -1", () => _ = Good.Row(-1)[0] },
        { "Matrix product", "[2, 3] × [2, 3]", () => _ = Wide * Wide },
        { "Matrix +", "[2, 3] and [2, 2]", () => _ = Wide + Good },
        { "Cholesky", "a is [2, 3]", () => Wide.Cholesky() },
        { "Cholesky", "pivot 1 is -3", () => new Matrix<double>(2, 2, [1, 2, 2, 1]).Cholesky() },
        { "Cholesky", "pivot 0 is 0", () => new Matrix<float>(2, 2).Cholesky() },
        { "Cholesky.Solve", "b is [3, 1]", () => Good.Cholesky().Solve(new(3, 1)) },
        { "Solve", "a is [2, 3]", () => Wide.Solve(Good) },
        { "Solve", "b is [3, 1]; b must have 2 rows", () => Good.Solve(new(3, 1)) },
        { "Solve", "singular", () => new Matrix<float>(2, 2, [1, 2, 2, 4]).Solve(Good) },
        { "Solve", "b[1, 0] is NaN", () => Good.Solve(new(2, 1, [0, float.NaN])) },
        { "Solve", "singular", () => new Matrix<float>(2, 2).Inv() },
        { "Inv", "a is [2, 3]", () => Wide.Inv() },
        { "Det", "a is [2, 3]", () => Wide.Det() },
        { "Slogdet", "a is [2, 3]", () => Wide.Slogdet() },
        {
            "SolveTriangular", "a[1, 1] is 0",
            () => new Matrix<float>(2, 2, [1, 1, 1, 0]).SolveTriangular(Good, upper: true)
        },
        { "SolveTriangular", "a is [2, 3]", () => Wide.SolveTriangular(Good, upper: true) },
        { "Eigh", "a is [2, 3]", () => Wide.Eigh() },
        { "Lstsq", "b is [3, 1]", () => Wide.Lstsq(new(3, 1)) },
        { "Pinv", "relativeTolerance is -1", () => Wide.Pinv(-1) },
        { "MatrixRank", "relativeTolerance is NaN", () => Wide.MatrixRank(double.NaN) },
        { "MatrixNorm", "kind is 9", () => Wide.MatrixNorm((MatrixNormKind)9) },
        { "LowRank", "rank is 3", () => Wide.LowRank(3) },
        { "LowRankWithin", "relativeError is 2", () => Wide.LowRankWithin(2) },
        { "RandomizedSvd", "rank is 0", () => Wide.RandomizedSvd(0, new Rng(1)) },
        { "RandomizedSvd", "Oversampling is -1", () => Wide.RandomizedSvd(1, new Rng(1), new() { Oversampling = -1 }) },
        { "MatrixPower", "a is [2, 3]", () => Wide.MatrixPower(2) },
        { "MatrixExp", "a is [2, 3]", () => Wide.MatrixExp() },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_arguments_are_named(string operation, string what, Action action)
    {
        string message = Should.Throw<ArgumentException>(action).Message;
        message.ShouldStartWith(operation + ":");
        message.ShouldContain(what);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_refused_with_their_place(float bad)
    {
        Matrix<float> a = Matrix<float>.Randn(20, 20, new Rng(1));
        a[13, 7] = bad;
        Action[] all =
        [
            () => a.Qr(), () => a.Lu(), () => a.Svd(), () => a.Svdvals(), () => a.Eigh(), () => a.Eigvalsh(),
            () => a.Cholesky(), () => a.Solve(a), () => a.Inv(), () => a.Pinv(), () => a.Lstsq(a), () => a.MatrixRank(),
            () => a.Cond(), () => a.LowRank(1), () => a.RandomizedSvd(1, new Rng(1)), () => a.MatrixExp(),
            () => a.Det(),
            () => a.SolveTriangular(a, upper: true), () => a.MatrixPower(2), () => a.Slogdet(),
        ];
        foreach (Action action in all)
            Should.Throw<ArgumentException>(action).Message.ShouldContain("a[13, 7] is ");
    }

    [Fact]
    public void Numbers_are_float_or_double() =>
        Should.Throw<NotSupportedException>(() => new Matrix<Half>(1, 1)).Message.ShouldContain("Half");

    [Fact]
    public void Try_cholesky_says_no_without_an_exception()
    {
        new Matrix<double>(2, 2, [1, 2, 2, 1]).TryCholesky(out CholeskyDecomposition<double>? none).ShouldBeFalse();
        none.ShouldBeNull();
        new Matrix<double>(1, 1, [4]).TryCholesky(out CholeskyDecomposition<double>? some).ShouldBeTrue();
        some!.L[0, 0].ShouldBe(2);
    }
}
