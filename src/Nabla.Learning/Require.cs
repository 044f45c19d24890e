using System.Runtime.CompilerServices;

namespace Nabla.Learning;

/// <summary>Checks of settings: a wrong one is named where it is given, not where it does harm.</summary>
internal static class Require
{
    /// <summary>The value, if it is a finite number, 0 or more.</summary>
    public static T NotNegative<T>(T value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : System.Numerics.INumber<T> => value >= T.Zero && T.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{owner}: {name} = {value} must be a finite number, 0 or more.");

    /// <summary>The value, if it is positive.</summary>
    public static int Positive(int value, string owner, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{owner}: {name} = {value} must be positive.");
}
