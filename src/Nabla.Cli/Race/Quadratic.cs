using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Race;

/// <summary>½(u² + 100v²), u and v the axes turned by 30°: a long ditch, a hundred times as steep across.</summary>
internal sealed class Quadratic()
    : PlaneProblem("quadratic", "A quadratic, ½(u² + 100v²), turned by 30°", (-2.5f, 0.5f))
{
    private const float Cos = 0.8660254f, Sin = 0.5f, Half = 0.70710678f;

    public override int Place => 2;

    public override Surface Surface => new(
        (x, y) => (Math.Pow(Cos * x + Sin * y, 2) + 100 * Math.Pow(Cos * y - Sin * x, 2)) / 2,
        (0, 0), (-3, 2), (-2, 2));

    protected override Tensor Residuals(Tensor x, Tensor y) =>
        Tensor.Concat(1, [(x * Cos + y * Sin) * Half, (y * Cos - x * Sin) * (10 * Half)]);
}
