using Nabla.Numerics;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Tests;

/// <summary>
/// The harness for forward mode and second derivatives: every op's rule is held against dual and hyper-dual numbers
/// through its reference. An op without a rule fails here.
/// </summary>
public sealed class EveryOpTangentTests
{
    private const int MostForSecond = 40;

    public static TheoryData<string> Names => [.. OpCatalog.AllOps.Select(OpCatalog.NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tangent_equals_that_of_dual_numbers_through_the_reference(string name)
    {
        foreach (Op op in Samples(name).Where(op => op.Inputs.Sum(x => x.Count) <= 3000))
        {
            Tensor[] x = [.. op.Inputs], v = Directions(x, 11);
            (Tensor y, Tensor tangent) = Autodiff.Jvp(inputs => op.WithInputs(inputs).Apply(), x, v);
            Dual[] expected = op.Reference(Seeded(x, v)).Values;
            (float[] values, float[] actual) = (y.ToArray(), tangent.ToArray());
            tangent.Shape.ShouldBe(y.Shape, Describe(op));
            tangent.RequiresGradient.ShouldBeFalse(Describe(op));
            for (int i = 0; i < expected.Length; i++)
            {
                ShouldBeNear(values[i], expected[i].Value.Value, 2e-5, $"{Describe(op)} y[{i}]");
                ShouldBeNear(actual[i], expected[i].Derivative.Value, 5e-5, $"{Describe(op)} ẏ[{i}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tangent_of_one_input_alone_is_its_part(string name)
    {
        foreach (Op op in Samples(name).Where(op => op.Inputs.Count > 1 && op.Inputs.Sum(x => x.Count) <= 200))
            for (int input = 0; input < op.Inputs.Count; input++)
            {
                Tensor[] x = [.. op.Inputs];
                Tensor[] v = [.. Directions(x, 12).Select((d, i) => i == input ? d : Tensor.Zeros(d.Shape))];
                Tensor tangent = Autodiff.Jvp(
                    t => op.WithInputs([.. x.Select((part, i) => i == input ? t : part)]).Apply(), x[input], v[input])
                    .Tangent;
                Dual[] expected = op.Reference(Seeded(x, v)).Values;
                float[] actual = tangent.ToArray();
                for (int i = 0; i < expected.Length; i++)
                    ShouldBeNear(actual[i], expected[i].Derivative.Value, 5e-5, $"{Describe(op)}, x{input}: ẏ[{i}]");
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Second_derivative_equals_that_of_hyper_dual_numbers_through_the_reference(string name)
    {
        foreach (Op op in Samples(name).Where(op => op.Inputs.Sum(x => x.Count) <= MostForSecond))
        {
            Tensor[] x = [.. op.Inputs], v = Directions(x, 13);
            Tensor weights = Tensor.Randn(op.Apply().Shape, new Rng(14));
            Tensor[] actual = Autodiff.HessianVectorProduct(
                inputs => (op.WithInputs(inputs).Apply() * weights).Sum(), x, v);
            for (int input = 0; input < x.Length; input++)
            {
                float[] numbers = actual[input].ToArray();
                for (int i = 0; i < numbers.Length; i++)
                    ShouldBeNear(numbers[i], Second(op, weights.ToArray(), v, (input, i)), 2e-4,
                        $"{Describe(op)} (H·v){input}[{i}]");
            }
        }
    }

    /// <summary>∂/∂x_at of the derivative in direction v of Σ w·y, by one number that carries both.</summary>
    private static double Second(Op op, float[] w, Tensor[] v, (int Input, int Index) at)
    {
        var arrays = new NdArray<Dual<Dual>>[v.Length];
        for (int k = 0; k < v.Length; k++)
        {
            arrays[k] = new NdArray<Dual<Dual>>(v[k].Shape);
            (float[] values, float[] directions) = (op.Inputs[k].ToArray(), v[k].ToArray());
            for (int i = 0; i < values.Length; i++)
                arrays[k].Values[i] = new(
                    new Dual((double)values[i], (double)directions[i]), at == (k, i) ? 1 : 0);
        }
        return op.Reference(arrays).Values.Zip(w, (y, weight) => weight * y.Derivative.Derivative.Value).Sum();
    }

    private static IReadOnlyList<Op> Samples(string name) =>
        OpCatalog.Samples(OpCatalog.AllOps.Single(t => OpCatalog.NameOf(t) == name));

    private static Tensor[] Directions(Tensor[] x, int seed)
    {
        var rng = new Rng(seed);
        return [.. x.Select(part => Tensor.Randn(part.Shape, rng))];
    }

    private static NdArray<Dual>[] Seeded(Tensor[] x, Tensor[] v) => [.. x.Zip(v, (part, direction) =>
    {
        var array = new NdArray<Dual>(part.Shape);
        (float[] values, float[] directions) = (part.ToArray(), direction.ToArray());
        for (int i = 0; i < values.Length; i++)
            array.Values[i] = new((double)values[i], (double)directions[i]);
        return array;
    })];

    private static void ShouldBeNear(double actual, double expected, double tolerance, string what)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected))
            actual.ShouldBe(expected, what);
        else
            Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(
                tolerance * (1 + Math.Abs(expected)), $"{what}: {actual} against {expected}");
    }

    private static string Describe(Op op) => $"{op.Name} on {string.Join(", ", op.Inputs.Select(x => x.Shape))}";
}
