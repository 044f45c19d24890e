using System.Reflection;
using Nabla.Formulas.Evaluation;
using Nabla.Learning.Schedules;
using Nabla.Tensors.Reference;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>The formula that a schedule states gives its rate at every step.</summary>
public class ScheduleFormulaTests
{
    private static readonly (Schedule Schedule, string[] Bindings)[] Rows =
    [
        (new Constant(0.1), ["η=0.1"]),
        (new CosineDecay(0.1, 0.01, 8), ["a=0.1", "b=0.01", "n=8"]),
        (new CosineRestarts(0.1, 0.01, 4), ["a=0.1", "b=0.01", "n=4"]),
        (new Cyclic(0.1, 0.5, 4, 3), ["a=0.1", "b=0.5", "u=4", "d=3"]),
        (new ExponentialDecay(0.1, 0.9), ["η=0.1", "γ=0.9"]),
        (new InverseSquareRoot(1, 512, 5), ["k=1", "d=512", "w=5"]),
        (new LinearRamp(0.1, 0.02, 8), ["a=0.1", "b=0.02", "n=8"]),
        (new MultiStepDecay(0.1, [3, 6], 0.5), ["η=0.1", "γ=0.5", "m=[3,6]"]),
        (new OneCycle(0.1, 10), ["η=0.1", "n=10", "h=2", "d=25", "f=10000"]),
        (new PolynomialDecay(0.1, 0.01, 8, 2), ["a=0.1", "b=0.01", "n=8", "k=2"]),
        (new StepDecay(0.1, 3, 0.5), ["η=0.1", "n=3", "γ=0.5"]),
        (new WarmupCosine(1, 0.1, 3, 9), ["a=1", "b=0.1", "w=3", "n=9"]),
        (new WarmupLinear(1, 0.2, 3, 9), ["a=1", "b=0.2", "w=3", "n=9"]),
        (new WarmupStableDecay(0.1, 0.01, 3, 4, 2), ["a=0.1", "b=0.01", "w=3", "n=4", "d=2"]),
    ];

    public static TheoryData<string> Stated => new(Rows.Select(row => row.Schedule.GetType().Name));

    [Theory]
    [MemberData(nameof(Stated))]
    public void The_formula_of_a_schedule_is_its_rate(string name)
    {
        (Schedule schedule, string[] settings) = Rows.First(row => row.Schedule.GetType().Name == name);
        string formula = schedule.GetType().GetCustomAttribute<FormulaAttribute>()!.Text;
        for (int step = 0; step < 10; step++)
        {
            Bindings bindings = Bindings.Parse([.. settings, FormattableString.Invariant($"s={step}")]);
            StatedFormula.Evaluate(formula, bindings).Value.Values[0]
                .ShouldBe(schedule.At(step), 1e-12, $"{name} at step {step}: {formula}");
        }
    }

    [Fact]
    public void Every_schedule_that_is_a_formula_states_it_and_has_a_row_here() =>
        typeof(Schedule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Schedule)) && !type.IsAbstract)
            .Select(type => type.Name)
            .Except([nameof(LambdaSchedule), nameof(SequentialSchedule)], StringComparer.Ordinal) // made of others
            .Except(Rows.Select(row => row.Schedule.GetType().Name), StringComparer.Ordinal).ShouldBeEmpty();
}
