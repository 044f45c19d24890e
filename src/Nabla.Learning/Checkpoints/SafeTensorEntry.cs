namespace Nabla.Learning.Checkpoints;

/// <summary>A tensor to be written into a safetensors file.</summary>
/// <param name="Name">Its name, unique in the file, such as <c>transformer.h.0.ln_1.weight</c>.</param>
/// <param name="Shape">Its sizes, none negative; empty for a single number.</param>
/// <param name="Data">Its numbers in row-major order, as many as the product of the sizes.</param>
public sealed record SafeTensorEntry(string Name, int[] Shape, ReadOnlyMemory<float> Data);
