using System.Globalization;

namespace Nabla.Tensors.Diagnostics;

/// <summary>What the numbers of a tensor are like, at one look.</summary>
/// <param name="Shape">The sizes.</param>
/// <param name="Least">The least finite number; +∞ if there is none.</param>
/// <param name="Most">The greatest finite number; −∞ if there is none.</param>
/// <param name="NaNs">How many are NaN.</param>
/// <param name="Infinities">How many are infinite.</param>
/// <param name="FirstBad">Row-major place of the first that is not finite; −1 if all are.</param>
public readonly record struct NumberRange(
    Shape Shape, float Least, float Most, long NaNs, long Infinities, int FirstBad)
{
    /// <summary>Whether every number is finite.</summary>
    public bool IsFinite => FirstBad < 0;

    /// <summary>Looks at every number.</summary>
    /// <example><code>
    /// NumberRange r = NumberRange.Of(new Tensor([1f, -3, float.NaN, 2], [2, 2]));
    /// r.Least;                                                 // = -3
    /// r.FirstBad;                                              // = 2
    /// </code></example>
    public static NumberRange Of(Tensor tensor)
    {
        ReadOnlySpan<float> numbers = tensor.IsContiguous ? tensor.AsSpan() : tensor.ToArray();
        (float least, float most, long nans, long infinities, int first) =
            (float.PositiveInfinity, float.NegativeInfinity, 0, 0, -1);
        for (int i = 0; i < numbers.Length; i++)
        {
            float x = numbers[i];
            if (float.IsFinite(x))
            {
                (least, most) = (Math.Min(least, x), Math.Max(most, x));
                continue;
            }
            if (first < 0)
                first = i;
            (nans, infinities) = float.IsNaN(x) ? (nans + 1, infinities) : (nans, infinities + 1);
        }
        return new NumberRange(tensor.Shape, least, most, nans, infinities, first);
    }

    /// <summary>Shape and range: <c>[2, 3] from -1 to 4.5, 1 of 6 NaN</c>.</summary>
    public override string ToString()
    {
        string range = Shape.ElementCount == 0 ? " (empty)" : Least > Most ? "" : string.Create(
            CultureInfo.InvariantCulture, $" from {Least:G4} to {Most:G4}");
        string separator = range.Length == 0 ? " " : ", ";
        string bad = IsFinite ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{separator}{Bad()} (first at {PlaceOfFirst()})");
        return $"{Shape}{range}{bad}";
    }

    private string Bad() => (NaNs, Infinities) switch
    {
        (0, var infinite) => string.Create(
            CultureInfo.InvariantCulture, $"{infinite} of {Shape.ElementCount} infinite"),
        (var nan, 0) => string.Create(CultureInfo.InvariantCulture, $"{nan} of {Shape.ElementCount} NaN"),
        var (nan, infinite) => string.Create(
            CultureInfo.InvariantCulture, $"{nan} of {Shape.ElementCount} NaN and {infinite} infinite"),
    };

    private string PlaceOfFirst()
    {
        var indices = new int[Shape.Rank];
        for (int d = Shape.Rank - 1, rest = FirstBad; d >= 0; d--)
            (rest, indices[d]) = Math.DivRem(rest, Shape[d]);
        return $"[{string.Join(", ", indices)}]";
    }
}
