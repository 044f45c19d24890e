using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels;

namespace Nabla.Learning;

/// <summary>Checks of settings: a wrong one is named where it is given, not where it does harm.</summary>
internal static class Require
{
    /// <summary>The value, if it is a finite number, 0 or more.</summary>
    public static T NotNegative<T>(T value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : System.Numerics.INumber<T> => value >= T.Zero && T.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{owner}: {name} = {value} must be a finite number, 0 or more.");

    /// <summary>The value, if something can happen with this probability and does not always: in [0, 1).</summary>
    public static float Probability(
        float value, string owner, [CallerArgumentExpression(nameof(value))] string name = "") => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{owner}: {name} = {value} is not in [0, 1).");

    /// <summary>The value, if it is a finite number.</summary>
    public static T Finite<T>(T value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : System.Numerics.INumber<T> => T.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{owner}: {name} = {value} must be a finite number.");

    /// <summary>Rows of x, if it is whole vectors of <paramref name="inputs"/> and y as many of the outputs.</summary>
    public static int Rows(string owner, (int Length, int Size) inputs, (int Length, int Size) outputs)
    {
        int rows = inputs.Length / inputs.Size;
        return inputs.Length % inputs.Size == 0 && outputs.Length == (long)rows * outputs.Size
            ? rows
            : throw new ArgumentException(
                $"{owner}: x has {inputs.Length} numbers and y {outputs.Length}; they must be whole vectors of "
                + $"{inputs.Size}, and as many of {outputs.Size}.");
    }

    /// <summary>The value, if it is positive.</summary>
    public static int Positive(int value, string owner, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{owner}: {name} = {value} must be positive.");

    /// <summary>The size, if both numbers are positive.</summary>
    public static Size2d Positive(
        Size2d value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        Positive(value.Height, owner, name);
        Positive(value.Width, owner, name);
        return value;
    }

    /// <summary>The size, if neither number is negative.</summary>
    public static Size2d NotNegative(
        Size2d value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNegative(value.Height, owner, name);
        NotNegative(value.Width, owner, name);
        return value;
    }
}
