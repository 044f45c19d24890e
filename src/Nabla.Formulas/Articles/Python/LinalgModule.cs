using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Formulas.Articles.Python;

/// <summary>The module numpy.linalg, on Nabla's decompositions in double.</summary>
internal static class LinalgModule
{
    private const string SignIsFree = "the signs of singular vectors and eigenvectors are free";
    private const int LargestMatrix = 64, Sweeps = 16; // an iteration goes through a matrix so often

    public static PyModule Module { get; } = new("numpy.linalg", Create().ToDictionary(
        function => function.Name, function => (object)function, StringComparer.Ordinal));

    private static IEnumerable<Builtin> Create() =>
    [
        new("norm", Norm, true),
        new("inv", (_, a) => OfMatrix(a.Array(0), a.Array(0).Shape, m => m.Inv()), true),
        new("pinv", (_, a) => OfMatrix(a.Array(0), [.. a.Array(0).Shape.Reverse()], m => m.Pinv()), true),
        new("det", (_, a) => Number(a.Array(0), m => m.Det()), true),
        new("matrix_rank", (_, a) => Number(a.Array(0), m => m.MatrixRank(), DType.Int), true),
        new("cond", (_, a) => Number(a.Array(0), m => m.Cond()), true),
        new("solve", (_, a) => Solve(a.Array(0), a.Array(1)), true),
        new("eigvalsh", (_, a) => Values(a.Array(0), m => m.Eigvalsh()), true),
        new("eigh", (_, a) => new PyTuple(Values(a.Array(0), m => m.Eigvalsh()), Vectors(a.Array(0).Shape)), true),
        new("eigvals", (_, a) => Eigenvalues(a.Array(0)), true),
        new("eig", (_, a) => new PyTuple(Eigenvalues(a.Array(0)), Vectors(a.Array(0).Shape)), true),
        new("svd", (_, a) => Svd(a), true),
        new("matrix_power", (_, a) => OfMatrix(a.Array(0), a.Array(0).Shape, m => m.MatrixPower(a.Int(1)), a.Int(1)),
            true),
    ];

    private static NdArray Vectors(int[] shape) => NdArray.OfShape(shape, SignIsFree);

    private static NdArray Norm(Interpreter run, Arguments a)
    {
        NdArray array = a.Array(0);
        int[]? axes = ArrayMethods.Axes(a, 2);
        double order = a.Given(1, "ord") is { } given && given is not "fro" ? Operators.Real(given) : 2;
        if (array.Rank == 2 && axes is null && a.Given(1, "ord") is { } ord and not "fro")
            throw PythonException.NotKnown($"np.linalg.norm of a matrix with ord={Operators.Real(ord)}");
        if (order < 0)
            throw PythonException.NotKnown("np.linalg.norm with a negative ord");
        if (axes is { Length: > 1 })
            throw PythonException.NotKnown("np.linalg.norm along two axes");
        return Reductions.Norm(array, (axes, a.Flag(-1, "keepdims")), order);
    }

    private static Matrix<double> ToMatrix(NdArray a)
    {
        if (a.Rank != 2)
            throw PythonException.NotKnown("linear algebra of more or less than two axes");
        if (a.Shape.Max() > LargestMatrix || a.Count == 0)
            throw new PythonException($"a matrix is larger than {LargestMatrix}×{LargestMatrix}, or empty");
        Meter.Multiplications(Sweeps * a.Count * a.Shape.Max());
        return new Matrix<double>(a.Shape[0], a.Shape[1], a.Values());
    }

    private static T Try<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception error) when (error is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            throw new PythonException(error.Message);
        }
    }

    private static NdArray OfMatrix(NdArray a, int[] shape, Func<Matrix<double>, Matrix<double>> compute, int power = 1)
    {
        if (!a.IsKnown || a.Rank != 2 || a.Shape.Max() > LargestMatrix)
            return NdArray.OfShape(shape, a.Doubt ?? "the matrix is too large to compute");
        if (power is < 0 or > 1000)
            throw PythonException.NotKnown("such a power of a matrix");
        DType type = power != 1 && a.Type == DType.Int ? DType.Int : DType.Float;
        return new NdArray(Try(() => compute(ToMatrix(a))).Values.ToArray(), shape, type);
    }

    private static NdArray Number(NdArray a, Func<Matrix<double>, double> compute, DType type = DType.Float) =>
        a.IsKnown
        ? NdArray.Scalar(Try(() => compute(ToMatrix(a))), type) : NdArray.OfShape([], a.Doubt!, type);

    private static NdArray Values(NdArray a, Func<Matrix<double>, double[]> compute)
    {
        if (!a.IsKnown || a.Rank != 2 || a.Shape.Max() > LargestMatrix)
            return NdArray.OfShape([a.Shape.Min()], a.Doubt ?? "the matrix is too large to compute");
        double[] values = Try(() => compute(ToMatrix(a)));
        return new NdArray(values, [values.Length], DType.Float);
    }

    private static NdArray Solve(NdArray a, NdArray b)
    {
        if (!a.IsKnown || !b.IsKnown)
            return NdArray.OfShape(b.Shape, (a.Doubt ?? b.Doubt)!);
        Matrix<double> x = Try(() => ToMatrix(a).Solve(ToMatrix(b.Rank == 1 ? b.Reshape([b.Shape[0], 1]) : b)));
        return new NdArray(x.Values.ToArray(), b.Shape, DType.Float);
    }

    // LAPACK says nothing of the order in which eigenvalues come.
    private static NdArray Eigenvalues(NdArray a) => a.Rank == 2
        ? NdArray.OfShape([a.Shape[0]], a.Doubt ?? "the order of eigenvalues is free")
        : throw PythonException.NotKnown("eigenvalues of more than two axes");

    private static PyTuple Svd(Arguments a)
    {
        NdArray array = a.Array(0);
        bool isFull = a.Optional(1, "full_matrices") is not { } full || Operators.IsTrue(full);
        if (array.Rank != 2)
            throw PythonException.NotKnown("np.linalg.svd of more than two axes");
        int m = array.Shape[0], n = array.Shape[1], least = Math.Min(m, n);
        return new PyTuple(Vectors([m, isFull ? m : least]), Values(array, matrix => matrix.Svdvals()),
            Vectors([isFull ? n : least, n]));
    }
}
