using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Numerics.Kernels;

namespace Nabla.Cli.Benchmarks;

/// <summary>What was measured of a workload.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Threads">How many threads it could use.</param>
/// <param name="Milliseconds">One time for each round: a step, or the mean of some where a step is very short.</param>
internal sealed record Measurement(Workload Work, int Threads, IReadOnlyList<double> Milliseconds)
{
    /// <summary>Steps timed.</summary>
    public required long Steps { get; init; }

    /// <summary>Whether the compiler was done before; if not, some of the times are those of slower code.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>What the machine's multiply-adds reached meanwhile, in GFLOP/s on as many threads.</summary>
    public required double PeakGflops { get; init; }

    /// <summary>Bytes that the garbage collector handed out in a step, on all threads.</summary>
    public required double AllocatedBytes { get; init; }

    /// <summary>Collections of the older generations while it was timed.</summary>
    public required (int Gen1, int Gen2) Collections { get; init; }

    /// <summary>The most memory the process held, from <see cref="ResidentMemory.Peak"/>.</summary>
    public required long PeakResidentBytes { get; init; }

    public double Median { get; } = Middle(Milliseconds);

    public double Minimum { get; } = Milliseconds.Min();

    public double Gflops => Work.Flops / Median / 1e6;

    public double ShareOfPeak => Gflops / PeakGflops;

    public double GigabytesPerSecond => Work.Bytes / Median / 1e6;

    public double ItemsPerSecond => 1000 * Work.ItemsPerStep / Median;

    /// <summary>The number that half of the numbers do not exceed.</summary>
    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["name"] = Work.Name,
            ["threads"] = Threads,
            ["steps"] = Steps,
            ["settled"] = IsSettled,
            ["milliseconds_median"] = JsonOutput.Number(Median),
            ["milliseconds_minimum"] = JsonOutput.Number(Minimum),
        };
        if (Work.Items.Length > 0)
            json[$"{Work.Items}_per_second"] = JsonOutput.Number(ItemsPerSecond);
        if (Work.Bytes > 0)
            json["gigabytes_per_second"] = JsonOutput.Number(GigabytesPerSecond);
        if (Work.Flops > 0)
        {
            json["gflops"] = JsonOutput.Number(Gflops);
            json["share_of_peak"] = JsonOutput.Number(ShareOfPeak);
            if (Work.FlopsCounted.Length > 0)
                json["flops_counted"] = Work.FlopsCounted;
        }
        json["peak_gflops"] = JsonOutput.Number(PeakGflops);
        json["peak_resident_bytes"] = PeakResidentBytes;
        json["allocated_bytes_per_step"] = JsonOutput.Number(AllocatedBytes);
        json["gen1_collections"] = Collections.Gen1;
        json["gen2_collections"] = Collections.Gen2;
        foreach ((string key, JsonNode? value) in Work.Facts)
            json[key] = value?.DeepClone();
        return json;
    }

    public void Print(Screen screen)
    {
        screen.Line(new InkedLine(Work.Name, Ink.Model));
        if (Work.Remark.Length > 0)
            screen.Line($"  {Work.Remark}", Ink.Dim);
        var facts = new TextTable("", "", "");
        facts.Row(Dim("a step"), Time(Median), Dim($"at best {Time(Minimum)}; {Amounts.Count(Steps)} steps"
            + (IsSettled ? "" : "; not settled: the code was still being compiled, measure longer")));
        foreach ((string speed, string remark) in Speeds())
            facts.Row(Dim("speed"), speed, Dim(remark));
        facts.Row(Dim("memory"), Amounts.Bytes(PeakResidentBytes), Dim("the most the process held"));
        facts.Row(Dim("allocated"), Amounts.Bytes(AllocatedBytes),
            Dim($"a step; {Collections.Gen1} gen-1 and {Collections.Gen2} gen-2 collections"));
        screen.Lines(facts.Draw());
        screen.Line();
    }

    private IEnumerable<(string Speed, string Remark)> Speeds()
    {
        string threads = Threads == 1 ? "1 thread" : $"{Threads} threads";
        if (Work.Items.Length > 0)
            yield return ($"{Amounts.Count((long)Math.Round(ItemsPerSecond))} {Work.Items}/s", $"with {threads}");
        if (Work.Bytes > 0)
            yield return ($"{Amounts.Fixed(GigabytesPerSecond, 1)} GB/s", $"with {threads}");
        if (Work.Flops > 0)
            yield return ($"{Amounts.Fixed(Gflops, 1)} GFLOP/s",
                $"{Amounts.Percent(ShareOfPeak)} of {Amounts.Fixed(PeakGflops, 0)}, the most that multiply-adds of "
                + $"{MultiplyAddPeak.Bits} bits reach with {threads}"
                + (Work.FlopsCounted.Length > 0 ? $", counted {Work.FlopsCounted}" : ""));
    }

    private static string Time(double milliseconds) => milliseconds < 1
        ? $"{Amounts.Fixed(1000 * milliseconds, 2)} µs" : $"{Amounts.Fixed(milliseconds, 3)} ms";

    private static InkedLine Dim(string text) => new(text, Ink.Dim);
}
