using System.Numerics;
using Nabla.Numerics.LinearAlgebra;
using static Nabla.Numerics.Tests.LinearAlgebra.Matrices;

namespace Nabla.Numerics.Tests.LinearAlgebra;

/// <summary>
/// The laws of each decomposition, in both precisions, over matrices that are hard in their own ways.
/// </summary>
public abstract class DecompositionLaws<T>(double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, int, int> All => Matrices.All();

    [Theory]
    [MemberData(nameof(All))]
    public void Qr_gives_back_the_matrix_with_an_orthonormal_Q_and_a_triangular_R(string kind, int m, int n)
    {
        Matrix<T> a = Make<T>(kind, m, n);
        foreach (bool full in new[] { false, true })
        {
            (Matrix<T> q, Matrix<T> r) = a.Qr(full);
            q.Columns.ShouldBe(full ? m : Math.Min(m, n));
            FromOrthonormal(q).ShouldBeLessThan(tolerance);
            Distance(q * r, a).ShouldBeLessThan(tolerance);
            for (int i = 0; i < r.Rows; i++)
                for (int j = 0; j < Math.Min(i, n); j++)
                    r[i, j].ShouldBe(T.Zero);
        }
    }

    [Fact]
    public void Singular_vectors_are_orthonormal_where_numbers_are_next_to_the_least_double()
    {
        Matrix<T> graded = Fill<T>(125, 125, (i, j) => i == j || j == i + 1 ? Math.Pow(10, -3 * j) : 0);
        Matrix<T> nearIdentity = Fill<T>(27, 27, (i, j) => (i * j) % 10 == 3 ? 1e-160 : i == j ? 1 : 0);
        var rng = new Rng(1);
        IEnumerable<Matrix<T>> random = Enumerable.Range(0, 200).Select(_ => Fill<T>(
            8, 8, (i, j) => rng.NextNormal() is var x && Math.Abs(x) > 1.6 ? 1e-160 * x : i == j ? 1 : 0));
        foreach (Matrix<T> a in random.Append(graded).Append(nearIdentity))
        {
            (Matrix<T> u, _, Matrix<T> vt) = a.Svd();
            FromOrthonormal(u).ShouldBeLessThan(tolerance);
            FromOrthonormal(vt.Transpose()).ShouldBeLessThan(tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Lu_gives_back_the_permuted_matrix(string kind, int m, int n)
    {
        Matrix<T> a = Make<T>(kind, m, n);
        LuDecomposition<T> lu = a.Lu();
        var permuted = new Matrix<T>(m, n);
        for (int i = 0; i < m; i++)
            a.Row(lu.Permutation[i]).CopyTo(permuted.Row(i));
        Distance(lu.L() * lu.U(), permuted).ShouldBeLessThan(tolerance);
        foreach (T factor in lu.L().Values)
            T.Abs(factor).ShouldBeLessThanOrEqualTo(T.One);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Svd_gives_back_the_matrix_with_orthonormal_factors_and_sorted_values(string kind, int m, int n)
    {
        Matrix<T> a = Make<T>(kind, m, n);
        foreach (bool full in new[] { false, true })
        {
            (Matrix<T> u, T[] s, Matrix<T> vt) = a.Svd(full);
            int k = Math.Min(m, n);
            (u.Rows, u.Columns, vt.Rows, vt.Columns).ShouldBe((m, full ? m : k, full ? n : k, n));
            FromOrthonormal(u).ShouldBeLessThan(tolerance);
            FromOrthonormal(vt.Transpose()).ShouldBeLessThan(tolerance);
            s.ShouldBe(s.OrderDescending());
            s.All(value => value >= T.Zero).ShouldBeTrue();
            Distance(ScaleColumns(Part(u, m, k), s) * Part(vt, k, n), a).ShouldBeLessThan(tolerance);
            ShouldBeNear(a.Svdvals(), s);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Eigh_solves_the_eigen_equation_with_orthonormal_vectors_and_sorted_values(string kind, int m, int n)
    {
        if (m != n)
            n = m;
        Matrix<T> a = Symmetric<T>(kind, n);
        (T[] values, Matrix<T> v) = a.Eigh();
        FromOrthonormal(v).ShouldBeLessThan(tolerance);
        values.ShouldBe(values.Order());
        Distance(ScaleColumns(v, values) * v.Transpose(), a).ShouldBeLessThan(tolerance);
        ShouldBeNear(a.Eigvalsh(), values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(150)]
    public void Cholesky_gives_back_a_positive_definite_matrix_and_solves_with_it(int n)
    {
        Matrix<T> b = Make<T>("random", n, n), a = b * b.Transpose() + T.CreateTruncating(n) * Matrix<T>.Identity(n);
        CholeskyDecomposition<T> cholesky = a.Cholesky();
        Distance(cholesky.L * cholesky.L.Transpose(), a).ShouldBeLessThan(tolerance);
        Matrix<T> x = Make<T>("random", n, 3);
        Distance(cholesky.Solve(a * x), x).ShouldBeLessThan(10 * tolerance);
        cholesky.LogDeterminant().ShouldBe(a.Slogdet().LogAbs, tolerance * n * 10);
    }

    private void ShouldBeNear(T[] actual, T[] expected)
    {
        double largest = expected.Length == 0 ? 0 : expected.Max(value => Math.Abs(double.CreateTruncating(value)));
        for (int i = 0; i < expected.Length; i++)
            Math.Abs(double.CreateTruncating(actual[i]) - double.CreateTruncating(expected[i]))
                .ShouldBeLessThanOrEqualTo(tolerance * largest);
    }
}

public class SingleDecompositionTests() : DecompositionLaws<float>(1e-5)
{
    [Theory]
    [InlineData("random")]
    [InlineData("ones")]
    public void A_large_matrix_of_floats_is_decomposed_to_a_hundred_thousandth(string kind)
    {
        Matrix<float> a = Make<float>(kind, 768, 768);
        (Matrix<float> u, float[] s, Matrix<float> vt) = a.Svd();
        Distance(ScaleColumns(u, s) * vt, a).ShouldBeLessThan(1e-5);
        FromOrthonormal(u).ShouldBeLessThan(1e-5);
        FromOrthonormal(vt.Transpose()).ShouldBeLessThan(1e-5);
        (float[] values, Matrix<float> v) = (a + a.Transpose()).Eigh();
        Distance(ScaleColumns(v, values) * v.Transpose(), a + a.Transpose()).ShouldBeLessThan(1e-5);
        FromOrthonormal(v).ShouldBeLessThan(1e-5);
    }
}

public class DoubleDecompositionTests() : DecompositionLaws<double>(5e-14);
