using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Race;

/// <summary>(1 − x)² + 100(y − x²)²: a narrow, bent valley. Rosenbrock 1960.</summary>
internal sealed class Rosenbrock()
    : PlaneProblem("rosenbrock", "Rosenbrock's valley, (1 − x)² + 100(y − x²)²", (-1.2f, 1))
{
    public override int Place => 0;

    public override Surface Surface => new(
        (x, y) => Math.Pow(1 - x, 2) + 100 * Math.Pow(y - x * x, 2), (1, 1), (-2, 2), (-1, 3));

    protected override Tensor Residuals(Tensor x, Tensor y) => Tensor.Concat(1, [1 - x, (y - x.Square()) * 10]);
}
