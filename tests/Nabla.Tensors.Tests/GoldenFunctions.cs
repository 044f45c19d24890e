using Nabla.Numerics;
using Nabla.Tensors.Ops;
using Hyper = Nabla.Numerics.Lanes.Dual<Nabla.Numerics.Lanes.Dual<Nabla.Numerics.Lanes.Real64>>;

namespace Nabla.Tensors.Tests;

/// <summary>One body on dual and on hyper-dual numbers, and its twin on tensors.</summary>
internal sealed record GoldenFunction(
    Func<Dual[], Dual> Dual, Func<Hyper[], Hyper> Hyper, Func<Tensor[], Tensor> Tensor);

/// <summary>The same with several results.</summary>
internal sealed record GoldenVector(Func<Dual[], Dual[]> Dual, Func<Tensor[], Tensor[]> Tensor);

/// <summary>The functions of tests/goldens/calculus_functions.json.</summary>
internal static class GoldenFunctions
{
    public static readonly Dictionary<string, GoldenFunction> Scalar = new(StringComparer.Ordinal)
    {
        ["quadratic"] = new(Quadratic, Quadratic, p => p[0].Square() + 2 * p[0] * p[1] + p[1].Square()),
        ["cubic"] = new(Cubic, Cubic, p => p[0].Square() * p[0] - 3 * p[0] + 1),
        ["rational"] = new(Rational, Rational, p => p[0] / (1 + p[0].Square())),
        ["bell"] = new(Bell, Bell, p => (-p[0].Square()).Exp()),
        ["sine by cosine"] = new(SineByCosine, SineByCosine, p => p[0].Sin() * p[1].Cos()),
        ["logarithm"] = new(Logarithm, Logarithm, p => (1 + p[0].Square() + p[1].Square()).Log()),
        ["root"] = new(Root, Root, p => (p[0].Square() + p[1].Square() + 1).Sqrt()),
        ["sigmoid"] = new(Sigmoid, Sigmoid, p => p[0].Sigmoid()),
        ["tanh"] = new(Tanh, Tanh, p => (2 * p[0] - 1).Tanh()),
        ["softplus"] = new(Softplus, Softplus, p => p[0].Softplus()),
        ["silu"] = new(Silu, Silu, p => p[0].Silu()),
        ["gelu"] = new(Gelu, Gelu, p => p[0].Gelu()),
        ["gelu tanh"] = new(GeluTanh, GeluTanh, p => p[0].GeluTanh()),
        ["erf of a product"] = new(Erf, Erf, p => (p[0] * p[1]).Erf()),
        ["angle"] = new(Angle, Angle, p => (p[1] / p[0]).Atan()),
        ["power"] = new(Power, Power, p => p[0].Pow(p[1])),
        ["Rosenbrock"] = new(Rosenbrock, Rosenbrock, p => (1 - p[0]).Square() + 100 * (p[1] - p[0].Square()).Square()),
        ["Beale"] = new(Beale, Beale, p => (1.5f - p[0] + p[0] * p[1]).Square()
            + (2.25f - p[0] + p[0] * p[1].Square()).Square() + (2.625f - p[0] + p[0] * p[1].Pow(3.0)).Square()),
        ["Himmelblau"] = new(Himmelblau, Himmelblau,
            p => (p[0].Square() + p[1] - 11).Square() + (p[0] + p[1].Square() - 7).Square()),
        ["Booth"] = new(Booth, Booth, p => (p[0] + 2 * p[1] - 7).Square() + (2 * p[0] + p[1] - 5).Square()),
        ["softmax"] = new(Softmax, Softmax, p => Stacked(p).Softmax().Slice(0, 0, 1)),
        ["log-sum-exp"] = new(LogSumExp, LogSumExp, p => Stacked(p).Exp().Sum().Log()),
        ["cross-entropy"] = new(CrossEntropy, CrossEntropy, p => Stacked(p).CrossEntropy([1])),
        ["normal density"] = new(Density, Density,
            p => (-0.5f * ((p[0] - p[1]) / p[2]).Square()).Exp() / (p[2] * (float)Math.Sqrt(2 * Math.PI))),
        ["harmonic sum"] = new(Harmonic, Harmonic, p => 1 / p[0] + 1 / p[1] + 1 / p[2]),
        ["geometric mean"] = new(Geometric, Geometric, p => (p[0] * p[1] * p[2]).Pow(1.0 / 3)),
        ["distance"] = new(Distance, Distance, p => ((p[0] - 1).Square() + (p[1] + 2).Square()).Sqrt()),
        ["damped wave"] = new(Damped, Damped, p => (-0.5f * p[0]).Exp() * (3 * p[0]).Sin()),
        ["self power"] = new(SelfPower, SelfPower, p => p[0].Pow(p[0])),
        ["binary entropy"] = new(Entropy, Entropy, p => -p[0] * p[0].Log() - (1 - p[0]) * (1 - p[0]).Log()),
        ["Kullback-Leibler"] = new(Divergence, Divergence,
            p => p[0] * (p[0] / p[1]).Log() + (1 - p[0]) * ((1 - p[0]) / (1 - p[1])).Log()),
        ["Lennard-Jones"] = new(LennardJones, LennardJones, p => 4 * ((1 / p[0]).Pow(12.0) - (1 / p[0]).Pow(6.0))),
        ["Arrhenius"] = new(Arrhenius, Arrhenius, p => p[0] * (-p[1] / p[2]).Exp()),
        ["sinc"] = new(Sinc, Sinc, p => p[0].Sin() / p[0]),
        ["tanh by exponentials"] = new(ByExponentials, ByExponentials,
            p => (p[0].Exp() - (-p[0]).Exp()) / (p[0].Exp() + (-p[0]).Exp()) * p[1]),
        ["chain of three"] = new(Chain, Chain, p => p[0].Exp().Cos().Sin()),
    };

    public static readonly Dictionary<string, GoldenVector> Vector = new(StringComparer.Ordinal)
    {
        ["polar"] = new(p => [p[0] * Dual.Cos(p[1]), p[0] * Dual.Sin(p[1])],
            p => [p[0] * p[1].Cos(), p[0] * p[1].Sin()]),
        ["spherical"] = new(
            p => [p[0] * Dual.Sin(p[1]) * Dual.Cos(p[2]), p[0] * Dual.Sin(p[1]) * Dual.Sin(p[2]),
                p[0] * Dual.Cos(p[1])],
            p => [p[0] * p[1].Sin() * p[2].Cos(), p[0] * p[1].Sin() * p[2].Sin(), p[0] * p[1].Cos()]),
        ["softmax of three"] = new(p => [.. p.Select(x => Dual.Exp(x) / Sum(Array.ConvertAll(p, Dual.Exp)))],
            p => [.. Enumerable.Range(0, 3).Select(i => Stacked(p).Softmax().Slice(0, i, 1))]),
        ["complex square"] = new(p => [p[0] * p[0] - p[1] * p[1], 2 * p[0] * p[1]],
            p => [p[0].Square() - p[1].Square(), 2 * p[0] * p[1]]),
        ["Lorenz"] = new(p => [10 * (p[1] - p[0]), p[0] * (28 - p[2]) - p[1], p[0] * p[1] - 8.0 / 3 * p[2]],
            p => [10 * (p[1] - p[0]), p[0] * (28 - p[2]) - p[1], p[0] * p[1] - 8f / 3 * p[2]]),
        ["unit vector"] = new(
            p => [p[0] / Dual.Sqrt(p[0] * p[0] + p[1] * p[1]), p[1] / Dual.Sqrt(p[0] * p[0] + p[1] * p[1])],
            p => [p[0] / (p[0].Square() + p[1].Square()).Sqrt(), p[1] / (p[0].Square() + p[1].Square()).Sqrt()]),
    };

    private static Tensor Stacked(Tensor[] p) => Tensor.Concat(0, [.. p.Select(x => x.Reshape(1))]);

    private static V Sum<V>(V[] p) where V : struct, IReal<V> => p[0] + p[1] + p[2];

    private static V Square<V>(V x) where V : struct, IReal<V> => x * x;

    private static V Quadratic<V>(V[] p) where V : struct, IReal<V> => p[0] * p[0] + 2 * p[0] * p[1] + p[1] * p[1];

    private static V Cubic<V>(V[] p) where V : struct, IReal<V> => p[0] * p[0] * p[0] - 3 * p[0] + 1;

    private static V Rational<V>(V[] p) where V : struct, IReal<V> => p[0] / (1 + p[0] * p[0]);

    private static V Bell<V>(V[] p) where V : struct, IReal<V> => V.Exp(-p[0] * p[0]);

    private static V SineByCosine<V>(V[] p) where V : struct, IReal<V> => V.Sin(p[0]) * V.Cos(p[1]);

    private static V Logarithm<V>(V[] p) where V : struct, IReal<V> => V.Log(1 + p[0] * p[0] + p[1] * p[1]);

    private static V Root<V>(V[] p) where V : struct, IReal<V> => V.Sqrt(p[0] * p[0] + p[1] * p[1] + 1);

    private static V Sigmoid<V>(V[] p) where V : struct, IReal<V> => 1 / (1 + V.Exp(-p[0]));

    private static V Tanh<V>(V[] p) where V : struct, IReal<V> => V.Tanh(2 * p[0] - 1);

    private static V Softplus<V>(V[] p) where V : struct, IReal<V> => V.Log(1 + V.Exp(p[0]));

    private static V Silu<V>(V[] p) where V : struct, IReal<V> => p[0] / (1 + V.Exp(-p[0]));

    private static V Gelu<V>(V[] p) where V : struct, IReal<V> => p[0] / 2 * (1 + V.Erf(p[0] * (1 / Math.Sqrt(2))));

    private static V GeluTanh<V>(V[] p) where V : struct, IReal<V> =>
        p[0] / 2 * (1 + V.Tanh(Math.Sqrt(2 / Math.PI) * (p[0] + 0.044715 * p[0] * p[0] * p[0])));

    private static V Erf<V>(V[] p) where V : struct, IReal<V> => V.Erf(p[0] * p[1]);

    private static V Angle<V>(V[] p) where V : struct, IReal<V> => V.Atan(p[1] / p[0]);

    private static V Power<V>(V[] p) where V : struct, IReal<V> => V.Pow(p[0], p[1]);

    private static V Rosenbrock<V>(V[] p) where V : struct, IReal<V> =>
        Square(1 - p[0]) + 100 * Square(p[1] - p[0] * p[0]);

    private static V Beale<V>(V[] p) where V : struct, IReal<V> => Square(1.5 - p[0] + p[0] * p[1])
        + Square(2.25 - p[0] + p[0] * p[1] * p[1]) + Square(2.625 - p[0] + p[0] * p[1] * p[1] * p[1]);

    private static V Himmelblau<V>(V[] p) where V : struct, IReal<V> =>
        Square(p[0] * p[0] + p[1] - 11) + Square(p[0] + p[1] * p[1] - 7);

    private static V Booth<V>(V[] p) where V : struct, IReal<V> =>
        Square(p[0] + 2 * p[1] - 7) + Square(2 * p[0] + p[1] - 5);

    private static V Softmax<V>(V[] p) where V : struct, IReal<V> => V.Exp(p[0]) / Sum(Array.ConvertAll(p, V.Exp));

    private static V LogSumExp<V>(V[] p) where V : struct, IReal<V> => V.Log(Sum(Array.ConvertAll(p, V.Exp)));

    private static V CrossEntropy<V>(V[] p) where V : struct, IReal<V> => LogSumExp(p) - p[1];

    private static V Density<V>(V[] p) where V : struct, IReal<V> =>
        V.Exp(-0.5 * Square((p[0] - p[1]) / p[2])) / (p[2] * Math.Sqrt(2 * Math.PI));

    private static V Harmonic<V>(V[] p) where V : struct, IReal<V> => 1 / p[0] + 1 / p[1] + 1 / p[2];

    private static V Geometric<V>(V[] p) where V : struct, IReal<V> => V.Pow(p[0] * p[1] * p[2], 1.0 / 3);

    private static V Distance<V>(V[] p) where V : struct, IReal<V> => V.Sqrt(Square(p[0] - 1) + Square(p[1] + 2));

    private static V Damped<V>(V[] p) where V : struct, IReal<V> => V.Exp(-0.5 * p[0]) * V.Sin(3 * p[0]);

    private static V SelfPower<V>(V[] p) where V : struct, IReal<V> => V.Pow(p[0], p[0]);

    private static V Entropy<V>(V[] p) where V : struct, IReal<V> =>
        -p[0] * V.Log(p[0]) - (1 - p[0]) * V.Log(1 - p[0]);

    private static V Divergence<V>(V[] p) where V : struct, IReal<V> =>
        p[0] * V.Log(p[0] / p[1]) + (1 - p[0]) * V.Log((1 - p[0]) / (1 - p[1]));

    private static V LennardJones<V>(V[] p) where V : struct, IReal<V> =>
        4 * (V.Pow(1 / p[0], 12) - V.Pow(1 / p[0], 6));

    private static V Arrhenius<V>(V[] p) where V : struct, IReal<V> => p[0] * V.Exp(-p[1] / p[2]);

    private static V Sinc<V>(V[] p) where V : struct, IReal<V> => V.Sin(p[0]) / p[0];

    private static V ByExponentials<V>(V[] p) where V : struct, IReal<V> =>
        (V.Exp(p[0]) - V.Exp(-p[0])) / (V.Exp(p[0]) + V.Exp(-p[0])) * p[1];

    private static V Chain<V>(V[] p) where V : struct, IReal<V> => V.Sin(V.Cos(V.Exp(p[0])));
}
