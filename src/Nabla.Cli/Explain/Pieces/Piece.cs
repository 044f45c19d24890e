using Nabla.Tensors;

namespace Nabla.Cli.Explain.Pieces;

/// <summary>An op, layer, loss, optimizer or schedule of Nabla that states what it computes.</summary>
/// <param name="Name">Its name: <c>Softmax</c>.</param>
/// <param name="Kind">What it is: <c>operation</c>, <c>loss</c>.</param>
/// <param name="Formula">What it computes.</param>
internal sealed record Piece(string Name, string Kind, string Formula)
{
    /// <summary>The word that its declaration in the source begins with: <c>SoftmaxOp</c>, <c>Silu</c>.</summary>
    public string Declared { get; init; } = Name;

    /// <summary>The operation on small inputs, not yet applied; null for what is no operation.</summary>
    public Op? Sample { get; init; }
}
