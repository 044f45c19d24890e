using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// The work of all programs of an article. It is counted and not timed, so that a program ends alike on every machine:
/// whoever works on values charges the meter of its thread before the work, in proportion to it. A step takes about
/// 100 ns, and what is kept costs one for each 128 bytes, so that the steps bound the memory too.
/// </summary>
internal sealed class Meter
{
    /// <summary>Steps that all programs of an article may take together.</summary>
    public const int MostSteps = 400_000;

    private const int NumbersPerStep = 16, ItemsPerStep = 16, CharactersPerStep = 64, ComparisonsPerStep = 1024,
        BitsPerWord = 64, WordsPerStep = 16, MultiplicationsPerStep = 64;

    [ThreadStatic]
    private static Meter? inForce;

    /// <summary>How many were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether there are none left.</summary>
    public bool IsSpent => Steps > MostSteps;

    /// <summary>Charges this meter for all that the thread does until the result is disposed of.</summary>
    public Turn Begin()
    {
        var turn = new Turn(inForce);
        inForce = this;
        return turn;
    }

    /// <summary>The time in which a meter is in force.</summary>
    public readonly ref struct Turn(Meter? before)
    {
        public void Dispose() => inForce = before;
    }

    /// <summary>Counts steps.</summary>
    /// <exception cref="PythonException">There are none left.</exception>
    public static void Charge(long steps = 1)
    {
        if (inForce is not { } meter || steps <= 0)
            return;
        meter.Steps = Math.Min(meter.Steps + Math.Min(steps, MostSteps + 1), long.MaxValue / 2);
        if (meter.IsSpent)
            throw new PythonException($"the program takes more than {MostSteps} steps");
    }

    /// <summary>Numbers of arrays that are computed or copied.</summary>
    public static void Numbers(long count) => Charge(count / NumbersPerStep);

    /// <summary>References that are copied.</summary>
    public static void Items(long count) => Charge(count / ItemsPerStep);

    /// <summary>Objects that are made, or compared.</summary>
    public static void Objects(long count) => Charge(count / 2);

    /// <summary>Characters that are written or read.</summary>
    public static void Characters(long count) => Charge(count / CharactersPerStep);

    /// <summary>Characters that are printed: what an article says is compared with them.</summary>
    public static void Printed(long count) => Charge(count / 4);

    /// <summary>Looking for a short text in a long one.</summary>
    public static void Search(string text, string part) =>
        Charge(text.Length / ItemsPerStep + (long)text.Length * part.Length / ComparisonsPerStep);

    /// <summary>Multiplying or dividing whole numbers of so many bits.</summary>
    public static void Digits(long bits, long others) =>
        Charge((bits / BitsPerWord + 1) * (others / BitsPerWord + 1) / WordsPerStep);

    /// <summary>The same of numbers.</summary>
    public static void Digits(BigInteger a, BigInteger b) => Digits(a.GetBitLength(), b.GetBitLength());

    /// <summary>Products of numbers that are added.</summary>
    public static void Multiplications(long count) => Charge(count / MultiplicationsPerStep);
}
