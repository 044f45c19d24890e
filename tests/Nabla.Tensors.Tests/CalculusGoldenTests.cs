using System.Runtime.CompilerServices;
using System.Text.Json;
using Nabla.Numerics.Calculus;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>
/// Gradients, Hessians, Jacobians and integrals of 50 functions against Maxima (see tests/goldens/README.md): in double
/// by dual numbers, and in float32 through tensors.
/// </summary>
public sealed class CalculusGoldenTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(PathOfGolden())).RootElement;

    private static readonly Dictionary<string, (Func<double, double> F, double From, double To)> Integrands =
        new(StringComparer.Ordinal)
        {
            ["square"] = (x => x * x, 0, 3),
            ["half wave"] = (Math.Sin, 0, Math.PI),
            ["Gauss"] = (x => Math.Exp(-x * x), -Infinity, Infinity),
            ["Lorentz"] = (x => 1 / (1 + x * x), 0, Infinity),
            ["logarithm"] = (Math.Log, 0, 1),
            ["decay"] = (x => x * Math.Exp(-x), 0, Infinity),
            ["infinite at an end"] = (x => 1 / Math.Sqrt(x), 0, 1),
            ["damped wave"] = (x => Math.Cos(x) * Math.Cos(x) * Math.Exp(-x), 0, 2 * Math.PI),
        };

    public static TheoryData<string> Scalars => Names("scalar");

    public static TheoryData<string> Vectors => Names("vector");

    public static TheoryData<string> Integrals => Names("integral");

    [Fact]
    public void Fifty_functions_are_compared() => (Scalars.Count + Vectors.Count + Integrals.Count).ShouldBe(50);

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Dual_numbers_give_the_gradient_and_the_hessian_in_double(string name)
    {
        JsonElement golden = Case("scalar", name);
        double[] x = Numbers(golden.GetProperty("at"));
        GoldenFunction f = GoldenFunctions.Scalar[name];
        f.Dual(Array.ConvertAll(x, v => (Dual)v)).Value.Value
            .ShouldBeNear(golden.GetProperty("value").GetDouble(), 1e-12);
        Differentiate.Gradient(f.Dual, x).ShouldBeNear(Numbers(golden.GetProperty("gradient")), 1e-12);
        Differentiate.Hessian(f.Hyper, x).Cast<double>().ShouldBeNear(Matrix(golden.GetProperty("hessian")), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Tensors_give_the_gradient_and_the_hessian_in_float32(string name)
    {
        JsonElement golden = Case("scalar", name);
        Tensor[] x = [.. Numbers(golden.GetProperty("at")).Select(v => (Tensor)(float)v)];
        Func<Tensor[], Tensor> f = GoldenFunctions.Scalar[name].Tensor;
        (Tensor value, Tensor[] gradient) = Autodiff.ValueAndGradient(f, x);
        ((double)value.Item()).ShouldBeNear(golden.GetProperty("value").GetDouble(), 1e-5);
        gradient.Select(g => (double)g.Item()).ShouldBeNear(Numbers(golden.GetProperty("gradient")), 1e-5);
        Doubles(Autodiff.Hessian(f, x)).ShouldBeNear(Matrix(golden.GetProperty("hessian")), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Jacobians_are_those_of_maxima(string name)
    {
        JsonElement golden = Case("vector", name);
        double[] x = Numbers(golden.GetProperty("at")), expected = Matrix(golden.GetProperty("jacobian"));
        GoldenVector f = GoldenFunctions.Vector[name];
        Differentiate.Jacobian(f.Dual, x).Cast<double>().ShouldBeNear(expected, 1e-12);
        Tensor[] point = [.. x.Select(v => (Tensor)(float)v)];
        Doubles(Autodiff.Jacobian(t => Tensor.Concat(0, [.. f.Tensor(t).Select(y => y.Reshape(1))]), point))
            .ShouldBeNear(expected, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Integrals))]
    public void Integrals_are_those_of_maxima(string name)
    {
        (Func<double, double> f, double from, double to) = Integrands[name];
        Estimate integral = Integrate.GaussKronrod(f, from, to);
        integral.Value.ShouldBeNear(Case("integral", name).GetProperty("value").GetDouble(), 1e-10);
    }

    private static TheoryData<string> Names(string kind) =>
        [.. Golden.GetProperty(kind).EnumerateArray().Select(golden => golden.GetProperty("name").GetString()!)];

    private static JsonElement Case(string kind, string name) =>
        Golden.GetProperty(kind).EnumerateArray().Single(golden => golden.GetProperty("name").GetString() == name);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    private static double[] Matrix(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(Numbers)];

    private static IEnumerable<double> Doubles(Tensor x) => x.ToArray().Select(v => (double)v);

    private static string PathOfGolden([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../goldens/calculus.json"));
}

/// <summary>Comparison relative to the larger of 1 and what is expected.</summary>
internal static class Near
{
    public static void ShouldBeNear(this double actual, double expected, double tolerance) =>
        actual.ShouldBe(expected, tolerance * Math.Max(1, Math.Abs(expected)));

    public static void ShouldBeNear(this IEnumerable<double> actual, double[] expected, double tolerance)
    {
        double[] numbers = [.. actual];
        numbers.Length.ShouldBe(expected.Length);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i].ShouldBeNear(expected[i], tolerance);
    }
}
