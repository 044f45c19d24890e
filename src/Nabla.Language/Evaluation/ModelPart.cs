namespace Nabla.Language.Evaluation;

/// <summary>A part of a model and its size.</summary>
/// <param name="Name">The path of its property, without the numbers of blocks: <c>Blocks.Attention</c>.</param>
/// <param name="Parameters">Trainable numbers.</param>
public sealed record ModelPart(string Name, long Parameters);
