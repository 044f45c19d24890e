using System.Reflection;
using Nabla.Formulas.Evaluation;
using Nabla.Learning;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>Carrying out the statements that an optimizer's formula consists of is a step of the optimizer.</summary>
public class OptimizerFormulaTests
{
    private const string Scalar = "θ=[[0.7]]", Zero = "=[[0]]";

    // What the optimizer minimises is g·θ with another g at each step, so that its gradient is g.
    private static readonly double[] Factors = [0.5, -0.2, 0.8, 0.3, 0.1, 0.4, -0.6];

    private static readonly Row[] Rows =
    [
        new(w => new Sgd(w, new() { LearningRate = 0.1f, Momentum = 0.9f, Dampening = 0.2f, WeightDecay = 0.3f }),
            Scalar, "u" + Zero, "η=0.1", "μ=0.9", "τ=0.2", "λ=0.3"),
        new(w => new AdaGrad(w, new() { LearningRate = 0.1f, RateDecay = 0.05f, WeightDecay = 0.3f }),
            Scalar, "s" + Zero, "η=0.1", "δ=0.05", "λ=0.3", "ε=1e-10"),
        new(w => new AdaDelta(w, new() { WeightDecay = 0.3f }),
            Scalar, "v" + Zero, "d" + Zero, "η=1", "ρ=0.9", "ε=1e-6", "λ=0.3"),
        new(w => new RmsProp(w, new() { LearningRate = 0.1f, Momentum = 0.5f, WeightDecay = 0.3f }),
            Scalar, "v" + Zero, "u" + Zero, "η=0.1", "α=0.99", "μ=0.5", "ε=1e-8", "λ=0.3"),
        new(w => new Adam(w, new() { LearningRate = 0.1f, WeightDecay = 0.3f }),
            Scalar, "m" + Zero, "v" + Zero, "η=0.1", "β_1=0.9", "β_2=0.999", "ε=1e-8", "λ=0.3"),
        new(w => new AdamW(w, new() { LearningRate = 0.1f, WeightDecay = 0.3f }),
            Scalar, "m" + Zero, "v" + Zero, "η=0.1", "β_1=0.9", "β_2=0.999", "ε=1e-8", "λ=0.3"),
        new(w => new Adamax(w, new() { LearningRate = 0.1f, WeightDecay = 0.3f }),
            Scalar, "m" + Zero, "u" + Zero, "η=0.1", "β_1=0.9", "β_2=0.999", "ε=1e-8", "λ=0.3"),
        new(w => new NAdam(w, new() { LearningRate = 0.1f, WeightDecay = 0.3f }),
            Scalar, "m" + Zero, "v" + Zero, "c=1", "η=0.1", "β_1=0.9", "β_2=0.999", "ψ=0.004", "ε=1e-8", "λ=0.3"),
        new(w => new RAdam(w, new() { LearningRate = 0.1f, WeightDecay = 0.3f }),
            Scalar, "m" + Zero, "v" + Zero, "η=0.1", "β_1=0.9", "β_2=0.999", "ε=1e-8", "λ=0.3"),
        new(w => new Rprop(w, new() { LearningRate = 0.1f }), "θ=0.7", "h=0", "Δ=0.1", "p=1.2", "q=0.5"),
        new(w => new Lion(w, new() { LearningRate = 0.1f, Beta1 = 0.9f, Beta2 = 0.99f, WeightDecay = 0.3f }),
            Scalar, "m" + Zero, "η=0.1", "β_1=0.9", "β_2=0.99", "λ=0.3"),
        new(w => new Lamb(w, new() { LearningRate = 0.1f }),
            "θ=[[0.7,-0.2],[1,0.5]]", "m=[[0,0],[0,0]]", "v=[[0,0],[0,0]]", "η=0.1", "β_1=0.9", "β_2=0.999", "ε=1e-6",
            "λ=0.01"),
        new(w => new Muon(w, new() { LearningRate = 0.1f, NewtonSchulzSteps = 1, WeightDecay = 0.3f }),
            "θ=[[0.7,-0.2],[1,0.5],[0.3,0.1]]", "u=[[0,0],[0,0],[0,0]]", "η=0.1", "μ=0.95", "λ=0.3", "r=3", "k=2",
            "a=3.4445", "b=-4.7750", "c=2.0315"),
        new(w => new Adafactor(w, new() { LearningRate = 0.1f, RelativeStep = false }),
            "θ=[0.7,-0.2,1]", "V=[0,0,0]", "η=0.1", "c=0.8", "ε=1e-30", "d=1", "n=3"),
    ];

    // Optimizers that ask the function themselves; and one whose step is two loops over what it remembers.
    private static readonly string[] Elsewhere =
        [nameof(Newton), nameof(NaturalGradient), nameof(Lbfgs)];

    private static IEnumerable<Type> Optimizers =>
        typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract);

    public static TheoryData<string> Stated => new(Rows.Select(row => row.Name));

    [Theory]
    [MemberData(nameof(Stated))]
    public void Steps_of_an_optimizer_are_what_its_formula_says(string name)
    {
        Row row = Rows.First(row => row.Name == name);
        string formula = Optimizers.First(type => type.Name == name).GetCustomAttribute<FormulaAttribute>()!.Text;
        var given = Bindings.Parse(row.Bindings);
        var state = given.Names.ToDictionary(bound => bound, bound => given[bound], StringComparer.Ordinal);
        var parameter = new Parameter(StatedFormula.Tensor(state["theta"]));
        Optimizer optimizer = row.Make(new ParameterList(parameter));
        for (int t = 1; t <= Factors.Length; t++)
        {
            double[] gradient = [.. Enumerable.Range(0, parameter.Count).Select(i => Factors[t - 1] * (1 + i))];
            var slope = new NumberArray(state["theta"].Shape, gradient);
            state["g"] = slope;
            state["t"] = new NumberArray(t);
            StatedFormula.Update(formula, state);
            optimizer.Minimize((parameter * StatedFormula.Tensor(slope)).Sum());
            StatedFormula.ShouldAgree(state["theta"].Values, parameter.ToArray(), $"{name}, step {t}: {formula}");
        }
    }

    [Fact]
    public void Newton_and_the_natural_gradient_take_the_step_that_their_formulas_say()
    {
        // L = w₁² + w₁w₂ + 2w₂² at (1, −1): g = (1, −3), H = [[2, 1], [1, 4]].
        var newton = new Parameter(new Tensor([1f, -1f]));
        new Newton(new ParameterList(newton), new() { Damping = 0.5f }).Minimize(() =>
            (newton * new Tensor([1f, 0f])).Sum() is var a && (newton * new Tensor([0f, 1f])).Sum() is var b
                ? a * a + a * b + 2 * (b * b) : throw new InvalidOperationException());
        StatedFormula.ShouldAgree(
            Step(typeof(Newton), "θ=[1,-1]", "g=[1,-3]", "H=[[2,1],[1,4]]", "λ=0.5", "η=1"), newton.ToArray(),
                "Newton");
        // The examples' gradients are (1, 0) and (2, 1).
        var natural = new Parameter(new Tensor([3f, 1f]));
        var examples = new Tensor([1f, 0f, 2f, 1f], [2, 2]);
        new NaturalGradient(new ParameterList(natural), new() { LearningRate = 0.5f, Damping = 2 })
            .Minimize(() => (examples * natural).Sum(-1));
        StatedFormula.ShouldAgree(
            Step(typeof(NaturalGradient), "θ=[3,1]", "g=[1.5,0.5]", "F=[[2.5,1],[1,0.5]]", "λ=2", "η=0.5"),
            natural.ToArray(), "NaturalGradient");
    }

    [Fact]
    public void Averages_of_weights_are_what_their_formulas_say()
    {
        var w = new Parameter(new Tensor([1f]));
        var moving = new ExponentialMovingAverage(new ParameterList(w), decay: 0.75f);
        w.Values[0] = 3;
        moving.Update();
        moving.CopyToModule();
        StatedFormula.ShouldAgree(
            Step(typeof(ExponentialMovingAverage), "m=1", "θ=3", "d=0.75"), w.ToArray(), "moving average");
    }

    [Fact]
    public void Every_optimizer_states_its_formula_and_has_a_row_here()
    {
        string[] names = [.. Optimizers.Select(type => type.Name)];
        Optimizers.Where(type => type.GetCustomAttribute<FormulaAttribute>() is null).Select(type => type.Name)
            .ShouldBe([nameof(Lbfgs)]); // two loops over what it remembers
        names.Except(Elsewhere, StringComparer.Ordinal).Except(Rows.Select(row => row.Name), StringComparer.Ordinal)
            .ShouldBeEmpty("add a row with a sample");
    }

    private static double[] Step(Type type, params string[] bindings)
    {
        var given = Bindings.Parse(bindings);
        return [.. StatedFormula.Evaluate(type.GetCustomAttribute<FormulaAttribute>()!.Text, given).Value.Values];
    }

    private sealed record Row(Func<ParameterList, Optimizer> Make, params string[] Bindings)
    {
        public string Name { get; } = Make(new ParameterList(new Parameter(new Tensor([1f], [1, 1])))).GetType().Name;
    }
}
