using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Kinds;

namespace Nabla.Cli.Sheets;

internal sealed class NeuronKind() : SheetKind("neuron", "one neuron: forward, backward, a step of training")
{
    public override int Place => 0;

    public override IReadOnlyList<string> Names => ["x", "w", "b", "y", "eta"];

    public override Workbook Build(SheetRequest request) => new NeuronSheet(
        request.Tensor("x", new([1, 2, 3])), request.Tensor("w", new([0.5f, -0.3f, 0.8f])), request.Number("b", 0.1f))
    {
        Target = request.Number("y", 0),
        LearningRate = request.Number("eta", 1),
    }.Build();
}
