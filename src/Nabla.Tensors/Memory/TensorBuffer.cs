using System.Runtime.InteropServices;

namespace Nabla.Tensors.Memory;

/// <summary>
/// The numbers behind one or more tensors. Where they are used again and again, in a scope or for a parameter, the
/// array is pinned and the first number lies on a 64-byte boundary, so that a SIMD load never straddles two cache
/// lines; other arrays are left where the garbage collector wants them. A buffer that was given back to the pool
/// refuses further use.
/// </summary>
internal sealed class TensorBuffer
{
    private const int Alignment = 16; // floats in a cache line

    private readonly byte start; // below Alignment
    private float[]? array;
    private GiveBackReason reason;

    private TensorBuffer(float[] array, int start, int length)
    {
        this.array = array;
        this.start = (byte)start;
        Length = length;
    }

    public int Length { get; }

    /// <summary>The scope that will take the buffer back; null if none will, or it has been taken back.</summary>
    public TensorScope? Scope { get; set; }

    /// <summary>Its place in the scope's list.</summary>
    public int Index { get; set; }

    /// <summary>Ops of the backward pass under way that will still read these numbers.</summary>
    public int Reads { get; set; }

    /// <summary>
    /// Tensors that hold this buffer as a gradient in the backward pass under way. The last one may write to it.
    /// </summary>
    public int Holders { get; set; }

    /// <summary>Whether a backward pass allocated it, as a gradient or on the way to one.</summary>
    public bool IsOfPass { get; private init; }

    /// <summary>Whether an op keeps it for its backward pass.</summary>
    public bool IsSaved { get; set; }

    /// <summary>The next of the buffers that the same op keeps.</summary>
    public TensorBuffer? NextSaved { get; set; }

    /// <summary>Whether somebody asked to keep it, so that only its scope's end may take it back.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether training writes to these numbers.</summary>
    public bool BelongsToParameter { get; set; }

    /// <summary>Whether the buffer was given back to the pool.</summary>
    public bool WasGivenBack => array is null;

    public Span<float> Span => array is null ? throw GivenBack() : array.AsSpan(start, Length);

    public Memory<float> Memory => array is null ? throw GivenBack() : array.AsMemory(start, Length);

    /// <summary>
    /// A buffer of the current scope, or a plain garbage-collected one; its numbers are not initialised.
    /// </summary>
    public static TensorBuffer Allocate(int length)
    {
        bool ofPass = TensorScope.Differentiating;
        if (TensorScope.Current is not { } scope)
            return new TensorBuffer(GC.AllocateUninitializedArray<float>(length), 0, length) { IsOfPass = ofPass };
        float[] rented = BufferPool.Rent(length + Alignment);
        var buffer = new TensorBuffer(rented, AlignedStart(rented), length) { IsOfPass = ofPass };
        scope.Register(buffer);
        return buffer;
    }

    /// <summary>
    /// A buffer that lives long and that no scope takes back: for parameters, their gradients and caches.
    /// </summary>
    public static TensorBuffer AllocateLasting(int length)
    {
        float[] pinned = GC.AllocateUninitializedArray<float>(length + Alignment, pinned: true);
        return new TensorBuffer(pinned, AlignedStart(pinned), length);
    }

    /// <summary>Gives the array back to the pool; called by the scope, which forgets the buffer.</summary>
    public void GiveBack(GiveBackReason why)
    {
        if (array is not null)
            BufferPool.Return(array);
        (array, reason, Scope) = (null, why, null);
    }

    /// <summary>Leaves the array to the garbage collector; called by the buffer's last scope.</summary>
    public void LeavePool() => BufferPool.LetGo(array!);

    /// <summary>
    /// The same memory as a gradient of the pass under way; this buffer counts as given back from here on.
    /// </summary>
    public TensorBuffer TakeOver()
    {
        var taken = new TensorBuffer(array!, start, Length) { IsOfPass = true };
        (array, reason) = (null, GiveBackReason.Backward);
        Scope!.Replace(this, taken);
        return taken;
    }

    /// <summary>Why the numbers are no longer there, in two words.</summary>
    public string WhyGone => reason == GiveBackReason.ScopeEnded ? "scope ended" : "given back";

    /// <summary>What to tell somebody who reads numbers that are no longer there.</summary>
    public InvalidOperationException GivenBack() => new(reason switch
    {
        GiveBackReason.Backward when IsSaved =>
            "Backward was called a second time on a part of a graph, and the first call gave back what an op had " +
            "saved for it. Pass retainGraph: true to all calls but the last.",
        GiveBackReason.Backward =>
            "Backward gave this tensor's buffer back: inside a TensorScope, results on the way to the loss are not " +
            "kept once they were used. Read it before Backward, call scope.Keep(tensor) before, " +
            "or pass retainGraph: true.",
        GiveBackReason.OpApplied =>
            "An op allocated this tensor in Forward, and it was given back when the op had been applied. " +
            "What Backward needs of it, Forward keeps with Save(tensor).",
        _ =>
            "This tensor's TensorScope has ended and its buffer was reused. " +
            "Call scope.Keep(tensor) before the scope ends, or copy what you need with ToArray().",
    });

    private static int AlignedStart(float[] pinned)
    {
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return (int)((-(address >> 2)) & (Alignment - 1));
    }
}
