using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels;

/// <summary>Checks at the span-based entry points of the kernels.</summary>
internal static class Require
{
    /// <summary>Throws unless an array has the length that the operation needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(
        string operation, int actual, Int128 needed, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (actual != needed)
            Throw(operation, actual, needed, name);
    }

    /// <summary>Throws unless an array is at least as long as the operation needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtLeast(
        string operation, int actual, Int128 needed, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (actual < needed)
            Throw(operation, actual, needed, name);
    }

    /// <summary>How many rows of so many columns an array has; throws if it is no whole number.</summary>
    public static int Rows(
        string operation, int length, int columns, [CallerArgumentExpression(nameof(length))] string name = "")
    {
        if (columns <= 0 && (columns < 0 || length > 0))
            throw new ArgumentException($"{operation}: rows of {columns} numbers; a row needs at least 1.");
        if (length == 0)
            return 0;
        if (length % columns != 0)
            throw new ArgumentException($"{operation}: {name} is {length}, no whole number of rows of {columns}.");
        return length / columns;
    }

    /// <summary>
    /// Throws unless the parts of an array that is written lie apart: sorted by stride, each dimension with more than
    /// one step must reach over all that the dimensions inside it cover.
    /// </summary>
    /// <param name="operation">The operation, for the message.</param>
    /// <param name="name">The array, for the message.</param>
    /// <param name="row">Numbers that lie next to one another innermost.</param>
    /// <param name="dimensions">The other dimensions in any order, none of them empty; sorted in place.</param>
    public static void Apart(string operation, string name, int row, Span<(int Count, int Stride)> dimensions)
    {
        dimensions.Sort(static (a, b) => a.Stride.CompareTo(b.Stride));
        Int128 covered = row;
        foreach ((int count, int stride) in dimensions)
        {
            if (count == 1)
                continue;
            if (stride < covered)
                throw new ArgumentException(
                    $"{operation}: {name} is written over itself: " +
                    $"{count} steps of {stride}, each over {covered} numbers.");
            covered += (Int128)(count - 1) * stride;
        }
    }

    /// <summary>Throws unless each wanted gradient of a norm has its length.</summary>
    public static void Gradients(string operation, in NormGradients gradients, int length, int columns)
    {
        if (!gradients.Dx.IsEmpty)
            Length(operation, gradients.Dx.Length, length);
        if (!gradients.DGamma.IsEmpty)
            Length(operation, gradients.DGamma.Length, columns);
        if (!gradients.DBeta.IsEmpty)
            Length(operation, gradients.DBeta.Length, columns);
    }

    private static void Throw(string operation, int actual, Int128 needed, string name) =>
        throw new ArgumentException($"{operation}: {name} is {actual}, but {needed} numbers are needed.");
}
