namespace Nabla.Learning.Checkpoints;

/// <summary>The number formats of safetensors files that are a whole number of bytes wide.</summary>
public enum SafeTensorType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>8 bits without sign.</summary>
    U8,

    /// <summary>8 bits with sign.</summary>
    I8,

    /// <summary>8-bit float with 5 exponent bits.</summary>
    F8E5M2,

    /// <summary>8-bit float with 4 exponent bits.</summary>
    F8E4M3,

    /// <summary>16 bits without sign.</summary>
    U16,

    /// <summary>16 bits with sign.</summary>
    I16,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of an <see cref="F32"/>.</summary>
    BF16,

    /// <summary>32 bits without sign.</summary>
    U32,

    /// <summary>32 bits with sign.</summary>
    I32,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>64 bits without sign.</summary>
    U64,

    /// <summary>64 bits with sign.</summary>
    I64,

    /// <summary>IEEE double precision.</summary>
    F64,
}

internal static class SafeTensorTypes
{
    public static int Bytes(this SafeTensorType type) => type switch
    {
        <= SafeTensorType.F8E4M3 => 1,
        <= SafeTensorType.BF16 => 2,
        <= SafeTensorType.F32 => 4,
        _ => 8,
    };

    public static SafeTensorType? Parse(string? name) => name switch
    {
        "BOOL" => SafeTensorType.Bool,
        "U8" => SafeTensorType.U8,
        "I8" => SafeTensorType.I8,
        "F8_E5M2" => SafeTensorType.F8E5M2,
        "F8_E4M3" => SafeTensorType.F8E4M3,
        "U16" => SafeTensorType.U16,
        "I16" => SafeTensorType.I16,
        "F16" => SafeTensorType.F16,
        "BF16" => SafeTensorType.BF16,
        "U32" => SafeTensorType.U32,
        "I32" => SafeTensorType.I32,
        "F32" => SafeTensorType.F32,
        "U64" => SafeTensorType.U64,
        "I64" => SafeTensorType.I64,
        "F64" => SafeTensorType.F64,
        _ => null,
    };
}
