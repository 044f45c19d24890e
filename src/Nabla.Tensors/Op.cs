using Nabla.Numerics;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Diagnostics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors;

/// <summary>
/// One operation on tensors and, once applied, its node in the graph. A subclass's fields are exactly what its backward
/// pass needs; each tensor among them is an input, <see cref="ReadsConstant"/>, or kept with <see cref="Save"/>:
/// the numbers of any other may be gone when <see cref="Backward"/> runs. An op owns its kernel calls, its formula as
/// text, and a plain reference in any number type, from which tests take both the expected values and, through dual
/// numbers, the expected derivatives.
/// </summary>
public abstract class Op
{
    private static long nextSequence;
    private readonly Tensor? onlyInput; // most ops have one: it needs no array
    private readonly Tensor[]? inputs;

    /// <summary>An operation that is about to be applied to this tensor.</summary>
    protected Op(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        onlyInput = input;
    }

    /// <summary>An operation that is about to be applied to these tensors.</summary>
    protected Op(params Tensor[] inputs)
    {
        foreach (Tensor input in inputs)
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
        this.inputs = inputs;
    }

    /// <summary>What the operation is applied to.</summary>
    public IReadOnlyList<Tensor> Inputs => inputs ?? [onlyInput!];

    /// <summary>The formula, in the notation of papers.</summary>
    public abstract string Formula { get; }

    /// <summary>The name in error messages and tables.</summary>
    public virtual string Name => NameOf(GetType());

    /// <summary>
    /// Whether <see cref="Backward"/> takes dy as a strided view; otherwise it is made contiguous before.
    /// </summary>
    protected internal virtual bool ReadsViews => false;

    /// <summary>
    /// Whether <see cref="Backward"/> reads the numbers of the inputs. If it does not, they are given back sooner.
    /// </summary>
    protected internal virtual bool ReadsInputs => true;

    /// <summary>
    /// Whether <see cref="Backward"/> reads the numbers of y. If it does not, they are given back sooner.
    /// </summary>
    protected internal virtual bool ReadsResult => true;

    /// <summary>
    /// A constant that <see cref="Backward"/> reads although it is none of the inputs, such as a mask.
    /// </summary>
    protected internal virtual Tensor? ReadsConstant => null;

    /// <summary>When the op was applied: a tensor's op always comes after those of the op's inputs.</summary>
    internal long Sequence { get; private set; }

    /// <summary>The largest <see cref="Sequence"/> so far.</summary>
    internal static long LatestSequence => Interlocked.Read(ref nextSequence);

    /// <summary>The first of the buffers that <see cref="Save"/> keeps.</summary>
    internal TensorBuffer? Saved { get; private set; }

    /// <summary>Runs the operation and records it if a derivative may be asked for.</summary>
    public Tensor Apply()
    {
        TensorScope? scope = TensorScope.Current;
        int mark = scope?.Mark ?? 0;
        Tensor y = Forward();
        OpObserver.Watching? watch = OpObserver.Current;
        bool recorded = TensorScope.Recording && AnyInputRequiresGradient();
        if (scope is not null)
            GiveTemporariesBack(scope, mark, y.Buffer, recorded);
        if (recorded)
        {
            Sequence = Interlocked.Increment(ref nextSequence);
            if (y.Creator is not null || InputSpan.Contains(y)) // another op's result: a view of it is ours
                y = new Tensor(y.Shape, y.Buffer, y.Strides, y.Offset);
            y.Record(this);
        }
        watch?.Applied(this, y);
        return y;
    }

    /// <summary>The same operation, with the same attributes, on other tensors.</summary>
    public abstract Op WithInputs(params Tensor[] inputs);

    /// <summary>
    /// What the names in <see cref="Formula"/> stand for, for each line, matrix or image to which it is applied. By
    /// default it is applied to each element: the name of the only input is x, of two a and b, of more a, b, c.
    /// </summary>
    /// <param name="result">The shape of the result.</param>
    public virtual IEnumerable<FormulaInstance> FormulaInstances(Shape result) => FormulaPieces.Of(
        new("y", result), [.. Inputs.Select((input, k) =>
            new FormulaPieces.Seen(Inputs.Count == 1 ? "x" : ((char)('a' + k)).ToString(), input.Shape))]);

    /// <summary>
    /// The operation as its formula says, without regard to speed, in any number type: on <see cref="Real64"/> the
    /// expected result, on <see cref="Dual{V}"/> its exact derivative.
    /// </summary>
    public abstract NdArray<V> Reference<V>(params NdArray<V>[] inputs) where V : struct, IReal<V>;

    /// <summary>
    /// Computes the result. Inputs may be strided views. Other tensors that it allocates are given back afterwards,
    /// except those it keeps for <see cref="Backward"/> with <see cref="Save"/>.
    /// </summary>
    protected abstract Tensor Forward();

    /// <summary>
    /// Adds this operation's part to the gradients of its inputs, given the result <paramref name="y"/> and
    /// <paramref name="dy"/> = dL/dy, which is contiguous unless the op <see cref="ReadsViews"/>.
    /// </summary>
    protected internal abstract void Backward(Tensor y, Tensor dy, Gradients gradients);

    /// <summary>
    /// The derivative of the result <paramref name="y"/> in a direction, given those of the inputs: forward-mode
    /// differentiation. It is computed with recorded operations, so that it can be differentiated in its turn: that is
    /// where second derivatives come from. Null stands for zeros. The direction of at least one input is not 0.
    /// </summary>
    /// <remarks>
    /// An op that is linear in its inputs answers <see cref="Tangents.Linear"/>, a product
    /// <see cref="Tangents.Multilinear"/>, a composition of others <see cref="Tangents.Through"/>. Statistics that
    /// Forward saved are constants here: what depends on the inputs is computed anew.
    /// </remarks>
    protected internal abstract Tensor? Tangent(Tensor y, Tangents tangents);

    /// <summary>
    /// Whether the result may depend on tensors that are none of the inputs, because a function that is applied inside
    /// uses parameters of its own.
    /// </summary>
    internal virtual bool HidesInputs => false;

    /// <summary>
    /// As <see cref="Apply"/>, but recorded although no input requires a gradient: the result is a variable to
    /// differentiate by.
    /// </summary>
    internal Tensor ApplyAsVariable()
    {
        Tensor y = Forward();
        Sequence = Interlocked.Increment(ref nextSequence);
        y.Record(this);
        return y;
    }

    /// <summary>
    /// Where the gradient of <paramref name="view"/>, a view of the result of this op, lies within that of a tensor of
    /// which this op's result is a part; null if it is none, or if something has been written there. The caller then
    /// writes all of it.
    /// </summary>
    internal virtual Tensor? TakePlace(Tensor view, Gradients gradients) => null;

    /// <summary>Keeps a tensor that <see cref="Forward"/> has allocated until <see cref="Backward"/> has run.</summary>
    protected static Tensor Save(Tensor tensor)
    {
        tensor.Buffer.IsSaved = true;
        return tensor;
    }

    /// <summary>
    /// Keeps a copy of token ids, classes or a mask until <see cref="Backward"/> has run: for constructors, which are
    /// given them.
    /// </summary>
    private protected SavedNumbers<T> Save<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        var copy = new SavedNumbers<T>(numbers);
        copy.Buffer.IsSaved = true;
        (copy.Buffer.NextSaved, Saved) = (Saved, copy.Buffer);
        return copy;
    }

    /// <summary>
    /// Room for numbers that <see cref="Forward"/> finds and <see cref="Backward"/> reads, as <see cref="Save"/> keeps
    /// a tensor.
    /// </summary>
    private protected static SavedNumbers<T> Save<T>(int count) where T : unmanaged
    {
        var numbers = new SavedNumbers<T>(count);
        numbers.Buffer.IsSaved = true;
        return numbers;
    }

    /// <summary>The name of an op from that of its class, which ends in Op.</summary>
    private protected static string NameOf(Type type) =>
        type.Name.EndsWith("Op", StringComparison.Ordinal) ? type.Name[..^"Op".Length] : type.Name;

    private void GiveTemporariesBack(TensorScope scope, int mark, TensorBuffer result, bool recorded)
    {
        for (int i = scope.Mark - 1; i >= mark; i--)
            if (scope.At(i) is { } buffer && buffer != result)
                if (recorded && buffer.IsSaved)
                    (buffer.NextSaved, Saved) = (Saved, buffer);
                else
                    scope.GiveBack(buffer, GiveBackReason.OpApplied);
    }

    private bool AnyInputRequiresGradient()
    {
        foreach (Tensor input in InputSpan)
            if (input.RequiresGradient)
                return true;
        return false;
    }

    internal ReadOnlySpan<Tensor> InputSpan => inputs ?? new ReadOnlySpan<Tensor>(in onlyInput!);
}
