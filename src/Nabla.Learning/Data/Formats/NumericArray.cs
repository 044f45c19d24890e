using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Tensors;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// Numbers of one type in a shape, in row-major order: what an IDX or NPY file holds. It keeps them as they are (a
/// byte of an image takes one byte); <see cref="ToTensor"/> makes a tensor of them.
/// </summary>
/// <example><code>
/// NumericArray a = NumericArray.Of(new byte[] { 1, 2, 3, 4 }, 2, 2);
/// a.ToTensor().Shape.Rank;      // = 2
/// a.ToTensor()[1, 0];           // = 3
/// </code></example>
public sealed class NumericArray
{
    /// <summary>What a <see cref="Tensors.Shape"/> has at most.</summary>
    internal const int MostDimensions = 64;

    private readonly Array values;

    private NumericArray(Array values, ElementType type, Shape shape)
    {
        if (values.Length != shape.ElementCount)
            throw new ArgumentException(
                $"NumericArray: {values.Length} numbers do not fill shape {shape}, which has {shape.ElementCount}.");
        (this.values, Type, Shape) = (values, type, shape);
    }

    /// <summary>The kind of its numbers.</summary>
    public ElementType Type { get; }

    /// <summary>The sizes, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count => values.Length;

    /// <summary>An array of these numbers, which are not copied.</summary>
    /// <typeparam name="T">bool, an integer of 8 to 64 bits, Half, float or double.</typeparam>
    /// <exception cref="ArgumentException">The numbers do not fill the shape, or files hold no such type.</exception>
    public static NumericArray Of<T>(T[] values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        ElementType type = ElementTypes.Of(values);
        Array kept = type == ElementType.Bool ? MemoryMarshal.AsBytes(values.AsSpan()).ToArray() : values;
        return new NumericArray(kept, type, Shape.Create(shape));
    }

    /// <summary>An array of a tensor's numbers.</summary>
    public static NumericArray Of(Tensor tensor) => new(tensor.ToArray(), ElementType.F32, tensor.Shape);

    /// <summary>The numbers as they are kept, row-major; truth values are bytes, 0 or 1.</summary>
    /// <exception cref="InvalidOperationException">They are of another type.</exception>
    public ReadOnlySpan<T> AsSpan<T>() where T : unmanaged => ElementTypes.Is<T>(values)
        ? (T[])values
        : throw new InvalidOperationException(
            $"NumericArray: the numbers are {Type} and not {typeof(T).Name}; use ToFloats(), ToDoubles() or "
            + "ToIntegers().");

    /// <summary>The numbers in single precision; integers beyond 2²⁴ and doubles are rounded.</summary>
    /// <exception cref="OverflowException">A finite number is larger than a float can be.</exception>
    public float[] ToFloats()
    {
        float[] result = Convert<float>(static x => x, static x => (float)x);
        if (Type == ElementType.F64)
            for (int i = 0; i < result.Length; i++)
                if (float.IsInfinity(result[i]) && double.IsFinite(AsSpan<double>()[i]))
                    throw new OverflowException(
                        $"NumericArray: number {i} is {AsSpan<double>()[i]}; a float holds at most ±3.4e38. "
                        + "Scale the numbers first.");
        return result;
    }

    /// <summary>The numbers in double precision; integers beyond 2⁵³ are rounded.</summary>
    public double[] ToDoubles() => Convert<double>(static x => x, static x => x);

    /// <summary>The numbers as integers, such as labels.</summary>
    /// <exception cref="OverflowException">One is no whole number, or is outside −2³¹ … 2³¹ − 1.</exception>
    public int[] ToIntegers()
    {
        double[] wide = ToDoubles(); // exact for everything that fits
        var result = new int[wide.Length];
        for (int i = 0; i < wide.Length; i++)
            result[i] = wide[i] is >= int.MinValue and <= int.MaxValue && wide[i] == Math.Truncate(wide[i])
                ? (int)wide[i]
                : throw new OverflowException(
                    $"NumericArray: number {i} is {wide[i]}; whole numbers from −2³¹ to 2³¹ − 1 are needed.");
        return result;
    }

    /// <summary>A tensor of the same shape, with the numbers of <see cref="ToFloats"/>.</summary>
    /// <exception cref="OverflowException">A finite number is larger than a float can be.</exception>
    public Tensor ToTensor() => Type == ElementType.F32
        ? new Tensor(AsSpan<float>(), Shape)
        : new Tensor(ToFloats(), Shape);

    /// <summary>The kind and the shape: <c>U8 [60000, 28, 28]</c>.</summary>
    public override string ToString() => $"{Type} {Shape}";

    /// <summary>An array that a reader has filled.</summary>
    internal static NumericArray Filled(Array values, ElementType type, Shape shape) => new(values, type, shape);

    /// <summary>The bytes of the numbers, in this machine's order.</summary>
    internal ReadOnlySpan<byte> AsBytes() => Bytes(values);

    /// <summary>The bytes of an array that <see cref="ElementTypes.Allocate"/> made.</summary>
    internal static Span<byte> Bytes(Array values) => values switch
    {
        _ when ElementTypes.Is<byte>(values) => (byte[])values,
        _ when ElementTypes.Is<sbyte>(values) => MemoryMarshal.AsBytes(((sbyte[])values).AsSpan()),
        _ when ElementTypes.Is<ushort>(values) => MemoryMarshal.AsBytes(((ushort[])values).AsSpan()),
        _ when ElementTypes.Is<short>(values) => MemoryMarshal.AsBytes(((short[])values).AsSpan()),
        _ when ElementTypes.Is<uint>(values) => MemoryMarshal.AsBytes(((uint[])values).AsSpan()),
        _ when ElementTypes.Is<int>(values) => MemoryMarshal.AsBytes(((int[])values).AsSpan()),
        _ when ElementTypes.Is<ulong>(values) => MemoryMarshal.AsBytes(((ulong[])values).AsSpan()),
        _ when ElementTypes.Is<long>(values) => MemoryMarshal.AsBytes(((long[])values).AsSpan()),
        _ when ElementTypes.Is<Half>(values) => MemoryMarshal.AsBytes(((Half[])values).AsSpan()),
        _ when ElementTypes.Is<float>(values) => MemoryMarshal.AsBytes(((float[])values).AsSpan()),
        _ => MemoryMarshal.AsBytes(((double[])values).AsSpan()),
    };

    private T[] Convert<T>(Func<float, T> fromFloat, Func<double, T> fromDouble) where T : INumberBase<T> => Type switch
    {
        ElementType.Bool or ElementType.U8 => Each<byte, T>(),
        ElementType.I8 => Each<sbyte, T>(),
        ElementType.U16 => Each<ushort, T>(),
        ElementType.I16 => Each<short, T>(),
        ElementType.U32 => Each<uint, T>(),
        ElementType.I32 => Each<int, T>(),
        ElementType.U64 => Each<ulong, T>(),
        ElementType.I64 => Each<long, T>(),
        ElementType.F16 => Array.ConvertAll((Half[])values, x => fromFloat((float)x)),
        ElementType.F32 => Array.ConvertAll((float[])values, x => fromFloat(x)),
        _ => Array.ConvertAll((double[])values, x => fromDouble(x)),
    };

    private TTo[] Each<TFrom, TTo>() where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo> =>
        Array.ConvertAll((TFrom[])values, x => TTo.CreateTruncating(x));
}
