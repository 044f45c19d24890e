using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Kernels.Products;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>Work on tiles, written once over the register type.</summary>
internal interface IRegisterBody
{
    /// <summary>Does all of it.</summary>
    void Run<TRegister>() where TRegister : struct, IRegister<TRegister>;
}

/// <summary>Runs work on the widest registers of this machine.</summary>
internal static class WidestRegister
{
    /// <summary>Runs it.</summary>
    public static void Run<TBody>(in TBody body) where TBody : struct, IRegisterBody
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
            body.Run<Register16>();
        else if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
            body.Run<Register8>();
        else if (Vector128.IsHardwareAccelerated)
            body.Run<Register4>();
        else
            body.Run<Register1>();
    }
}
