using System.Reflection;
using Nabla.Formulas.Evaluation;
using Nabla.Learning.Losses;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>The formula that a loss states is its value, and the formula's derivative its gradient.</summary>
public class LossFormulaTests
{
    private const string Logits = "x=[[1,-0.5,2],[0.3,0.1,-1]]", Scores = "x=[0.5,-1.2,2,0.1]";
    private const string Signs = "t=[1,-1,1,-1]";

    private static readonly Tensor SignTensor = Of(1, -1, 1, -1), Flags = Of(1, 0, 1, 0);
    private static readonly int[] Classes = [2, 0];

    // Of a method with several forms the number of its parameters stands behind the name.
    private static readonly Row[] Rows =
    [
        new("MeanSquaredError", "x=[1,2.5,-1]", x => Loss.MeanSquaredError(x, Of(3, 5, 0.5f)), "t=[3,5,0.5]", "n=3"),
        new("MeanAbsoluteError", "x=[1,2.5,-1]", x => Loss.MeanAbsoluteError(x, Of(3, 5, 0.5f)), "t=[3,5,0.5]", "n=3"),
        new("Huber", "x=[1,2.5,-1]", x => Loss.Huber(x, Of(3, 2, 0.5f), 0.8), "t=[3,2,0.5]", "δ=0.8", "n=3"),
        new("SmoothL1", "x=[1,2.5,-1]", x => Loss.SmoothL1(x, Of(3, 2, 0.5f), 0.8), "t=[3,2,0.5]", "β=0.8", "n=3"),
        new("BinaryCrossEntropy", "p=[0.2,0.7,0.4]", p => Loss.BinaryCrossEntropy(p, Of(0, 1, 0.5f)),
            "t=[0,1,0.5]", "n=3"),
        new("BinaryCrossEntropyWithLogits", Scores, x => Loss.BinaryCrossEntropyWithLogits(
            x, Flags, new() { PositiveWeight = Of(3) }), "t=[1,0,1,0]", "v=3", "n=4"),
        new("CosineEmbedding", "a=[1,2,-0.5]", a => Loss.CosineEmbedding(
            a.Unsqueeze(0), Of(0.5f, 1, 1).Unsqueeze(0), Of(-1), 0.2f), "b=[0.5,1,1]", "t=-1", "m=0.2"),
        new("CrossEntropy/2", Logits, x => Loss.CrossEntropy(x, Classes), "t=[3,1]", "n=2"),
        new("CrossEntropy/3", Logits, x => Loss.CrossEntropy(
            x, Classes, new() { LabelSmoothing = 0.1f, ClassWeights = Of(1, 2, 0.5f) }),
            "t=[3,1]", "ε=0.1", "w=[1,2,0.5]", "V=3"),
        new("CrossEntropy/3", Logits, x => Loss.CrossEntropy(
            x, new Tensor([0.2f, 0.5f, 0.3f, 1, 0, 0], [2, 3])), "q=[[0.2,0.5,0.3],[1,0,0]]", "n=2"),
        new("Dice", "p=[0.2,0.7,0.4]", p => Loss.Dice(p.Unsqueeze(0), Of(0, 1, 1).Unsqueeze(0)), "t=[0,1,1]", "s=1"),
        new("SigmoidFocal", Scores, x => Loss.SigmoidFocal(x, Flags), "t=[1,0,1,0]", "α=0.25", "γ=2", "n=4"),
        new("SoftmaxFocal", Logits, x => Loss.SoftmaxFocal(x, Classes), "t=[3,1]", "γ=2", "n=2"),
        new("GaussianNegativeLogLikelihood", "μ=[1,2]", m => Loss.GaussianNegativeLogLikelihood(
            m, Of(1.5f, 0), Of(0.5f, 2)), "t=[1.5,0]", "v=[0.5,2]", "n=2"),
        new("Hinge", Scores, x => Loss.Hinge(x, SignTensor), Signs, "m=1", "n=4"),
        new("HingeEmbedding", Scores, x => Loss.HingeEmbedding(x, SignTensor), Signs, "m=1", "n=4"),
        new("SoftMargin", Scores, x => Loss.SoftMargin(x, SignTensor), Signs, "n=4"),
        new("MarginRanking", "a=[0.5,-1.2,2,0.1]", a => Loss.MarginRanking(a, Of(1, 0, 1, 2), SignTensor, 0.3f),
            "b=[1,0,1,2]", Signs, "m=0.3", "n=4"),
        new("InfoNce", "q=[[1,2],[0,-1]]", q => Loss.InfoNce(q, new Tensor([1, 1, 0.5f, -2], [2, 2]), 0.5f),
            "k=[[1,1],[0.5,-2]]", "τ=0.5", "n=2"),
        new("NtXent", "z=[[1,2],[0,-1],[1,1],[0.5,-2]]", z => Loss.NtXent(
            z.Slice(0, 0, 2), z.Slice(0, 2, 2)), "p=[3,4,1,2]", "τ=0.5", "n=4"),
        new("KullbackLeibler", "q=[-1,-0.5,-2]", q => Loss.KullbackLeibler(q, Of(0.2f, 0.5f, 0.3f)),
            "p=[0.2,0.5,0.3]", "n=3"),
        new("MultiLabelMargin", Scores, x => Loss.MultiLabelMargin(x.Unsqueeze(0), [[0, 2]]), "r=[1,0,1,0]", "V=4"),
        new("MultiLabelSoftMargin", Scores, x => Loss.MultiLabelSoftMargin(x.Unsqueeze(0), Flags.Unsqueeze(0)),
            "t=[1,0,1,0]", "V=4"),
        new("MultiMargin", Scores, x => Loss.MultiMargin(x.Unsqueeze(0), [2]), "t=3", "m=1", "p=1", "V=4"),
        new("NegativeLogLikelihood", "l=[[-1,-0.5,-2],[-0.3,-2,-1]]", l => Loss.NegativeLogLikelihood(
            l, Classes, new() { ClassWeights = Of(1, 2, 0.5f) }), "t=[3,1]", "w=[1,2,0.5]"),
        new("PoissonNegativeLogLikelihood", Scores, x => Loss.PoissonNegativeLogLikelihood(x, Of(1, 0, 2, 3)),
            "t=[1,0,2,3]", "n=4"),
        new("TripletMargin", "a=[1,2]", a => Loss.TripletMargin(a, Of(0, 1), Of(2, 2.5f)),
            "p=[0,1]", "n=[2,2.5]", "ε=1e-6", "m=1"),
    ];

    // Losses whose formula says something that is no arithmetic.
    private static readonly string[] NotComputed =
    [
        "Ctc", // the sum runs over all paths that spell the target
    ];

    private static IEnumerable<MethodInfo> Losses => typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.ReturnType == typeof(Tensor));

    public static TheoryData<string> Stated => new(Rows.Select((row, i) => $"{i} {row.Loss}"));

    [Theory]
    [MemberData(nameof(Stated))]
    public void The_formula_of_a_loss_is_its_value_and_its_derivative_the_gradient(string name)
    {
        Row row = Rows[int.Parse(name.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)];
        string[] parts = row.Loss.Split('/');
        string[] formulas = [.. Losses.Where(method => method.Name == parts[0]
            && (parts.Length == 1 || method.GetParameters().Length.ToString(
                System.Globalization.CultureInfo.InvariantCulture) == parts[1]))
            .Select(method => method.GetCustomAttribute<FormulaAttribute>()?.Text).OfType<string>()];
        string formula = formulas.Length == 1 ? formulas[0]
            : formulas.First(text => row.Bindings.All(binding => Named(text, binding.Split('=')[0])));
        Bindings bindings = Bindings.Parse([row.X, .. row.Bindings]);
        EvaluationResult result = StatedFormula.Evaluate(formula, bindings, bindings.Names[0]);
        var x = new Parameter(StatedFormula.Tensor(bindings[bindings.Names[0]]));
        Tensor loss = row.Call(x);
        loss.Backward();
        StatedFormula.ShouldAgree(result.Value.Values, [loss.Item()], $"{row.Loss}: {formula}");
        StatedFormula.ShouldAgree(result.Gradients[bindings.Names[0]].Values, x.Gradient!.ToArray(),
            $"the gradient of {row.Loss}: {formula}");
    }

    [Fact]
    public void Every_loss_states_its_formula_and_has_a_row_here()
    {
        string[] names = [.. Losses.Select(method => method.Name).Distinct(StringComparer.Ordinal)
            .Except(NotComputed, StringComparer.Ordinal)];
        names.Where(name => Losses.Where(method => method.Name == name)
            .All(method => method.GetCustomAttribute<FormulaAttribute>() is null))
            .ShouldBeEmpty("give the loss its [Formula]");
        names.Except(Rows.Select(row => row.Loss.Split('/')[0]), StringComparer.Ordinal)
            .ShouldBeEmpty("add a row with a sample");
    }

    private static bool Named(string formula, string name) => formula.Contains(name, StringComparison.Ordinal);

    private static Tensor Of(params float[] values) => new(values);

    private sealed record Row(string Loss, string X, Func<Tensor, Tensor> Call, params string[] Bindings);
}
