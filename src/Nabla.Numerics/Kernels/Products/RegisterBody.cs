using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>Work on tiles, written once over the register type.</summary>
internal interface IRegisterBody
{
    /// <summary>Does all of it.</summary>
    void Run<TRegister>() where TRegister : struct, IRegister<TRegister>;
}

/// <summary>Work on tiles and lanes of the same width.</summary>
internal interface ILaneRegisterBody
{
    /// <summary>Does all of it.</summary>
    void Run<L, TRegister>()
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>;
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

    /// <summary>Runs it with the lanes that belong to the registers; there are none of four.</summary>
    public static void RunWithLanes<TBody>(in TBody body) where TBody : struct, ILaneRegisterBody =>
        Run(new WithLanes<TBody>(body));

    private readonly struct WithLanes<TBody>(TBody body) : IRegisterBody where TBody : struct, ILaneRegisterBody
    {
        public void Run<TRegister>() where TRegister : struct, IRegister<TRegister>
        {
            if (TRegister.Width == F32x16.Count)
                body.Run<F32x16, TRegister>();
            else if (TRegister.Width == F32x8.Count)
                body.Run<F32x8, TRegister>();
            else
                body.Run<F32, TRegister>();
        }
    }
}
