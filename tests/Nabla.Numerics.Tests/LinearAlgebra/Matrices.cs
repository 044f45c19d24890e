using System.Numerics;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Numerics.Tests.LinearAlgebra;

/// <summary>Matrices that are hard in their own ways, and how far something is from what it should be.</summary>
internal static class Matrices
{
    public static readonly string[] Kinds =
    [
        "random", "rank 3", "graded", "clustered", "zero", "identity", "ones", "huge", "tiny", "diagonal", "blocks",
        "bidiagonal",
    ];

    public static readonly (int Rows, int Columns)[] Shapes =
        [(0, 0), (0, 3), (3, 0), (1, 1), (1, 5), (5, 1), (2, 2), (3, 3), (7, 4), (33, 33), (40, 90), (130, 101)];

    public static TheoryData<string, int, int> All()
    {
        var data = new TheoryData<string, int, int>();
        foreach (string kind in Kinds)
            foreach ((int rows, int columns) in Shapes)
                data.Add(kind, rows, columns);
        return data;
    }

    public static Matrix<T> Make<T>(string kind, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rng = new Rng(rows * 1000 + columns);
        int k = Math.Min(rows, columns);
        Matrix<T> random = Matrix<T>.Randn(rows, columns, rng);
        Matrix<T> made = kind switch
        {
            "random" => random,
            "rank 3" => Matrix<T>.Randn(rows, 3, rng) * Matrix<T>.Randn(3, columns, rng),
            "graded" => Fill<T>(
                rows, columns, (i, j) => rng.NextNormal() * Math.Pow(10, -8.0 * Math.Max(i, j) / (1 + k))),
            "clustered" => Matrix<T>.Randn(rows, rows, rng).Qr().Q
                * Fill<T>(rows, columns, (i, j) => i != j ? 0 : i % 2 == 0 ? 1 : 1 + 1e-7 * i)
                * Matrix<T>.Randn(columns, columns, rng).Qr().Q,
            "zero" => new Matrix<T>(rows, columns),
            "identity" => Fill<T>(rows, columns, (i, j) => i == j ? 1 : 0),
            "ones" => Fill<T>(rows, columns, (_, _) => 1),
            "huge" => T.CreateTruncating(1e30) * random,
            "tiny" => T.CreateTruncating(1e-30) * random,
            "diagonal" => Fill<T>(rows, columns, (i, j) => i == j ? (i % 3) - 1 : 0),
            "blocks" => Fill<T>(rows, columns, (i, j) => i / 5 == j / 5 && i % 5 != 0 ? rng.NextNormal() : 0),
            "bidiagonal" => Fill<T>(rows, columns, (i, j) => i == j ? 1 : j == i + 1 ? 1 : 0),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return made;
    }

    public static Matrix<T> Symmetric<T>(string kind, int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> a = Make<T>(kind, n, n);
        return kind == "rank 3" ? a * a.Transpose() : T.CreateTruncating(0.5) * (a + a.Transpose());
    }

    public static Matrix<T> Fill<T>(int rows, int columns, Func<int, int, double> element)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = new Matrix<T>(rows, columns);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                a[i, j] = T.CreateTruncating(element(i, j));
        return a;
    }

    /// <summary>√Σ(a − b)² / √Σb², in double.</summary>
    public static double Distance<T>(Matrix<T> a, Matrix<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        a.Rows.ShouldBe(b.Rows);
        a.Columns.ShouldBe(b.Columns);
        double most = 0, difference = 0, size = 0;
        foreach (T value in b.Values)
            most = Math.Max(most, Math.Abs(double.CreateTruncating(value)));
        if (most == 0)
            most = 1;
        for (int i = 0; i < a.Values.Length; i++)
        {
            double expected = double.CreateTruncating(b.Values[i]) / most;
            double gap = double.CreateTruncating(a.Values[i]) / most - expected;
            (difference, size) = (difference + gap * gap, size + expected * expected);
        }
        return Math.Sqrt(size > 0 ? difference / size : difference);
    }

    /// <summary>The largest |QᵀQ − I|, in double.</summary>
    public static double FromOrthonormal<T>(Matrix<T> q) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<double> exact = q.To<double>();
        Matrix<double> gap = exact.Transpose() * exact - Matrix<double>.Identity(q.Columns);
        return gap.VectorNorm(double.PositiveInfinity);
    }

    public static Matrix<T> ScaleColumns<T>(Matrix<T> a, T[] factors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> result = a.Copy();
        for (int i = 0; i < a.Rows; i++)
            for (int j = 0; j < a.Columns; j++)
                result[i, j] = j < factors.Length ? result[i, j] * factors[j] : T.Zero;
        return result;
    }

    public static Matrix<T> Part<T>(Matrix<T> a, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Fill<T>(rows, columns, (i, j) => double.CreateTruncating(a[i, j]));
}
