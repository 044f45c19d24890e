using Nabla.Tensors;

namespace Nabla.Learning;

/// <summary>A parameter and where it stands in its module.</summary>
/// <param name="Path">The property path, such as <c>Blocks.0.Attention.Query.Weight</c>.</param>
/// <param name="StoredName">Its name in weight files.</param>
/// <param name="StoredTransposed">Whether weight files hold the transposed matrix.</param>
/// <param name="Parameter">The parameter.</param>
public sealed record NamedParameter(string Path, string StoredName, bool StoredTransposed, Parameter Parameter);
