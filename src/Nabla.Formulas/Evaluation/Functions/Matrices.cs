using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Functions of vectors and matrices.</summary>
internal static class Matrices
{
    /// <summary>The rows.</summary>
    public static IEnumerable<Function> All { get; } =
    [
        new("norm", 1, 1, f => f[0].Rank == 0 && f[0].Axes.Length > 0
            ? throw new FormulaException("norm of one number for each index may mean its size, or that all are divided "
                + "by their sum; write which.") : Euclidean(f.A, f[0])),
        new("rms", 1, 1, f => f.A.Map(Elementary.Sqrt, f.A.Mean(f.A.Map(Elementary.Square, Lists.Line(f, f[0]))))),
        new("trace", 1, 1, f => f.A.FoldOwn(f.A.Diagonal(f[0]), Reductions.Sum)),
        new("det", 1, 1, f => Determinant(f.A, f[0])),
        new("inv", 1, 1, f => PowerRules.Inverse(f.A, f[0])),
        new("diag", 1, 1, f => f[0].Rank == 1 ? f.A.DiagonalMatrix(f[0]) : f.A.Diagonal(f[0])),
        new("rank", 1, 1, Rank),
        new("lambda_max", 1, 1, f => Spectral(f, isLargest: true, isSingular: false)),
        new("lambda_min", 1, 1, f => Spectral(f, isLargest: false, isSingular: false)),
        new("sigma_max", 1, 1, f => Spectral(f, isLargest: true, isSingular: true)),
        new("sigma_min", 1, 1, f => Spectral(f, isLargest: false, isSingular: true)),
        new("vec", 1, 1, f => f.A.Reshape(f[0].Rank == 2 ? f.A.Transpose(f[0]) : f[0], [f[0].Own.ElementCount])),
        new("dim", 1, 1, f => f.A.Number(f[0].Rank == 0 ? 1 : f[0].Own[-1])),
        new("tril", 1, 1, f => f.A.Multiply(f[0], LowerTriangle(f))),
        new("dot", 2, 2, f => f[0].Rank == 1 ? f.A.Dot(f[0], f[1]) : f.A.MatrixProduct(f[0], f[1])),
        new("matmul", 2, 2, f => f.A.MatrixProduct(f[0], f[1])),
        new("outer", 2, 2, f => f.A.Outer(f[0], f[1])),
        new("transpose", 1, 1, f => f.A.Transpose(f[0])),
        new("cos_sim", 2, 2, CosineSimilarity),
        new("sim", 2, 2, CosineSimilarity),
    ];

    /// <summary>√Σx² of all its own numbers.</summary>
    public static Quantity Euclidean(Algebra algebra, Quantity x)
    {
        if (x.Rank == 0)
            return algebra.Map(Elementary.Abs, x);
        return algebra.FoldOwn(x, NormRule.Apply);
    }

    /// <summary>The singular values of a matrix.</summary>
    public static double[] SingularValues(Algebra algebra, Quantity x)
    {
        RequireOne(x, "singular values");
        algebra.Tape.Charge(x.Own[0], 20L * x.Own.ElementCount * Math.Min(x.Own[0], x.Own[1]));
        if (Array.Exists(x.Node.Numbers, number => !double.IsFinite(number)))
            throw new FormulaException("only finite numbers have singular values.");
        return new Matrix<double>(x.Own[0], x.Own[1], x.Node.Values).Svdvals();
    }

    /// <summary>Refuses what is no matrix, or many.</summary>
    public static void RequireOne(Quantity x, string what)
    {
        if (x.Rank != 2 || x.Axes.Length > 0)
            throw new FormulaException($"{what} are computed of one matrix, but the shape is {x.Node.Shape}.");
    }

    /// <summary>det A.</summary>
    public static Quantity Determinant(Algebra algebra, Quantity x)
    {
        if (x.Rank == 0)
            return x;
        MatrixAlgebra.RequireSquare(x, "a determinant");
        return new(Inverses.Determinant(algebra.Tape, x.Node), x.Axes);
    }

    /// <summary>⟨a, b⟩ / (‖a‖·‖b‖).</summary>
    private static Quantity CosineSimilarity(Application f) => f.A.Divide(
        f.A.Dot(f[0], f[1]), f.A.Multiply(Euclidean(f.A, f[0]), Euclidean(f.A, f[1])));

    private static Quantity Spectral(Application f, bool isLargest, bool isSingular)
    {
        RequireOne(f[0], isSingular ? "singular values" : "eigenvalues");
        if (f[0].Own.ElementCount == 0)
            throw new FormulaException("an empty matrix has no eigenvalues and no singular values.");
        return new(SpectralExtreme.Apply(f.C.Tape, f[0].Node, isLargest, isSingular));
    }

    private static Quantity Rank(Application f)
    {
        double[] values = SingularValues(f.A, f[0]);
        double least = values.Length == 0 ? 0 : values[0] * 1e-12 * Math.Max(f[0].Own[0], f[0].Own[1]);
        return f.A.Number(values.Count(value => value > least));
    }

    private static Quantity LowerTriangle(Application f)
    {
        if (f[0].Rank < 2)
            throw new FormulaException("the lower triangle was asked for of something that is no matrix.");
        int rows = f[0].Own[-2], columns = f[0].Own[-1];
        var values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = i % columns <= i / columns ? 1 : 0;
        return new(f.C.Tape.Constant([rows, columns], values));
    }
}
