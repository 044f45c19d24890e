using System.Text.Json;
using Nabla.Learning.Schedules;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Learning rates against those computed in Python's double.</summary>
public sealed class GoldenScheduleTests
{
    [Fact]
    public void Rates_are_those_of_the_written_formulas()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(GoldenFile.PathOf("schedules.json")));
        foreach (JsonElement golden in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            Schedule schedule = Create(golden);
            foreach ((JsonElement step, JsonElement rate) in golden.GetProperty("steps")
                .EnumerateArray().Zip(golden.GetProperty("values").EnumerateArray()))
                schedule.At(step.GetInt32()).ShouldBe(rate.GetDouble(), 1e-15, $"{schedule} at step {step}");
        }
    }

    [Fact]
    public void A_constant_rate_is_constant() =>
        new[] { 0, 1, 1_000_000 }.ShouldAllBe(step => new Constant(0.25).At(step) == 0.25);

    [Fact]
    public void Impossible_settings_are_named()
    {
        Refuse(() => new Constant(double.NaN), "Constant: Rate = NaN");
        Refuse(() => new WarmupCosine(-1, 0, 1, 2), "WarmupCosine: Peak = -1");
        Refuse(() => new WarmupCosine(1, double.PositiveInfinity, 1, 2), "WarmupCosine: Final");
        Refuse(() => new WarmupLinear(1, 0, -1, 2), "WarmupLinear: WarmupSteps = -1");
        Refuse(() => new WarmupLinear(1, 0, 1, 2) with { Steps = -2 }, "WarmupLinear: Steps = -2");

        static void Refuse(Func<Schedule> create, string message) =>
            Should.Throw<ArgumentOutOfRangeException>(create).Message.ShouldContain(message);
    }

    private static Schedule Create(JsonElement golden)
    {
        double peak = golden.GetProperty("lr").GetDouble(), final = golden.GetProperty("min_lr").GetDouble();
        int warmup = golden.GetProperty("warmup").GetInt32(), total = golden.GetProperty("total").GetInt32();
        return golden.GetProperty("schedule").GetString() switch
        {
            "warmup_cosine" => new WarmupCosine(peak, final, warmup, total),
            "warmup_linear" => new WarmupLinear(peak, final, warmup, total),
            var unknown => throw new InvalidOperationException($"schedules.json names an unknown schedule: {unknown}"),
        };
    }
}
