using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Gpt;
using Nabla.Formulas.Spreadsheets.Graphs;
using Nabla.Formulas.Spreadsheets.Kinds;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Tests.Spreadsheets;

/// <summary>A workbook of each kind.</summary>
internal static class SheetSamples
{
    public static IReadOnlyDictionary<string, Func<Workbook>> All { get; } =
        new Dictionary<string, Func<Workbook>>(StringComparer.Ordinal)
        {
            ["neuron"] = () => new NeuronSheet(new([1, 2, 3]), new([0.5f, -0.3f, 0.8f]), 0.1f).Build(),
            ["rain"] = () => Rain(newDay: [1, 0, 1]),
            ["another day"] = () => Rain(newDay: [0, 1, 1]),
            ["xor"] = Xor,
            ["classes"] = Classes,
            ["attention"] = () => Attention(isCausal: false),
            ["causal"] = () => Attention(isCausal: true),
            ["formula"] = () => Loss("[0.9, 0.2, 0.6]"),
            ["other numbers"] = () => Loss("[0.3, 0.8, 0.5]"),
            ["gpt"] = () => Gpt("The cat"),
            ["long text"] = () => Gpt("a text that is longer than the context"),
        };

    /// <summary>The table of the first seed article, with its weights.</summary>
    public static Workbook Rain(float[] newDay) => new RainSheet(
        new([1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0], [6, 3]), new([1, 1, 1, 0, 0, 0]),
        new([0.6f, 1, 1.3f]), -1.4f)
    {
        Names = ["rain yesterday", "high humidity", "pressure dropping"],
        New = new(newDay),
    }.Build();

    private static Workbook Loss(string predictions) => FormulaSheet.Build(
        Formula.Parse(@"L = -\frac{1}{N}\sum_{i=1}^{N} y_i \log \hat y_i + \text{softmax}(y)^T y"),
        Bindings.Parse("y=[1, 0, 1]", $"y_hat={predictions}", "N=3"));

    private static Workbook Xor()
    {
        var rng = new Rng(2);
        return new MlpSheet(
            new(new([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), new([0, 1, 1, 0], [4, 1]))
            {
                What = "exclusive or",
                Inputs = ["a", "b"],
                Outputs = ["a xor b"],
            },
            new(Random(rng, 3, 2), Random(rng, 3), Random(rng, 1, 3), Random(rng, 1))).Build();
    }

    private static Workbook Classes()
    {
        var rng = new Rng(3);
        return new MlpSheet(
            new(Random(rng, 5, 4), new([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0], [5, 3]))
            {
                What = "three classes",
                Inputs = ["length", "width", "height", "weight"],
                Outputs = ["A", "B", "C"],
            },
            new(Random(rng, 8, 4), Random(rng, 8), Random(rng, 3, 8), Random(rng, 3)))
        { LearningRate = 0.3f }.Build();
    }

    private static Workbook Attention(bool isCausal)
    {
        var rng = new Rng(4);
        return new AttentionSheet(Random(rng, 4, 4), Random(rng, 4, 3), Random(rng, 4, 3), Random(rng, 4, 2))
        {
            IsCausal = isCausal,
            Tokens = ["the", "cat", "sat", "\"down\""],
        }.Build();
    }

    /// <summary>A GPT of random weights over small and capital letters.</summary>
    public static Workbook Gpt(string text)
    {
        const int dim = 8, context = 10;
        var rng = new Rng(5);
        string[] vocabulary = [.. "\n !*?TabcdeghilnorstxZ~".Select(letter => letter.ToString())];
        GptBlockWeights[] blocks =
        [
            .. Enumerable.Range(0, 2).Select(_ => new GptBlockWeights(
                Norm(), Linear(3 * dim, dim), Linear(dim, dim), Norm(), Linear(4 * dim, dim))
            {
                Down = Linear(dim, 4 * dim),
            }),
        ];
        return new GptSheet(new(Random(rng, vocabulary.Length, dim), Random(rng, context, dim), blocks, Norm())
        {
            Heads = 2,
        }, vocabulary)
        { Text = text }.Build();

        GptNorm Norm() => new(Random(rng, dim), Random(rng, dim));

        GptLinear Linear(int outputs, int inputs) =>
            new(Random(rng, outputs, inputs) * (1 / MathF.Sqrt(inputs)), Random(rng, outputs));
    }

    private static Tensor Random(Rng rng, params Span<int> shape) => Tensor.Randn([.. shape], rng);
}
