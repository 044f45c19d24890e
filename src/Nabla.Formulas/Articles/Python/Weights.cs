using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>How many steps an operation on large values counts as.</summary>
internal static class Weights
{
    private const int PerStep = 16, TextPerStep = 256, BitsPerWord = 64, MultiplicationsPerStep = 64;

    public static int Of(object value) => value switch
    {
        NdArray { IsKnown: true } array => (int)(array.Count / PerStep),
        PyList list => list.Items.Count / PerStep,
        PyTuple tuple => tuple.Items.Length / PerStep,
        PyRange range => (int)BigInteger.Min(range.Count, 100_000) / PerStep,
        PyDict dict => dict.Items.Count / PerStep,
        string text => text.Length / TextPerStep,
        _ => 0,
    };

    public static int Of(string sign, object a, object b)
    {
        int words = a is BigInteger x && b is BigInteger y
            ? (int)(x.GetBitLength() / BitsPerWord * (y.GetBitLength() / BitsPerWord) / PerStep) : 0;
        return Of(a) + Of(b) + words + (sign == "@" ? OfProduct(a, b) : 0);
    }

    /// <summary>A matrix product, by the multiplications that it takes.</summary>
    public static int OfProduct(object a, object b) => a is NdArray { IsKnown: true } x && b
        is NdArray { IsKnown: true } y
        ? (int)Math.Min(x.Count * (y.Rank > 1 ? y.Shape[^1] : 1) / MultiplicationsPerStep, int.MaxValue / 4) : 0;
}
