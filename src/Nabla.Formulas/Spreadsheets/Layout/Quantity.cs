using Nabla.Tensors;

namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>Cells, and what the tensor engine has computed for them.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="Values">The tensor.</param>
internal sealed record Quantity(Block Cells, Tensor Values);
