using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Learning.Schedules;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Schedules against PyTorch's schedulers; those that it has not, against their papers' formulas.</summary>
public sealed class GoldenSchedulerTests
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(GoldenFile.PathOf("schedulers.json"))).RootElement;

    [Fact]
    public void Rates_are_those_of_PyTorch()
    {
        foreach (JsonElement golden in Golden.GetProperty("cases").EnumerateArray())
            Follow(Create(golden), golden.GetProperty("rates"));
    }

    [Fact]
    public void Every_schedule_of_the_library_is_held_against_something()
    {
        IEnumerable<string> recorded = Golden.GetProperty("cases").EnumerateArray().Select(Name);
        string[] elsewhere = ["Constant", "WarmupCosine", "WarmupLinear", "SequentialSchedule", "LambdaSchedule"];
        typeof(Schedule).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Schedule)) && !type.IsAbstract)
            .Select(type => type.Name).Except(recorded.Concat(elsewhere), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Schedules_follow_one_another_as_in_PyTorch()
    {
        double rate = Golden.GetProperty("base").GetDouble();
        var schedule = new SequentialSchedule(
            [new LinearRamp(0.1 * rate, rate, 8), new ExponentialDecay(rate, 0.9),
                // PyTorch goes on with the cosine beyond its half, up again.
                new LambdaSchedule(step => 0.05 + (rate - 0.05) * (1 + Math.Cos(Math.PI * step / 10)) / 2)],
            [8, 30]);
        Follow(schedule, Golden.GetProperty("sequential"));
    }

    [Fact]
    public void The_rate_falls_on_a_plateau_as_in_PyTorch_and_after_a_resume()
    {
        foreach (JsonElement golden in Golden.GetProperty("plateau").EnumerateArray())
        {
            PlateauOptions options = golden.GetProperty("settings").Deserialize<PlateauOptions>(Json)! with
            {
                Rate = golden.GetProperty("rate").GetDouble(),
            };
            var plateau = new ReduceOnPlateau(options);
            foreach ((JsonElement value, JsonElement rate) in golden.GetProperty("metric").EnumerateArray()
                .Zip(golden.GetProperty("rates").EnumerateArray()))
            {
                string checkpoint = JsonSerializer.Serialize(plateau.State);
                plateau = new ReduceOnPlateau(options)
                {
                    State = JsonSerializer.Deserialize<PlateauState>(checkpoint)!,
                };
                plateau.Observe(value.GetDouble()).ShouldBe(rate.GetDouble(), 1e-15, $"{options}");
            }
        }
    }

    [Fact]
    public void A_value_that_is_no_number_is_no_improvement()
    {
        var plateau = new ReduceOnPlateau(new() { Rate = 1, Factor = 0.5, Patience = 1 });
        foreach (double value in (double[])[double.NaN, 2, double.NaN])
            plateau.Observe(value).ShouldBe(1);
        plateau.State.Best.ShouldBe(2);
        plateau.Observe(double.NaN).ShouldBe(0.5);
    }

    [Fact]
    public void Impossible_settings_are_named()
    {
        Refuse(() => new StepDecay(-1, 3), "StepDecay: Rate = -1");
        Refuse(() => new StepDecay(1, 0), "StepDecay: Every = 0");
        Refuse(() => new MultiStepDecay(1, [-3]), "Milestones = -3");
        Refuse(() => new ExponentialDecay(1, double.NaN), "ExponentialDecay: Factor = NaN");
        Refuse(() => new LinearRamp(1, -1, 3), "LinearRamp: Last = -1");
        Refuse(() => new CosineDecay(1, 1, 0), "CosineDecay: Steps = 0");
        Refuse(() => new PolynomialDecay(1, 1, 1, -2), "PolynomialDecay: Power = -2");
        Refuse(() => new CosineRestarts(1, 1, 1, 0), "CosineRestarts: Growth = 0");
        Refuse(() => new OneCycle(1, 10) { RiseShare = 1 }, "RiseShare = 1");
        Refuse(() => new OneCycle(1, 10) { FinalDivisor = 0 }, "FinalDivisor = 0");
        Refuse(() => new Cyclic(1, 1, 1, 0), "Cyclic: Down = 0");
        Refuse(() => new WarmupStableDecay(1, 1, 1, 1, 0), "DecaySteps = 0");
        Refuse(() => new InverseSquareRoot(1, 0, 1), "Width = 0");
        Refuse(() => new LambdaSchedule(_ => -1).At(7), "Rate(7) = -1");
        Refuse(() => new ReduceOnPlateau(new() { Factor = 1 }), "Factor = 1");
        Refuse(() => new ReduceOnPlateau(new() { Patience = -1 }), "Patience = -1");
        Should.Throw<ArgumentException>(() => new SequentialSchedule([new Constant(1)], [3]))
            .Message.ShouldContain("1 schedules and 1 beginnings");
        Should.Throw<ArgumentException>(() => new SequentialSchedule([new Constant(1), new Constant(2)], [0]))
            .Message.ShouldContain("Beginnings = [0] must rise");

        static void Refuse(Func<object> create, string message) =>
            Should.Throw<ArgumentOutOfRangeException>(create).Message.ShouldContain(message, Case.Sensitive);
    }

    private static string Name(JsonElement golden) => golden.GetProperty("schedule").GetString()!.Split('#')[0];

    /// <summary>The schedule of this name: its arguments in order, then what the properties are set to.</summary>
    private static Schedule Create(JsonElement golden)
    {
        Type type = typeof(Schedule).Assembly.GetType($"Nabla.Learning.Schedules.{Name(golden)}")!;
        ConstructorInfo constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        JsonElement[] given = [.. golden.GetProperty("arguments").EnumerateArray()];
        object?[] arguments = [.. constructor.GetParameters().Select((parameter, i) =>
            given[i].Deserialize(parameter.ParameterType))];
        object schedule = constructor.Invoke(arguments);
        if (given.Length > arguments.Length)
            foreach (JsonProperty setting in given[^1].EnumerateObject())
            {
                PropertyInfo property = type.GetProperty(setting.Name)!;
                property.SetValue(schedule, setting.Value.Deserialize(property.PropertyType, Json));
            }
        return (Schedule)schedule;
    }

    private static void Follow(Schedule schedule, JsonElement rates)
    {
        int step = 0;
        foreach (JsonElement rate in rates.EnumerateArray())
            schedule.At(step++).ShouldBe(rate.GetDouble(), 1e-12, $"{schedule} at step {step - 1}");
        step.ShouldBeGreaterThan(10);
    }
}
