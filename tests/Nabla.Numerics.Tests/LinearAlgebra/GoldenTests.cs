using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Numerics.Tests.LinearAlgebra;

/// <summary>What NumPy and SciPy say; made by tests/goldens/linalg_golden.py.</summary>
public class GoldenTests
{
    private const double Cutoff = 1e-6; // what counts as zero there
    private static readonly JsonObject Cases = Load();

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_in_double_are_NumPys(string name) => Check<double>(name, 1e-9);

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_in_float_are_NumPys(string name) => Check<float>(name, 2e-5);

    private static void Check<T>(string name, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonObject golden = Cases[name]!.AsObject();
        int m = (int)golden["rows"]!, n = (int)golden["columns"]!;
        Matrix<T> a = Of<T>(golden, "a", m, n), b = Of<T>(golden, "b", m, 2);

        // A condition number that multiplies roundings; singular values have none.
        double condition = golden["cond"] is { } cond ? (double)cond : 100;
        Near("singular values", a.Svd().S, 1);
        Near("singular values", a.Svdvals(), 1);
        Near("pinv", a.Pinv(Cutoff).Values, condition);
        Near("lstsq", a.Lstsq(b, relativeTolerance: Cutoff).X.Values, condition);
        a.MatrixRank(Cutoff).ShouldBe((int)golden["rank"]!);
        Matrix<T> r = a.Qr().R;
        Near("abs diagonal of R", [.. Enumerable.Range(0, r.Rows).Select(i => T.Abs(r[i, i]))], 1);
        foreach ((string kind, JsonNode? norm) in golden["norms"]!.AsObject())
            a.MatrixNorm(Enum.Parse<MatrixNormKind>(kind)).ShouldBe((double)norm!, tolerance * (double)norm!, kind);
        foreach ((string p, JsonNode? norm) in golden["vector norms"]!.AsObject())
            a.VectorNorm(double.Parse(p, System.Globalization.CultureInfo.InvariantCulture))
                .ShouldBe((double)norm!, tolerance * (double)norm!, p);
        if (golden.ContainsKey("det"))
            CheckSquare();

        void CheckSquare()
        {
            Near("solve", a.Solve(b).Values, condition);
            Near("inv", a.Inv().Values, condition);
            Near("expm", a.MatrixExp().Values, 10);
            Near("cube", a.MatrixPower(3).Values, 1);
            double det = (double)golden["det"]!;
            a.Det().ShouldBe(det, tolerance * condition * Math.Abs(det));
            a.Slogdet().Sign.ShouldBe((double)golden["slogdet"]![0]!);
            a.Slogdet().LogAbs.ShouldBe((double)golden["slogdet"]![1]!, tolerance * condition);
            if (golden.ContainsKey("eigenvalues"))
                Near("eigenvalues", a.Eigh().Values, 1);
            if (golden.ContainsKey("cholesky"))
                Near("cholesky", a.Cholesky().L.Values, 1);
        }

        void Near(string key, ReadOnlySpan<T> actual, double factor)
        {
            double[] expected = Numbers(golden, key);
            actual.Length.ShouldBe(expected.Length);
            double largest = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
                double.CreateTruncating(actual[i]).ShouldBe(expected[i], tolerance * factor * largest, $"{key}[{i}]");
        }
    }

    private static Matrix<T> Of<T>(JsonObject golden, string key, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(rows, columns, [.. Numbers(golden, key).Select(T.CreateTruncating)]);

    private static double[] Numbers(JsonObject golden, string key) =>
        [.. golden[key]!.AsArray().Select(value => (double)value!)];

    private static JsonObject Load([CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "goldens", "linalg.json");
        return JsonNode.Parse(File.ReadAllText(path))!["cases"]!.AsObject();
    }
}
