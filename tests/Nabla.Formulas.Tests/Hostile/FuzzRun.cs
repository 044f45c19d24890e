using System.Globalization;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>
/// Many inputs, each made from a seed of its own. NABLA_FUZZ says how many there are instead of what the suite takes,
/// NABLA_FUZZ_SEED the first seed (of one input to see it again), NABLA_FUZZ_LOG a file for what has come so far.
/// </summary>
internal static class FuzzRun
{
    private const int ToldAfter = 500;

    private static readonly string? Log = Environment.GetEnvironmentVariable("NABLA_FUZZ_LOG");

    /// <summary>Runs the inputs along a path.</summary>
    /// <param name="usual">How many, if nobody says.</param>
    /// <param name="path">What is done with one.</param>
    public static Ledger Of(int usual, Func<string, Rng, Ledger, WholePath> path)
    {
        long count = Number("NABLA_FUZZ", usual), first = Number("NABLA_FUZZ_SEED", 1_000_000);
        var ledger = new Ledger { Now = Log is null ? null : Log + ".now" };
        for (long seed = first; seed < first + count; seed++)
        {
            var rng = new Rng(seed);
            string text = HostileTexts.Random(rng);
            ledger.Input(text, seed, path(text, rng, ledger).Run);
            if (Log is not null && (seed - first) % ToldAfter == ToldAfter - 1)
                File.WriteAllText(Log, ledger.ToString());
        }
        if (Log is not null)
            File.WriteAllText(Log, ledger.ToString());
        return ledger;
    }

    /// <summary>Runs these texts along a path.</summary>
    public static Ledger Of(IEnumerable<string> texts, Func<string, Rng, Ledger, WholePath> path)
    {
        var ledger = new Ledger();
        long seed = 1;
        foreach (string text in texts)
        {
            ledger.Input(text, seed, path(text, new Rng(seed), ledger).Run);
            seed++;
        }
        return ledger;
    }

    private static long Number(string variable, long usual) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out long number)
            ? number : usual;
}
