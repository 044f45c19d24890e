using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Kinds;

namespace Nabla.Cli.Sheets;

internal sealed class MlpKind() : SheetKind(
    "mlp", "a network of two layers that Nabla trains first: --data xor or iris")
{
    public override int Place => 2;

    public override IReadOnlyList<string> Names => ["eta"];

    public override Workbook Build(SheetRequest request)
    {
        string name = request.Data ?? SmallNetwork.Names[0];
        (MlpData data, MlpWeights weights) = SmallNetwork.Trained(name, request.Cancellation);
        return new MlpSheet(data, weights) { LearningRate = request.Number("eta", 0.1f) }.Build();
    }
}
