using System.Globalization;
using System.Text;

namespace Nabla.Formulas.Tests.Printing.Grown;

/// <summary>
/// What came out otherwise than it should. NABLA_TREES_LOG names a file to which the counts and all differences are
/// added.
/// </summary>
/// <param name="what">What was compared.</param>
internal sealed class Differences(string what)
{
    private const int MostShown = 20;

    private readonly List<string> all = [];
    private int compared, refused;

    /// <summary>Which of all that was compared could not be said.</summary>
    public double Refused => refused / Math.Max(1.0, compared + refused);

    /// <summary>Counts something that a language refuses to say.</summary>
    public void Refuse() => refused++;

    /// <summary>Counts a comparison.</summary>
    public void Add(GrownFormula formula, string? difference)
    {
        compared++;
        if (difference is not null)
            all.Add(string.Create(CultureInfo.InvariantCulture, $"{formula.Seed}: {difference}"));
    }

    /// <summary>Fails if there is any difference, or if more than a share was refused.</summary>
    public void ShouldBeNone(double mostRefused)
    {
        string counts = string.Create(CultureInfo.InvariantCulture,
            $"{what}: {compared} compared, {all.Count} differ, {refused} refused");
        if (Environment.GetEnvironmentVariable("NABLA_TREES_LOG") is { Length: > 0 } log)
            File.AppendAllText(log, $"{counts}\n{string.Concat(all.Select(one => $"  {one}\n"))}", Encoding.UTF8);
        all.Take(MostShown).ShouldBeEmpty(counts);
        Refused.ShouldBeLessThanOrEqualTo(mostRefused, counts);
    }
}
