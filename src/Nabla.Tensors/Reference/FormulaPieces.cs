using Nabla.Numerics.Lanes;

namespace Nabla.Tensors.Reference;

/// <summary>
/// Cuts tensors into the pieces that a formula is about. Each tensor names the dimensions that the formula sees; over
/// the others it is used again and again, with broadcasting.
/// </summary>
public static class FormulaPieces
{
    /// <summary>A tensor, its name in the formula, and the dimensions that the formula sees.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Shape">The shape of the whole tensor.</param>
    /// <param name="Dims">The dimensions that the formula sees, in its order; negative ones count from the end.</param>
    public readonly record struct Seen(string Name, Shape Shape, params int[] Dims);

    /// <summary>Every use of a formula.</summary>
    /// <param name="result">The result; its dimensions that the formula does not see say how often it is used.</param>
    /// <param name="inputs">The inputs in the op's order.</param>
    public static IEnumerable<FormulaInstance> Of(Seen result, params Seen[] inputs)
    {
        int[] outer = Outer(result);
        Shape uses = [.. outer.Select(d => result.Shape[d])];
        foreach (int[] use in NdArray<Real64>.Indices(uses))
            yield return new(Part(result, -1, use), [.. inputs.Select((input, k) => Part(input, k, use))]);
    }

    /// <summary>All of a tensor.</summary>
    public static FormulaPart Whole(string name, int input, Shape shape) =>
        new(name, input, shape, [.. Enumerable.Range(0, shape.ElementCount)]);

    /// <summary>The place of an index in the row-major numbers of a shape.</summary>
    public static int PlaceOf(Shape shape, int[] index) => index.Zip(Strides(shape), (i, stride) => i * stride).Sum();

    private static FormulaPart Part(Seen tensor, int input, int[] use)
    {
        int[] dims = [.. tensor.Dims.Select(d => d < 0 ? d + tensor.Shape.Rank : d)], outer = Outer(tensor);
        Shape inner = [.. dims.Select(d => tensor.Shape[d])];
        int[] strides = Strides(tensor.Shape);
        int start = 0;
        for (int k = 1; k <= outer.Length; k++) // outer dimensions are aligned at the end, as broadcasting does
            start += tensor.Shape[outer[^k]] == 1 ? 0 : use[^k] * strides[outer[^k]];
        return new(tensor.Name, input, inner,
            [.. NdArray<Real64>.Indices(inner)
                .Select(index => start + index.Zip(dims, (i, d) => i * strides[d]).Sum())]);
    }

    private static int[] Outer(Seen tensor) => [.. Enumerable.Range(0, tensor.Shape.Rank)
        .Where(d => !tensor.Dims.Contains(d) && !tensor.Dims.Contains(d - tensor.Shape.Rank))];

    private static int[] Strides(Shape shape)
    {
        var strides = new int[shape.Rank];
        int stride = 1;
        for (int d = shape.Rank - 1; d >= 0; stride *= shape[d--])
            strides[d] = stride;
        return strides;
    }
}
