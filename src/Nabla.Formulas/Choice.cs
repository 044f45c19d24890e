using Nabla.Formulas.Trees;

namespace Nabla.Formulas;

/// <summary>A place that can be read in more than one way, and how it was read.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="Taken">How it was read, and why: <c>"f(x): f applied to x, because …"</c>.</param>
/// <param name="Instead">The other reading.</param>
public sealed record Choice(SourceSpan Source, string Taken, string Instead);
