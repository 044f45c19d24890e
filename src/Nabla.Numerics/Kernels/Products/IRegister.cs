namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// One vector register of floats, as wide as the hardware has it. The kernels are written once over this; the JIT
/// compiles them anew for each lane type, so that every member becomes one instruction.
/// </summary>
internal unsafe interface IRegister<TSelf> where TSelf : struct, IRegister<TSelf>
{
    /// <summary>Floats in a register.</summary>
    static abstract int Width { get; }

    /// <summary>The most rows a tile may have so that its sums, two registers a row, stay in registers.</summary>
    static abstract int MostRows { get; }

    /// <summary>The most rows of A, at most 4, whose dot products with four rows of B stay in registers.</summary>
    static abstract int MostDotRows { get; }

    /// <summary>Reads <see cref="Width"/> floats.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>One float in every place.</summary>
    static abstract TSelf Broadcast(float* source);

    /// <summary>Writes <see cref="Width"/> floats.</summary>
    static abstract void Store(TSelf value, float* target);

    /// <summary>a + b.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>sum += a · b, in one rounding where the hardware has it.</summary>
    static abstract void MultiplyAdd(TSelf a, TSelf b, ref TSelf sum);

    /// <summary>The sum of all floats in the register.</summary>
    static abstract float Sum(TSelf value);
}
