using System.Numerics;
using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>What is done with strings. Their characters are Unicode's, of which some take two of .NET's.</summary>
internal static class Texts
{
    private const int MostDigits = 4300; // as in Python, which refuses to write longer ones

    /// <summary>How many characters a text has.</summary>
    public static int Length(string text)
    {
        Meter.Characters(text.Length);
        return HasPairs(text) ? text.EnumerateRunes().Count() : text.Length;
    }

    /// <summary>Its characters.</summary>
    public static IReadOnlyList<object> Characters(string text)
    {
        Meter.Objects(text.Length);
        return [.. text.EnumerateRunes().Select(rune => (object)rune.ToString())];
    }

    /// <summary>A character or a slice.</summary>
    public static object Part(string text, object index)
    {
        Meter.Characters(text.Length);
        if (HasPairs(text))
            return Part(Characters(text), index);
        if (index is not PySlice slice)
            return text[Operators.Place(index, text.Length)].ToString();
        (int from, int count, int step) = slice.Resolve(text.Length);
        return step == 1 ? text.Substring(from, count)
            : string.Create(count, (text, from, step), (part, source) =>
            {
                for (int i = 0; i < part.Length; i++)
                    part[i] = source.text[source.from + i * source.step];
            });
    }

    private static object Part(IReadOnlyList<object> characters, object index)
    {
        if (index is not PySlice slice)
            return characters[Operators.Place(index, characters.Count)];
        (int from, int count, int step) = slice.Resolve(characters.Count);
        return string.Concat(Enumerable.Range(0, count).Select(i => characters[from + i * step]));
    }

    private static bool HasPairs(string text) => text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');

    /// <summary>How often a part occurs; it has at least one character.</summary>
    public static int Count(string text, string part)
    {
        if (part.Length == 0)
            throw PythonException.NotKnown("such a count");
        Meter.Search(text, part);
        int count = 0;
        for (int at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; count++)
            at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal);
        return count;
    }

    public static int Find(string text, string part)
    {
        Meter.Search(text, part);
        return text.IndexOf(part, StringComparison.Ordinal);
    }

    public static string Replace(string text, string part, string by)
    {
        Require(text.Length + Count(text, part) * (long)(by.Length - part.Length));
        return text.Replace(part, by, StringComparison.Ordinal);
    }

    public static string[] Split(string text, string? at)
    {
        Meter.Objects(text.Length);
        if (at is null)
            return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Meter.Search(text, at);
        return text.Split(at);
    }

    public static string Join(string between, IReadOnlyList<object> parts)
    {
        Meter.Objects(parts.Count);
        Require(parts.Sum(part => (long)((string)part).Length) + (long)between.Length * parts.Count);
        return string.Join(between, parts);
    }

    /// <summary>Charges a text before it is made.</summary>
    /// <exception cref="PythonException">It is too long.</exception>
    public static void Require(long length)
    {
        if (length > Operators.LongestText)
            throw Operators.TooLong();
        Meter.Characters(length);
    }

    /// <summary>Adds to a text.</summary>
    /// <exception cref="PythonException">It becomes too long.</exception>
    public static void Append(StringBuilder text, string more)
    {
        if (text.Length + more.Length > Operators.LongestText)
            throw Operators.TooLong();
        Meter.Characters(more.Length);
        text.Append(more);
    }

    /// <summary>The decimal digits of a whole number.</summary>
    public static string Digits(BigInteger whole)
    {
        long bits = whole.GetBitLength();
        if (bits > MostDigits * 3.33)
            throw new PythonException($"a whole number has more than {MostDigits} digits");
        Meter.Digits(bits, bits);
        return whole.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
