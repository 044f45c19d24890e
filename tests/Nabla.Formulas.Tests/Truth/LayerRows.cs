using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using static Nabla.Formulas.Tests.Truth.LayerRow;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>
/// Every layer on a small input: where it uses its formula again and again (for each row, window or step) on one.
/// </summary>
internal static class LayerRows
{
    private static readonly Rng Rng = new(5);

    public static IEnumerable<LayerRow> All() =>
        [.. Products(), .. Norms(), .. Elementwise(), .. Windows(), .. Moves(), .. Dropouts(), .. Recurrent(),
            .. LayerRowsOfAttention.All()];

    private static IEnumerable<LayerRow> Products() =>
    [
        Of(new Linear(3, 2, Rng), Input("x", [1, 3], 3), (l, x) => l.Forward(x),
            l => [Given.All("W", l.Weight), Given.All("b", l.Bias)]),
        Of(new Bilinear(2, 3, 2, Rng), [Input("x_1", [2], 2), Input("x_2", [3], 3)], (l, x) => l.Forward(x[0], x[1]),
            l => [Given.All("W", l.Weight), Given.All("b", l.Bias)]),
        Of(new Embedding(4, 3, Rng), [], (l, _) => l.Forward([2], [1]), l => [Given.All("W", l.Weight)], "p=3"),
        Of(new EmbeddingBag(4, 3, Rng), [], (l, _) => l.Forward([2, 0], 1), l => [Given.All("W", l.Weight)],
            "p=[3,1]", "n=2"),
        Of(new Conv1d(2, 2, 3, Rng), Input("x", [1, 2, 3], 2, 3), (l, x) => l.Forward(x),
            l => [Given.All("W", l.Weight), Given.All("b", l.Bias)]),
        Of(new Conv2d(2, 2, (2, 3), Rng), Input("x", [1, 2, 2, 3], 2, 2, 3), (l, x) => l.Forward(x),
            l => [Given.All("W", l.Weight), Given.All("b", l.Bias)]),
        Of(new ConvTranspose1d(2, 2, 3, Rng), Input("x", [1, 2, 1], 2), (l, x) => l.Forward(x),
            l => [Given.All("W", l.Weight), Given.All("b", l.Bias)]),
        Of(new ConvTranspose2d(2, 2, (2, 3), Rng), Input("x", [1, 2, 1, 1], 2), (l, x) => l.Forward(x),
            l => [Given.All("W", l.Weight), Given.All("b", l.Bias)]),
    ];

    private static IEnumerable<LayerRow> Norms() =>
    [
        Of(new LayerNorm(4), Input("x", [1, 4], 4), (l, x) => l.Forward(x),
            l => [Given.All("γ", l.Scale), Given.All("β", l.Shift)], "ε=1e-5"),
        Of(new RmsNorm(4), Input("x", [1, 4], 4), (l, x) => l.Forward(x), l => [Given.All("γ", l.Scale)],
            "ε=1e-5", "n=4"),
        Of(new GroupNorm(1, 2), Input("x", [1, 2, 3], 2, 3), (l, x) => l.Forward(x),
            l => [new("γ", l.Scale, 2, 1), new("β", l.Shift, 2, 1)], "ε=1e-5"),
        Of(new BatchNorm1d(1), Input("x", [4, 1], 4), (l, x) => l.Forward(x, training: true),
            l => [Given.All("γ", l.Scale), Given.All("β", l.Shift)], "ε=1e-5"),
        Of(new BatchNorm2d(1), Input("x", [2, 1, 2, 2], 8), (l, x) => l.Forward(x, training: true),
            l => [Given.All("γ", l.Scale), Given.All("β", l.Shift)], "ε=1e-5"),
        Of(new InstanceNorm1d(1, affine: true), Input("x", [1, 1, 4], 4), (l, x) => l.Forward(x),
            l => [Given.All("γ", l.Scale), Given.All("β", l.Shift)], "ε=1e-5"),
        Of(new InstanceNorm2d(1, affine: true), Input("x", [1, 1, 2, 3], 6), (l, x) => l.Forward(x),
            l => [Given.All("γ", l.Scale), Given.All("β", l.Shift)], "ε=1e-5"),
        Of(new LocalResponseNorm(3, 0.5, 0.75, 2), Input("x", [1, 5, 1], 5), (l, x) => l.Forward(x), null,
            "n=3", "α=0.5", "β=0.75", "k=2"),
        Of(new LocalResponseNorm(2, 0.5, 0.75, 2), Input("x", [1, 5, 1], 5), (l, x) => l.Forward(x), null,
            "n=2", "α=0.5", "β=0.75", "k=2"),
        Of(new Softmax(), Input("x", [1, 4], 4), (l, x) => l.Forward(x)),
        Of(new LogSoftmax(), Input("x", [1, 4], 4), (l, x) => l.Forward(x)),
        Of(new Softmin(), Input("x", [1, 4], 4), (l, x) => l.Forward(x)),
        Of(new PairwiseDistance(3, 0.01f), [Input("a", [4], 4), Input("b", [4], 4)], (l, x) => l.Forward(x[0], x[1]),
            null, "p=3", "ε=0.01"),
        Of(new CosineSimilarity(), [Input("a", [4], 4), Input("b", [4], 4)], (l, x) => l.Forward(x[0], x[1]), null,
            "ε=1e-8"),
        Of(new CosineSimilarity(epsilon: 9), [Input("a", [4], 4), Input("b", [4], 4)], (l, x) => l.Forward(x[0], x[1]),
            null, "ε=9"),
    ];

    private static IEnumerable<LayerRow> Elementwise()
    {
        var halves = new Parameter(Tensor.Randn([6], Rng));
        return
        [
            Of(new Glu(), [new("a", halves, 3), new("b", halves, 3) { Start = 3 }], (l, x) => l.Forward(x[0])),
            Of(new ParametricRelu(), Input("x", [6], 6), (l, x) => l.Forward(x), l => [Given.All("a", l.Slope)]),
            Of(new Identity(), Input("x", [3], 3), (l, x) => l.Forward(x)),
            Of(new Activation<Tanh>(), Input("x", [3], 3), (l, x) => l.Forward(x)) with
            {
                Where = ("f(x)", "tanh(x)"),
            },
            Of(Activation.With(new LeakyRelu(0.1)), Input("x", [6], 6), (l, x) => l.Forward(x)) with
            {
                Where = ("f(x)", "max(0.1·x, x)"),
            },
            Of(new Residual(new Activation<Tanh>()), Input("x", [3], 3), (l, x) => l.Forward(x)) with
            {
                Where = ("f(x)", "tanh(x)"),
            },
            Of(new Sequential(new Activation<Tanh>(), new Activation<Exp>()), Input("x", [3], 3),
                (l, x) => l.Forward(x)) with
            {
                Where = ("g(f(x))", "exp(tanh(x))"),
            },
        ];
    }

    private static IEnumerable<LayerRow> Windows() =>
    [
        Of(new AvgPool1d(3), Input("x", [1, 1, 3], 3), (l, x) => l.Forward(x), null, "n=3"),
        Of(new AvgPool2d(2), Input("x", [1, 1, 2, 2], 4), (l, x) => l.Forward(x), null, "n=4"),
        Of(new AdaptiveAvgPool1d(1), Input("x", [1, 1, 3], 3), (l, x) => l.Forward(x), null, "n=3"),
        Of(new AdaptiveAvgPool2d(1), Input("x", [1, 1, 2, 2], 4), (l, x) => l.Forward(x), null, "n=4"),
        Of(new MaxPool1d(3), Input("x", [1, 1, 3], 3), (l, x) => l.Forward(x)),
        Of(new MaxPool2d(2), Input("x", [1, 1, 2, 2], 4), (l, x) => l.Forward(x)),
        Of(new AdaptiveMaxPool1d(1), Input("x", [1, 1, 3], 3), (l, x) => l.Forward(x)),
        Of(new AdaptiveMaxPool2d(1), Input("x", [1, 1, 2, 2], 4), (l, x) => l.Forward(x)),
        Of(new LpPool1d(2, 3), Input("x", [1, 1, 3], 3), (l, x) => l.Forward(x), null, "p=2"),
        Of(new LpPool2d(4, 2), Input("x", [1, 1, 2, 2], 4), (l, x) => l.Forward(x), null, "p=4"),
    ];

    private static IEnumerable<LayerRow> Moves() =>
    [
        Of(new Flatten(), Input("x", [1, 2, 3], 6), (l, x) => l.Forward(x)),
        Of(new Unflatten(0, [2, 3]), Input("x", [6], 6), (l, x) => l.Forward(x)),
        Of(new Unfold((1, 2)), Input("x", [1, 1, 1, 3], 3), (l, x) => l.Forward(x), null, "p=[1,2,2,3]"),
        Of(new FoldPatches((1, 3), (1, 2)), Input("x", [1, 2, 2], 4), (l, x) => l.Forward(x), null,
            "P=[[1,0,0,0],[0,1,1,0],[0,0,0,1]]"),
        Of(new Pad([1, 2], value: 7), Input("x", [2], 2), (l, x) => l.Forward(x), null,
            "P=[[0,0],[1,0],[0,1],[0,0],[0,0]]", "v=[7,0,0,7,7]"),
        Of(new Upsample(2), Input("x", [1, 1, 1, 2], 2), (l, x) => l.Forward(x), null, "p=[1,1,2,2,1,1,2,2]"),
        Of(new PixelShuffle(2), Input("x", [1, 4, 1, 2], 8), (l, x) => l.Forward(x), null, "p=[1,3,2,4,5,7,6,8]"),
        Of(new PixelUnshuffle(2), Input("x", [1, 1, 2, 4], 8), (l, x) => l.Forward(x), null, "p=[1,3,2,4,5,7,6,8]"),
        Of(new ChannelShuffle(2), Input("x", [1, 6, 1], 6), (l, x) => l.Forward(x), null, "p=[1,4,2,5,3,6]"),
    ];

    private static IEnumerable<LayerRow> Dropouts()
    {
        string Mask(ILayer layer, Shape shape) => "m=[" + string.Join(
            ',', layer.Forward(Tensor.Ones(shape), new Rng(7)).ToArray().Select(y => y > 0 ? 1 : 0)) + "]";
        string Channels(ILayer layer, Shape shape) => Mask(layer, shape)
            .Replace("[", "[[", StringComparison.Ordinal).Replace("]", "]]", StringComparison.Ordinal)
            .Replace(",", "],[", StringComparison.Ordinal);
        return
        [
            Of(new Dropout(0.4f), Input("x", [6], 6), (l, x) => l.Forward(x, new Rng(7)), null,
                "p=0.4", Mask(new Dropout(0.4f), [6])),
            Of(new Dropout1d(0.4f), Input("x", [1, 5, 2], 5, 2), (l, x) => l.Forward(x, new Rng(7)), null,
                "p=0.4", Channels(new Dropout1d(0.4f), [1, 5, 1])),
            Of(new Dropout2d(0.4f), Input("x", [1, 5, 1, 2], 5, 2), (l, x) => l.Forward(x, new Rng(7)), null,
                "p=0.4", Channels(new Dropout2d(0.4f), [1, 5, 1, 1])),
            Of(new AlphaDropout(0.4f), Input("x", [6], 6), (l, x) => l.Forward(x, new Rng(7)), null,
                "p=0.4", "s=-1.7580993408473766", Mask(new AlphaDropout(0.4f), [6])),
        ];
    }

    private static IEnumerable<LayerRow> Recurrent()
    {
        return
        [
            Of(new RnnCell(3, 2, Rng), States("x h", 1), (l, t) => l.Forward(t[0], t[1]), l => Gates(l, "")),
            Of(new GruCell(3, 2, Rng), States("x h", 1), (l, t) => l.Forward(t[0], t[1]),
                l => Gates(l, "_r", "_z", "_n")),
            Of(new LstmCell(3, 2, Rng), States("x h c", 1), (l, t) => Both(l.Forward(t[0], new(t[1], t[2]))),
                l => Gates(l, "_i", "_f", "_g", "_o")),
            Of(new Rnn(3, 2, Rng), States("x h", 1, 1), (l, t) => l.Forward(t[0], t[1]).Y,
                l => Gates(l.Cells[0], "")),
            Of(new Gru(3, 2, Rng), States("x h", 1, 1), (l, t) => l.Forward(t[0], t[1]).Y,
                l => Gates(l.Cells[0], "_r", "_z", "_n")),
            Of(new Lstm(3, 2, Rng), States("x h c", 1, 1), (l, t) => Both(l.Forward(t[0], new(t[1], t[2])).State),
                l => Gates(l.Cells[0], "_i", "_f", "_g", "_o")),
        ];

        static Given[] States(string names, params int[] before) => [.. names.Split(' ').Select(
            name => Input(name, [.. before, name == "x" ? 3 : 2], name == "x" ? 3 : 2))];

        static Tensor Both(LstmState state) => Tensor.Concat(-1, state.Hidden, state.Cell);
    }

    /// <summary>The weights of a recurrent cell by the names of its gates, in the order in which they lie.</summary>
    public static Given[] Gates(RecurrentCell cell, params string[] gates)
    {
        int inputs = cell.InputWeight.Shape[1], hidden = cell.HiddenWeight.Shape[1];
        return [.. gates.SelectMany((gate, i) => new Given[]
        {
            new("W" + gate, cell.InputWeight, hidden, inputs) { Start = i * hidden * inputs },
            new("U" + gate, cell.HiddenWeight, hidden, hidden) { Start = i * hidden * hidden },
            new("b" + gate, cell.InputBias!, hidden) { Start = i * hidden },
            new("d" + gate, cell.HiddenBias!, hidden) { Start = i * hidden },
        })];
    }
}
