using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>
/// The numbers of a tensor as a spreadsheet has them, in double precision. Of a tensor whose history is recorded (one
/// that depends on a <see cref="Parameter"/>) they are computed by the references of its ops, so that the roundings of
/// float32 do not add up through the layers of a model.
/// </summary>
internal static class Precise
{
    private static readonly ConditionalWeakTable<Tensor, NdArray<Real64>> Known = [];

    /// <summary>The numbers in row-major order.</summary>
    public static double[] Values(Tensor tensor) => tensor.Creator is null
        ? [.. tensor.ToArray().Select(CellValue.AsTyped)]
        : [.. Reference(tensor).Values.Select(value => value.Value)];

    private static NdArray<Real64> Reference(Tensor tensor)
    {
        if (Known.TryGetValue(tensor, out NdArray<Real64>? known))
            return known;
        NdArray<Real64> computed = tensor.Creator is { } op
            ? op.Reference([.. op.Inputs.Select(Reference)]) : NdArray<Real64>.From(tensor);
        Known.AddOrUpdate(tensor, computed);
        return computed;
    }
}
