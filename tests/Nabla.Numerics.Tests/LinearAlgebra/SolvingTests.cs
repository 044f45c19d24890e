using System.Numerics;
using Nabla.Numerics.LinearAlgebra;
using Nabla.Numerics.Threading;
using static Nabla.Numerics.Tests.LinearAlgebra.Matrices;

namespace Nabla.Numerics.Tests.LinearAlgebra;

/// <summary>What follows from the decompositions: systems, least squares, inverses, norms, ranks, functions.</summary>
public abstract class SolvingLaws<T>(double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int> Sizes => new()
        { { 0, 1 }, { 1, 0 }, { 1, 1 }, { 2, 3 }, { 7, 1 }, { 65, 1 }, { 100, 40 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Solve_finds_what_was_multiplied(int n, int m)
    {
        Matrix<T> a = WellConditioned(n), x = Make<T>("random", n, m);
        Distance(a.Solve(a * x), x).ShouldBeLessThan(tolerance);
        Distance(a.Lu().Solve(a.Transpose() * x, transpose: true), x).ShouldBeLessThan(tolerance);
        Distance(a.Inv() * a, Matrix<T>.Identity(n)).ShouldBeLessThan(tolerance);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Triangular_systems_read_their_own_triangle_only(int n, int m)
    {
        Matrix<T> a = WellConditioned(n), x = Make<T>("random", n, m);
        foreach (bool upper in new[] { false, true })
            foreach (bool transpose in new[] { false, true })
                foreach (bool unit in new[] { false, true })
                {
                    Matrix<T> triangle = Fill<T>(n, n, (i, j) => i == j && unit ? 1
                        : i == j || (j > i) == upper ? double.CreateTruncating(a[i, j]) / (unit ? n : 1) : 0);
                    Matrix<T> dirty = Fill<T>(n, n, (i, j) => (i == j && !unit) || (i != j && (j > i) == upper)
                        ? double.CreateTruncating(triangle[i, j]) : 99);
                    Matrix<T> b = (transpose ? triangle.Transpose() : triangle) * x;
                    Distance(dirty.SolveTriangular(b, upper, transpose, unit), x).ShouldBeLessThan(tolerance);
                }
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(30, 7)]
    [InlineData(9, 1)]
    [InlineData(4, 9)]
    [InlineData(6, 0)]
    public void Least_squares_leaves_a_residual_at_right_angles_and_QR_and_SVD_agree(int m, int n)
    {
        Matrix<T> a = Make<T>("random", m, n), b = Make<T>("random", m, 3);
        LeastSquares<T> found = a.Lstsq(b);
        Distance(a.Transpose() * (a * found.X - b), new Matrix<T>(n, 3)).ShouldBeLessThan(100 * tolerance);
        Distance(a.Lstsq(b, LeastSquaresMethod.Svd).X, found.X).ShouldBeLessThan(tolerance);
        found.Rank.ShouldBe(Math.Min(m, n));
        for (int j = 0; j < 3; j++)
        {
            double squares = 0;
            Matrix<T> gap = a * found.X - b;
            for (int i = 0; i < m; i++)
                squares += Math.Pow(double.CreateTruncating(gap[i, j]), 2);
            double.CreateTruncating(found.SquaredResiduals[j]).ShouldBe(squares, tolerance * (1 + squares));
        }
    }

    [Fact]
    public void Least_squares_of_a_matrix_without_full_rank_gives_the_shortest_solution()
    {
        Matrix<T> a = Make<T>("rank 3", 20, 8), b = Make<T>("random", 20, 2);
        LeastSquares<T> found = a.Lstsq(b);
        found.Rank.ShouldBe(3);
        Distance(found.X, a.Pinv() * b).ShouldBeLessThan(tolerance);
        Should.Throw<ArgumentException>(() => a.Lstsq(b, LeastSquaresMethod.Qr)).Message.ShouldContain("rank");
    }

    [Theory]
    [InlineData("random", 6, 4)]
    [InlineData("random", 4, 6)]
    [InlineData("rank 3", 12, 9)]
    [InlineData("zero", 3, 2)]
    [InlineData("huge", 5, 5)]
    [InlineData("tiny", 5, 3)]
    [InlineData("random", 0, 3)]
    public void Pseudo_inverse_fulfils_the_four_conditions_of_Penrose(string kind, int m, int n)
    {
        Matrix<T> a = Make<T>(kind, m, n), inverse = a.Pinv();
        Matrix<T> left = a * inverse, right = inverse * a;
        Distance(left * a, a).ShouldBeLessThan(tolerance);
        Distance(right * inverse, inverse).ShouldBeLessThan(tolerance);
        Distance(left, left.Transpose()).ShouldBeLessThan(tolerance);
        Distance(right, right.Transpose()).ShouldBeLessThan(tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    public void Determinant_of_a_product_is_the_product_of_determinants(int n)
    {
        Matrix<T> a = WellConditioned(n), b = WellConditioned(n);
        T shrink = T.CreateTruncating(1.0 / n);
        (a, b) = (shrink * a, shrink * b);
        (a * b).Det().ShouldBe(a.Det() * b.Det(), Math.Abs(a.Det() * b.Det()) * tolerance * 10);
        (double sign, double logarithm) = a.Slogdet();
        (sign * Math.Exp(logarithm)).ShouldBe(a.Det(), Math.Abs(a.Det()) * tolerance * 10);
    }

    [Fact]
    public void Determinant_changes_its_sign_with_an_exchange_and_is_one_for_no_rows()
    {
        Matrix<T> a = WellConditioned(5), exchanged = a.Copy();
        a.Row(1).CopyTo(exchanged.Row(3));
        a.Row(3).CopyTo(exchanged.Row(1));
        exchanged.Det().ShouldBe(-a.Det(), Math.Abs(a.Det()) * tolerance);
        new Matrix<T>(0, 0).Det().ShouldBe(1);
        new Matrix<T>(2, 2).Slogdet().ShouldBe((0, double.NegativeInfinity));
    }

    [Fact]
    public void Norms_agree_with_their_definitions_and_with_the_singular_values()
    {
        Matrix<T> a = Fill<T>(2, 3, (i, j) => i == 0 ? j + 1 : -2 * j - 4);
        a.MatrixNorm(MatrixNormKind.One).ShouldBe(3 + 8, tolerance);
        a.MatrixNorm(MatrixNormKind.Infinity).ShouldBe(4 + 6 + 8, tolerance);
        a.MatrixNorm().ShouldBe(Math.Sqrt(1 + 4 + 9 + 16 + 36 + 64), tolerance * 10);
        double[] s = [.. a.Svdvals().Select(double.CreateTruncating)];
        a.MatrixNorm(MatrixNormKind.Two).ShouldBe(s[0], tolerance);
        a.MatrixNorm(MatrixNormKind.Nuclear).ShouldBe(s[0] + s[1], tolerance);
        a.Cond().ShouldBe(s[0] / s[1], tolerance * s[0] / s[1]);
        Make<T>("huge", 4, 4).MatrixNorm().ShouldBeGreaterThan(1e30);
        Make<T>("tiny", 4, 4).MatrixNorm().ShouldBeGreaterThan(1e-30);
        new Matrix<T>(0, 4).MatrixNorm(MatrixNormKind.Two).ShouldBe(0);
        new Matrix<T>(2, 2).Cond().ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Vector_norms_follow_p()
    {
        Matrix<T> x = Fill<T>(1, 3, (_, j) => j == 1 ? 0 : -3 + 3.5 * j);
        x.VectorNorm(0).ShouldBe(2);
        x.VectorNorm(1).ShouldBe(7, tolerance * 10);
        x.VectorNorm(2).ShouldBe(5, tolerance * 10);
        x.VectorNorm(3).ShouldBe(Math.Cbrt(27 + 64), tolerance * 10);
        x.VectorNorm(double.PositiveInfinity).ShouldBe(4, tolerance);
        x.VectorNorm(double.NegativeInfinity).ShouldBe(0);
        x.VectorNorm(-1).ShouldBe(0);
        new Matrix<T>(0, 1).VectorNorm().ShouldBe(0);
        Should.Throw<ArgumentException>(() => x.VectorNorm(double.NaN));
    }

    [Fact]
    public void Rank_counts_what_is_not_next_to_zero()
    {
        Make<T>("rank 3", 20, 9).MatrixRank().ShouldBe(3);
        Make<T>("random", 9, 20).MatrixRank().ShouldBe(9);
        Make<T>("zero", 4, 4).MatrixRank().ShouldBe(0);
        Make<T>("huge", 4, 4).MatrixRank().ShouldBe(4);
        Make<T>("random", 0, 4).MatrixRank().ShouldBe(0);
        Matrix<T>.Diagonal([T.One, T.CreateTruncating(0.1)]).MatrixRank(0.5).ShouldBe(1);
        Matrix<T> three = Fill<T>(3, 3, (i, j) => 3 * i + j); // its third row is twice the second less the first
        three.MatrixRank().ShouldBe(2);
    }

    [Fact]
    public void Low_rank_has_the_error_that_it_says_and_no_matrix_of_that_rank_a_smaller_one()
    {
        Matrix<T> a = Make<T>("random", 30, 20);
        foreach (int rank in new[] { 0, 1, 7, 20 })
        {
            LowRank<T> near = a.LowRank(rank);
            near.Rank.ShouldBe(rank);
            (near.Product() - a).MatrixNorm().ShouldBe(near.Error, tolerance * 30);
            (near.Product() - a).MatrixNorm(MatrixNormKind.Two).ShouldBe(near.SpectralError, tolerance * 30);
            near.Parameters.ShouldBe(rank * 50);
            near.ParametersSaved.ShouldBe(600 - rank * 50);
            near.Explained.ShouldBe(1 - near.RelativeError * near.RelativeError);
            Matrix<T> other = rank == 0
                ? a : a - Matrix<T>.Randn(30, rank, new Rng(1)) * Matrix<T>.Randn(rank, 20, new Rng(2));
            other.MatrixNorm().ShouldBeGreaterThanOrEqualTo(near.Error * (1 - tolerance));
        }
        LowRank<T> within = a.LowRankWithin(0.5);
        within.RelativeError.ShouldBeLessThanOrEqualTo(0.5);
        a.LowRank(within.Rank - 1).RelativeError.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Randomized_svd_finds_the_largest_singular_values_and_repeats_itself()
    {
        Matrix<T> a = Make<T>("graded", 90, 60);
        (Matrix<T> u, T[] s, Matrix<T> vt) = a.RandomizedSvd(5, new Rng(3));
        T[] exact = a.Svdvals();
        for (int i = 0; i < 5; i++)
            double.CreateTruncating(s[i]).ShouldBe(
                double.CreateTruncating(exact[i]), double.CreateTruncating(exact[0]) * Math.Max(tolerance, 1e-6));
        FromOrthonormal(u).ShouldBeLessThan(tolerance);
        FromOrthonormal(vt.Transpose()).ShouldBeLessThan(tolerance);
        a.RandomizedSvd(5, new Rng(3)).S.ShouldBe(s);
        Make<T>("rank 3", 50, 70).RandomizedSvd(3, new Rng(1), new() { PowerIterations = 0 }).S[2]
            .ShouldBeGreaterThan(T.One);
    }

    [Fact]
    public void Powers_and_the_exponential_keep_the_laws_of_numbers()
    {
        Matrix<T> a = Make<T>("random", 6, 6);
        Distance(a.MatrixPower(3), a * a * a).ShouldBeLessThan(tolerance);
        Distance(a.MatrixPower(0), Matrix<T>.Identity(6)).ShouldBe(0);
        Distance(a.MatrixPower(-2) * a * a, Matrix<T>.Identity(6)).ShouldBeLessThan(100 * tolerance);
        Distance(a.MatrixExp() * (-T.One * a).MatrixExp(), Matrix<T>.Identity(6)).ShouldBeLessThan(10 * tolerance);
        a.MatrixExp().Slogdet().LogAbs.ShouldBe(
            Enumerable.Range(0, 6).Sum(i => double.CreateTruncating(a[i, i])), 10 * tolerance);
        Matrix<T> turn = Fill<T>(2, 2, (i, j) => i == j ? 0 : i < j ? -1 : 1).MatrixExp();
        double.CreateTruncating(turn[0, 0]).ShouldBe(Math.Cos(1), tolerance);
        double.CreateTruncating(turn[1, 0]).ShouldBe(Math.Sin(1), tolerance);
    }

    [Fact]
    public void Results_have_the_same_bits_on_any_number_of_threads()
    {
        Matrix<T> a = Make<T>("random", 300, 220), symmetric = Symmetric<T>("random", 250);
        int threads = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            double[] one = Everything();
            for (WorkerPool.Threads = 2; WorkerPool.Threads <= 3; WorkerPool.Threads++)
                Everything().ShouldBe(one);
        }
        finally
        {
            WorkerPool.Threads = threads;
        }

        double[] Everything()
        {
            (Matrix<T> u, T[] s, Matrix<T> vt) = a.Svd();
            (T[] values, Matrix<T> v) = symmetric.Eigh();
            T[] all =
            [
                .. u.Values, .. s, .. vt.Values, .. values, .. v.Values, .. a.Qr().R.Values,
                .. symmetric.Lu().U().Values,
            ];
            return [.. all.Select(double.CreateTruncating)];
        }
    }

    private static Matrix<T> WellConditioned(int n) =>
        Make<T>("random", n, n) + T.CreateTruncating(2 * Math.Sqrt(n) + 2) * Matrix<T>.Identity(n);

    [Theory]
    [InlineData(60)]
    [InlineData(150)]
    public void Least_squares_sees_a_lack_of_rank_that_the_diagonal_of_R_hides(int n)
    {
        // Ones on the diagonal and −1 above it: the least singular value is about 2⁻ⁿ (Kahan 1966).
        var a = new Matrix<double>(n, n);
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++)
                a[i, j] = i == j ? 1 : -1;
        Matrix<double> b = Matrix<double>.Randn(n, 1, new Rng(1));
        LeastSquares<double> found = a.Lstsq(b), bySvd = a.Lstsq(b, LeastSquaresMethod.Svd);
        found.Rank.ShouldBe(n - 1);
        found.X.Values.ToArray().ShouldBe(bySvd.X.Values.ToArray());
    }

    [Theory]
    [InlineData(1e38f)]
    [InlineData(1e-40f)]
    public void Least_squares_and_QR_work_at_the_ends_of_the_range(float scale)
    {
        var a = new Matrix<float>(3, 2, [scale, 0, scale, scale, scale, 2 * scale]);
        var b = new Matrix<float>(3, 1, [scale, 2 * scale, 3 * scale]);
        foreach (LeastSquaresMethod method in Enum.GetValues<LeastSquaresMethod>())
        {
            float[] x = a.Lstsq(b, method).X.Values.ToArray();
            x[0].ShouldBe(1, 1e-4f);
            x[1].ShouldBe(1, 1e-4f);
        }
        Matrix<float> q = a.Qr().Q, gram = q.Transpose() * q;
        gram[0, 0].ShouldBe(1, 1e-6f);
        gram[0, 1].ShouldBe(0, 1e-6f);
        gram[1, 1].ShouldBe(1, 1e-6f);
    }

    [Fact]
    public void Norms_of_negative_order_do_not_overflow()
    {
        new Matrix<double>(1, 2, [1, 1e-10]).VectorNorm(-50).ShouldBe(1e-10, 1e-22);
        new Matrix<double>(1, 2, [1e300, 1e-300]).VectorNorm(-2).ShouldBe(1e-300, 1e-312);
        new Matrix<double>(1, 2, [1, 0]).VectorNorm(-2).ShouldBe(0);
        double.IsNaN(new Matrix<double>(1, 2, [double.NaN, 0]).VectorNorm(-2)).ShouldBeTrue();
    }
}
