using Nabla.Tensors.Ops;

namespace Nabla.Tensors;

/// <summary>
/// A forward pass of derivatives under way: forward-mode differentiation (Wengert 1964). Ops are visited in the order
/// in which they were applied; each computes from its inputs' derivatives in a direction that of its result, with
/// recorded operations. A backward pass through those gives second derivatives (Pearlmutter 1994).
/// </summary>
public sealed class Tangents
{
    private readonly Dictionary<Tensor, Tensor?> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins with the direction of each variable; whatever else a result depends on is constant.</summary>
    internal Tangents(ReadOnlySpan<Tensor> variables, ReadOnlySpan<Tensor> directions)
    {
        for (int i = 0; i < variables.Length; i++)
            known[variables[i]] = directions[i];
    }

    /// <summary>The tangent of an input of the op that is visited, of the input's shape.</summary>
    public Tensor this[Tensor input] => Of(input) ?? Tensor.Zeros(input.Shape);

    /// <summary>The tangent of an input of the op that is visited; null where it is 0.</summary>
    public Tensor? Of(Tensor input) => known.GetValueOrDefault(input);

    /// <summary>For an op that is linear in all its inputs together: the op itself on their tangents.</summary>
    public Tensor Linear(Op op) => op.WithInputs([.. op.Inputs.Select(input => this[input])]).Apply();

    /// <summary>
    /// For an op that is linear in each of its inputs: Σ_k op(x₁, …, ẋ_k, …), the product rule.
    /// </summary>
    public Tensor? Multilinear(Op op)
    {
        Tensor? sum = null;
        for (int k = 0; k < op.Inputs.Count; k++)
            if (Of(op.Inputs[k]) is { } direction)
                sum = Sum(sum, op.WithInputs([.. op.Inputs.Select((x, i) => i == k ? direction : x)]).Apply());
        return sum;
    }

    /// <summary>a + b, where null stands for zeros.</summary>
    public static Tensor? Sum(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a + b;

    /// <summary>
    /// The tangent of y through all recorded ops from the variables, or from the inputs of the op that is visited, on;
    /// null if it is 0. An op that is a composition of others computes itself anew by them and answers this.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing is recorded here.</exception>
    public Tensor? Through(Tensor y)
    {
        if (!TensorScope.Recording)
            throw new InvalidOperationException(
                "Tangents: directions are pushed through recorded operations, but none are recorded in " +
                "TensorScope.Inference() or during Backward.");
        foreach (Tensor node in Collect(y))
            known[node] = Visit(node, node.Creator!);
        return Of(y);
    }

    private Tensor? Visit(Tensor y, Op op)
    {
        bool any = op.HidesInputs;
        foreach (Tensor input in op.InputSpan)
            any |= Of(input) is not null;
        Tensor? tangent = any ? op.Tangent(y, this) : null;
        return tangent is null || tangent.Shape == y.Shape ? tangent : throw new InvalidOperationException(
            $"{op.Name}: a tangent of shape {tangent.Shape} for a result of shape {y.Shape}: " +
            "a fault in the op's Tangent.");
    }

    /// <summary>The recorded tensors that y depends on and whose tangents are not known, first applied first.</summary>
    private List<Tensor> Collect(Tensor y)
    {
        var nodes = new List<Tensor>();
        var found = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        Add(y);
        for (int next = 0; next < nodes.Count; next++)
            foreach (Tensor input in nodes[next].Creator!.InputSpan)
                Add(input);
        nodes.Sort(static (a, b) => a.Creator!.Sequence.CompareTo(b.Creator!.Sequence));
        return nodes;

        void Add(Tensor tensor)
        {
            if (tensor.Creator is not null && !known.ContainsKey(tensor) && found.Add(tensor))
                nodes.Add(tensor);
        }
    }
}
