using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Race;

/// <summary>
/// (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²: a plain with steep walls. Beale 1958.
/// </summary>
internal sealed class Beale()
    : PlaneProblem("beale", "Beale's function, Σ (cᵢ − x(1 − yⁱ))², c = 1.5, 2.25, 2.625", (1, 1))
{
    public override int Place => 1;

    public override Surface Surface => new(
        (x, y) => Math.Pow(1.5 - x + x * y, 2) + Math.Pow(2.25 - x + x * y * y, 2)
            + Math.Pow(2.625 - x + x * y * y * y, 2), (3, 0.5), (-0.5, 4), (-1, 1.5));

    protected override Tensor Residuals(Tensor x, Tensor y)
    {
        Tensor square = y.Square();
        return Tensor.Concat(1, [1.5f - x * (1 - y), 2.25f - x * (1 - square), 2.625f - x * (1 - square * y)]);
    }
}
