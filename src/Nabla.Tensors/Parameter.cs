using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <summary>
/// A tensor that training changes: the leaf of every derivative. <see cref="Gradient"/> holds dL/dθ after
/// <c>loss.Backward()</c>, and optimizers write <see cref="Values"/>.
/// </summary>
public sealed class Parameter : Tensor
{
    private Tensor? gradientTensor;

    /// <summary>
    /// A parameter that starts with a copy of these values. One that is not trainable has no gradient: it is kept and
    /// stored with the others, and something else than an optimizer changes it, such as running means.
    /// </summary>
    public Parameter(Tensor initial, bool trainable = true) : this(initial.Shape, trainable) =>
        initial.CopyTo(Values);

    /// <summary>
    /// A parameter that starts at 0; a large one is filled through <see cref="Values"/> without a copy.
    /// </summary>
    public Parameter(Shape shape, bool trainable = true)
        : base(shape, TensorBuffer.AllocateLasting(shape.ElementCount))
    {
        Buffer.BelongsToParameter = true;
        Values.Clear();
        RequiresGradient = trainable;
    }

    /// <summary>
    /// The values, writable, row-major. Change them between steps only: a recorded graph reads them again.
    /// </summary>
    public Span<float> Values => Buffer.Span;

    /// <summary>
    /// dL/dθ summed over all backward passes since <see cref="ClearGradient"/>; null before the first.
    /// </summary>
    public Tensor? Gradient => HasGradient ? gradientTensor : null;

    /// <summary>
    /// The gradient's numbers, writable, for clipping and accumulation. Empty when there is no gradient.
    /// </summary>
    public Span<float> GradientValues => HasGradient ? gradientTensor!.Buffer.Span : [];

    /// <summary>As <see cref="Values"/>, for work that goes on over many parameters at once.</summary>
    public Memory<float> ValuesMemory => Buffer.Memory;

    /// <summary>As <see cref="GradientValues"/>, for work that goes on over many parameters at once.</summary>
    public Memory<float> GradientMemory => HasGradient ? gradientTensor!.Buffer.Memory : default;

    internal bool HasGradient { get; private set; }

    /// <summary>Forgets the gradient; its buffer stays for the next pass.</summary>
    public void ClearGradient() => HasGradient = false;

    /// <summary>
    /// Where the next contribution to the gradient goes: written if it is the first, added otherwise.
    /// </summary>
    internal GradientSlot Slot()
    {
        gradientTensor ??= new Tensor(Shape, TensorBuffer.AllocateLasting(Count));
        bool accumulate = HasGradient;
        HasGradient = true;
        return new GradientSlot(gradientTensor.Buffer.Span, accumulate);
    }
}
