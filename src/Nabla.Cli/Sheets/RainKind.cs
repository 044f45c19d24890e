using Nabla.Cli.Data;
using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Kinds;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Sheets;

internal sealed class RainKind() : SheetKind("rain", "a predictor of rain on six days: forward, backward, 100 steps")
{
    public override int Place => 1;

    public override IReadOnlyList<string> Names => ["w", "b", "x", "eta"];

    public override Workbook Build(SheetRequest request)
    {
        LabelledData days = NamedData.Of("rain").Load(DataStore.Default).Training;
        int yes = days.Classes.ToList().IndexOf("yes");
        return new RainSheet(
            days.AllInputs(), new([.. days.Labels.ToArray().Select(label => label == yes ? 1f : 0)]),
            request.Tensor("w", new([0.6f, 1, 1.3f])), request.Number("b", -1.4f))
        {
            Names = [.. days.Features.Select(name => name.Replace('_', ' '))],
            New = request.Tensor("x", new([1, 0, 1])),
            LearningRate = request.Number("eta", 1),
        }.Build();
    }
}
