using System.Numerics;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A value of arithmetic: a number, exact if it is whole, or a list.</summary>
internal sealed record Quantity(double Real)
{
    public BigInteger? Whole { get; init; }

    /// <summary>The members of a list, or null.</summary>
    public IReadOnlyList<Quantity>? Items { get; init; }

    /// <summary>The number as it was printed, if that is all there was.</summary>
    public PrintedNumber? Printed { get; init; }

    /// <summary>Whether something in it can be read in more than one way: a logarithm, a percentage, a unit.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether a number in it is in thousands, millions …, by a letter or a word: 38.6M.</summary>
    public bool IsScaled { get; init; }

    /// <summary>
    /// Of a size in bytes, how often a factor that is 1000 or 1024 is in it; null of what is no size.
    /// </summary>
    public int? Bytes { get; init; }

    /// <summary>By how much it may be off as numbers in it were rounded before.</summary>
    public double Slack { get; init; }

    public static Quantity Of(BigInteger whole) => new((double)whole) { Whole = whole };

    public static Quantity Of(IReadOnlyList<Quantity> items) => new(double.NaN) { Items = items };

    public bool IsList => Items is not null;
}
