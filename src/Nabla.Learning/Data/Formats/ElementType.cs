namespace Nabla.Learning.Data.Formats;

/// <summary>The kinds of number in an array file.</summary>
public enum ElementType
{
    /// <summary>One byte, 0 for false and 1 for true.</summary>
    Bool,

    /// <summary>8 bits without sign.</summary>
    U8,

    /// <summary>8 bits with sign.</summary>
    I8,

    /// <summary>16 bits without sign.</summary>
    U16,

    /// <summary>16 bits with sign.</summary>
    I16,

    /// <summary>32 bits without sign.</summary>
    U32,

    /// <summary>32 bits with sign.</summary>
    I32,

    /// <summary>64 bits without sign.</summary>
    U64,

    /// <summary>64 bits with sign.</summary>
    I64,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>IEEE double precision.</summary>
    F64,
}

internal static class ElementTypes
{
    public static int Bytes(this ElementType type) => type switch
    {
        ElementType.Bool or ElementType.U8 or ElementType.I8 => 1,
        ElementType.U16 or ElementType.I16 or ElementType.F16 => 2,
        ElementType.U32 or ElementType.I32 or ElementType.F32 => 4,
        _ => 8,
    };

    /// <summary>A new array for numbers of this type; truth values are bytes.</summary>
    public static Array Allocate(this ElementType type, int count) => type switch
    {
        ElementType.Bool or ElementType.U8 => new byte[count],
        ElementType.I8 => new sbyte[count],
        ElementType.U16 => new ushort[count],
        ElementType.I16 => new short[count],
        ElementType.U32 => new uint[count],
        ElementType.I32 => new int[count],
        ElementType.U64 => new ulong[count],
        ElementType.I64 => new long[count],
        ElementType.F16 => new Half[count],
        ElementType.F32 => new float[count],
        _ => new double[count],
    };

    /// <summary>The type of the numbers of an array.</summary>
    /// <exception cref="ArgumentException">Array files do not hold such elements.</exception>
    public static ElementType Of(Array values) => values switch
    {
        // The runtime takes byte[] for sbyte[] and the like, so the element's type is asked and not the array's.
        _ when Is<bool>(values) => ElementType.Bool,
        _ when Is<byte>(values) => ElementType.U8,
        _ when Is<sbyte>(values) => ElementType.I8,
        _ when Is<ushort>(values) => ElementType.U16,
        _ when Is<short>(values) => ElementType.I16,
        _ when Is<uint>(values) => ElementType.U32,
        _ when Is<int>(values) => ElementType.I32,
        _ when Is<ulong>(values) => ElementType.U64,
        _ when Is<long>(values) => ElementType.I64,
        _ when Is<Half>(values) => ElementType.F16,
        _ when Is<float>(values) => ElementType.F32,
        _ when Is<double>(values) => ElementType.F64,
        _ => throw new ArgumentException(
            $"NumericArray: elements of type {values.GetType().GetElementType()?.Name} are no numbers of array files; "
            + "use bool, an integer of 8 to 64 bits, Half, float or double."),
    };

    public static bool Is<T>(Array values) => values.GetType().GetElementType() == typeof(T);
}
