using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Checks of what users pass in.</summary>
internal static class RequireMatrix
{
    /// <summary>Throws, naming the first element that is not finite.</summary>
    public static void Finite<T>(string operation, Matrix<T> a, string name = "a")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsFinite(Vectors.LargestMagnitude<T>(a.Values)))
            return;
        int at = 0;
        while (T.IsFinite(a.Values[at]))
            at++;
        throw new ArgumentException($"{operation}: {name}[{at / a.Columns}, {at % a.Columns}] is {a.Values[at]}; "
            + "all numbers must be finite.");
    }

    /// <summary>Throws unless the matrix has as many rows as columns.</summary>
    public static void Square<T>(string operation, Matrix<T> a, string name = "a")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Rows != a.Columns)
            throw new ArgumentException($"{operation}: {name} is {a.Shape}; it must be square.");
    }

    /// <summary>Throws unless a right side has as many rows as the matrix.</summary>
    public static void RightSide<T>(string operation, Matrix<T> a, Matrix<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (b.Rows != a.Rows)
            throw new ArgumentException(
                $"{operation}: a is {a.Shape} and b is {b.Shape}; b must have {a.Rows} rows.");
        Finite(operation, b, "b");
    }
}
