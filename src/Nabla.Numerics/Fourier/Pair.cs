using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Fourier;

/// <summary>Complex numbers as their real and imaginary parts.</summary>
internal readonly struct Pair<TPart, T>(TPart re, TPart im)
    where TPart : struct, IPart<TPart, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly TPart Re = re, Im = im;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TPart, T> operator +(Pair<TPart, T> a, Pair<TPart, T> b) => new(a.Re + b.Re, a.Im + b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TPart, T> operator -(Pair<TPart, T> a, Pair<TPart, T> b) => new(a.Re - b.Re, a.Im - b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TPart, T> operator *(Pair<TPart, T> a, Pair<TPart, T> b) =>
        new(a.Re * b.Re - a.Im * b.Im, a.Re * b.Im + a.Im * b.Re);

    /// <summary>Times a real number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<TPart, T> Times(T factor) => new(Re * TPart.All(factor), Im * TPart.All(factor));

    /// <summary>Plus i times <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<TPart, T> PlusI(Pair<TPart, T> b) => new(Re - b.Im, Im + b.Re);

    /// <summary>Minus i times <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<TPart, T> MinusI(Pair<TPart, T> b) => new(Re + b.Im, Im - b.Re);
}
