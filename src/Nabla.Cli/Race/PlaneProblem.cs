using Nabla.Learning;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Race;

/// <summary>
/// The sum of the squares of some residuals of two unknowns, which stand in one row [1, 2], so that what is made for
/// matrices (Muon) is not left out.
/// </summary>
internal abstract class PlaneProblem(string name, string title, (float X, float Y) start) : RaceProblem(name, title)
{
    public override double Tolerance => 1e-6;

    public override RaceTrack Begin(long seed)
    {
        var point = new ParameterList(new Parameter(new Tensor([start.X, start.Y], [1, 2])));
        return new RaceTrack(point, () => Residuals().Square().Sum()) { Scores = Residuals };

        Tensor Residuals() => this.Residuals(point[0].Slice(1, 0, 1), point[0].Slice(1, 1, 1));
    }

    /// <summary>The residuals at x and y, both [1, 1], as [1, k].</summary>
    protected abstract Tensor Residuals(Tensor x, Tensor y);
}
