using Nabla.Numerics.Calculus;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Tests.Calculus;

/// <summary>Exact derivatives against formulas, numerical ones against exact ones.</summary>
public sealed class DifferentiateTests
{
    private static V Bumpy<V>(V x) where V : struct, IReal<V> =>
        V.Exp(-x * x) * V.Sin(3 * x) + V.Log1p(x * x) / (1 + V.Sqrt(V.Abs(x) + 1));

    private static V Rosenbrock<V>(V[] p) where V : struct, IReal<V> =>
        (1 - p[0]) * (1 - p[0]) + 100 * (p[1] - p[0] * p[0]) * (p[1] - p[0] * p[0]);

    [Fact]
    public void One_body_gives_value_slope_and_curvature()
    {
        Differentiate.Derivative(x => x * x * x - 1 / x, 2).ShouldBe(12.25);
        Differentiate.SecondDerivative(x => x * x * x - 1 / x, 2).ShouldBe(11.75);
        Differentiate.Gradient(Rosenbrock, [1.5, 2]).ShouldBe([151, -50], 1e-12);
        double[,] hessian = Differentiate.Hessian(Rosenbrock, [1.5, 2]);
        hessian.Cast<double>().ShouldBe([1902, -600, -600, 200], 1e-12);
    }

    [Fact]
    public void Differences_agree_with_dual_numbers()
    {
        foreach (double x in (double[])[-2, -0.7, 0.3, 1, 2.5])
        {
            double exact = Differentiate.Derivative(Bumpy, x);
            Func<double, double> f = t => Bumpy<Real64>(t).Value;
            Differentiate.Central(f, x).ShouldBe(exact, 1e-8);
            Estimate ridders = Differentiate.Ridders(f, x);
            ridders.Value.ShouldBe(exact, Math.Max(1e-12, 5 * ridders.Error));
            ridders.Error.ShouldBeLessThan(1e-7);
        }
    }

    [Fact]
    public void Differences_in_several_variables_agree_with_dual_numbers()
    {
        double[] point = [0.8, -1.3];
        Func<double[], double> f = p => Rosenbrock<Real64>([p[0], p[1]]).Value;
        Differentiate.NumericalGradient(f, point).ShouldBe(Differentiate.Gradient(Rosenbrock, point), 1e-6);
        Differentiate.NumericalHessian(f, point).Cast<double>()
            .ShouldBe(Differentiate.Hessian(Rosenbrock, point).Cast<double>(), 1e-3);
        double[,] exact = Differentiate.Jacobian(p => [p[0] * p[1], Dual<Real64>.Sin(p[0]), p[1]], point);
        Differentiate.NumericalJacobian(p => [p[0] * p[1], Math.Sin(p[0]), p[1]], point).Cast<double>()
            .ShouldBe(exact.Cast<double>(), 1e-9);
    }

    [Fact]
    public void Products_whose_factor_is_zero_keep_their_second_derivative()
    {
        // √(xy) at y = 0 + ε…: derivatives that are 0 while their own are not must not be taken for constants.
        Differentiate.Hessian(p => Dual<Dual<Real64>>.Sqrt(1 + p[0] * p[1]), [0, 0])[0, 1].ShouldBe(0.5);
        Differentiate.Hessian(p => Dual<Dual<Real64>>.Pow(1 + p[0] * p[1], 3), [0, 0])[0, 1].ShouldBe(3);
        Differentiate.Hessian(p => Dual<Dual<Real64>>.Pow(2, p[0] * p[1]), [0, 0])[0, 1].ShouldBe(Math.Log(2), 1e-15);
    }

    [Fact]
    public void Impossible_arguments_are_named()
    {
        Refuse(() => Differentiate.Derivative(x => x, double.NaN), "x = NaN");
        Refuse(() => Differentiate.Gradient(p => 0, []), "x is empty");
        Refuse(() => Differentiate.Hessian(p => 0, [1, double.PositiveInfinity]), "x[1] = Infinity");
        Refuse(() => Differentiate.Central(x => x, 1, -1), "step -1");
        Refuse(() => Differentiate.Ridders(x => x, 1, 1e-30), "large enough");
        Should.Throw<NotFiniteNumberException>(() => Differentiate.Central(Math.Log, 0))
            .Message.ShouldContain("NaN at x");
        int calls = 0;
        Refuse(() => Differentiate.Jacobian(p => new Dual<Real64>[++calls], [1, 2]), "1 numbers, then 2");
        Refuse(() => Differentiate.NumericalJacobian(p => new double[++calls], [1, 2]), "must always give as many");
        Refuse(() => Differentiate.NumericalGradient(p => 0, []), "NumericalGradient: x is empty");

        static void Refuse(Action call, string message) =>
            Should.Throw<ArgumentException>(call).Message.ShouldContain(message);
    }
}
