using Nabla.Tensors;

namespace Nabla.Formulas.Spreadsheets.Kinds;

/// <summary>A batch for a network.</summary>
/// <param name="X">What goes in, [N, d].</param>
/// <param name="Y">What should come out, [N, k]: 0 or 1, and with several outputs a 1 in each row.</param>
public sealed record MlpData(Tensor X, Tensor Y)
{
    /// <summary>What there is to learn: <c>exclusive or</c>.</summary>
    public required string What { get; init; }

    /// <summary>The names of the inputs.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The names of the outputs.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }
}

/// <summary>The weights of a network of two layers; each row of a matrix is one neuron.</summary>
/// <param name="W1">Of the hidden layer, [h, d].</param>
/// <param name="B1">Its biases, [h].</param>
/// <param name="W2">Of the output layer, [k, h].</param>
/// <param name="B2">Its biases, [k].</param>
public sealed record MlpWeights(Tensor W1, Tensor B1, Tensor W2, Tensor B2)
{
    internal Parts<Tensor> ToParts() => new(W1, B1, W2, B2);
}

/// <summary>Something for each of the four weights of a network: their values, their cells, their gradients.</summary>
internal sealed record Parts<T>(T W1, T B1, T W2, T B2)
{
    public IEnumerable<T> All => [W1, B1, W2, B2];

    public Parts<R> Select<R>(Func<T, R> change) => new(change(W1), change(B1), change(W2), change(B2));

    public Parts<R> Zip<U, R>(Parts<U> other, Func<T, U, R> join) =>
        new(join(W1, other.W1), join(B1, other.B1), join(W2, other.W2), join(B2, other.B2));
}

/// <summary>Whether data and weights fit together.</summary>
internal static class Shapes
{
    private const int MostRows = 60, MostWidth = 40;

    public static void Check(MlpData data, MlpWeights w)
    {
        bool fits = new[] { data.X, data.Y, w.W1, w.W2 }.All(t => t.Rank == 2 && t.Count > 0 && t.Shape[1] <= MostWidth)
            && data.X.Shape[0] <= MostRows && data.Y.Shape[0] == data.X.Shape[0]
            && w.W1.Shape[1] == data.X.Shape[1] && w.W2.Shape[1] == w.W1.Shape[0] && w.W2.Shape[0] == data.Y.Shape[1]
            && w.B1.Shape == [w.W1.Shape[0]] && w.B2.Shape == [w.W2.Shape[0]]
            && data.Inputs.Count == data.X.Shape[1] && data.Outputs.Count == data.Y.Shape[1];
        if (!fits)
            throw new FormulaException(
                "a network takes X [N, d], Y [N, k], W₁ [h, d], b₁ [h], W₂ [k, h], b₂ [k] and their names, N up to "
                + $"{MostRows} and widths up to {MostWidth}; these are {data.X.Shape}, {data.Y.Shape}, {w.W1.Shape}, "
                + $"{w.B1.Shape}, {w.W2.Shape} and {w.B2.Shape}.");
    }
}
