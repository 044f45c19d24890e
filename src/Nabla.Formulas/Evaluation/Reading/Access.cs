using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>One or several elements of something bound: y_{i,c}, p(x), W_{1j}.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Table">Its numbers.</param>
/// <param name="Indices">The dimensions that are indexed, and by what.</param>
internal sealed record Access(
    string Name, Shape Shape, Func<Quantity> Table, IReadOnlyList<(int Dimension, Expression Index)> Indices);
