using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels;

/// <summary>Checks at the span-based entry points of the kernels.</summary>
internal static class Require
{
    /// <summary>Throws unless an array has the length that the operation needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(
        string operation, int actual, long needed, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (actual != needed)
            Throw(operation, actual, needed, name);
    }

    /// <summary>Throws unless an array is at least as long as the operation needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtLeast(
        string operation, int actual, long needed, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (actual < needed)
            Throw(operation, actual, needed, name);
    }

    private static void Throw(string operation, int actual, long needed, string name) =>
        throw new ArgumentException($"{operation}: {name} is {actual}, but {needed} numbers are needed.");
}
