using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Fourier;

/// <summary>
/// One or several numbers that the transform treats alike. Its body is written once over this type: with
/// <see cref="Wide{T}"/> each step does the work of a whole register, with <see cref="One{T}"/> what is left over.
/// </summary>
internal interface IPart<TSelf, T>
    where TSelf : struct, IPart<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    static abstract TSelf Load(ref T from, nint offset);

    static abstract TSelf All(T value);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    void Store(ref T to, nint offset);
}

/// <summary>One number.</summary>
internal readonly struct One<T>(T value) : IPart<One<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Load(ref T from, nint offset) => new(Unsafe.Add(ref from, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> All(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator +(One<T> a, One<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator -(One<T> a, One<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> operator *(One<T> a, One<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to, nint offset) => Unsafe.Add(ref to, offset) = value;
}

/// <summary>As many numbers as a register of the processor holds.</summary>
internal readonly struct Wide<T>(Vector<T> value) : IPart<Wide<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector<T> value = value;

    public static int Count => Vector<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> Load(ref T from, nint offset) => new(Vector.LoadUnsafe(ref from, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> All(T value) => new(new Vector<T>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator +(Wide<T> a, Wide<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator -(Wide<T> a, Wide<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide<T> operator *(Wide<T> a, Wide<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to, nint offset) => value.StoreUnsafe(ref to, (nuint)offset);
}
