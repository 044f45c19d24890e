using System.Text.Json;
using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>
/// Everything that PyTorch recorded has an empty case and one with a size of 1; what has none there, because PyTorch
/// 1.13 refuses it, is named here and tried.
/// </summary>
public sealed class GoldenShapeTests
{
    private static readonly Tensor None1 = new Parameter([0, 2, 5]), None2 = new Parameter([0, 2, 4, 4]);
    private static readonly Tensor Lines = new Parameter([0, 3, 4]);

    /// <summary>Empty results, of batches without an item.</summary>
    private static readonly Dictionary<string, Func<Tensor>> Empty = new(StringComparer.Ordinal)
    {
        ["avg_pool1d"] = () => None1.AvgPool1d(2),
        ["max_pool1d"] = () => None1.MaxPool1d(2),
        ["conv_transpose1d"] = () => None1.ConvTranspose1d(new Parameter([2, 3, 2])),
        ["conv_transpose2d"] = () => None2.ConvTranspose2d(new Parameter([2, 3, 2, 2])),
        ["batch_norm"] = () => new BatchNorm1d(2).Forward(None1, training: true),
        ["interpolate"] = () => None2.Interpolate((3, 7)),
        ["gather"] = () => new Parameter([0, 3]).Gather([]),
        ["ChannelShuffle"] = () => new ChannelShuffle(2).Forward(None1),
        ["PixelShuffle"] = () => new PixelShuffle(2).Forward(new Parameter([0, 4, 3, 2])),
        ["PixelUnshuffle"] = () => new PixelUnshuffle(2).Forward(None2),
        ["Embedding"] = () => new Embedding(3, 2, new Rng(1)).Forward([], [0, 4]),
        ["EmbeddingBag"] = () => new EmbeddingBag(3, 2, new Rng(1)).Forward([], 0),
        ["InstanceNorm1d"] = () => new InstanceNorm1d(2).Forward(None1),
        ["InstanceNorm2d"] = () => new InstanceNorm2d(2).Forward(None2),
        ["LocalResponseNorm"] = () => new LocalResponseNorm(3).Forward(None2),
        ["RNN"] = () => new Rnn(4, 2, new Rng(1)).Forward(Lines).Y,
        ["GRU"] = () => new Gru(4, 2, new Rng(1)).Forward(Lines).Y,
        ["LSTM"] = () => new Lstm(4, 2, new Rng(1), new() { Bidirectional = true, Layers = 2 }).Forward(Lines).Y,
        ["RNNCell"] = () => new RnnCell(3, 2, new Rng(1)).Forward(new Parameter([0, 3])),
        ["GRUCell"] = () => new GruCell(3, 2, new Rng(1)).Forward(new Parameter([0, 3])),
        ["LSTMCell"] = () => new LstmCell(3, 2, new Rng(1)).Forward(new Parameter([0, 3])).Cell,
        ["TransformerEncoderLayer"] = () => new TransformerEncoderLayer(4, 2, new Rng(1)).Forward(Lines),
        ["TransformerDecoderLayer"] = () => new TransformerDecoderLayer(4, 2, new Rng(1)).Forward(Lines, Lines),
        ["TransformerEncoder"] = () => new TransformerEncoder(4, 2, 2, new Rng(1)).Forward(Lines),
        ["TransformerDecoder"] = () => new TransformerDecoder(4, 2, 2, new Rng(1)).Forward(Lines, Lines),
        ["Transformer"] = () => new Transformer(4, 2, (1, 1), new Rng(1)).Forward(Lines, Lines),
        ["ctc"] = () => Loss.Ctc(new Parameter([0, 3, 2]), [], new() { Reduction = LossReduction.None }),
        ["multilabel_margin"] = () => Loss.MultiLabelMargin(new Parameter([0, 3]), [], LossReduction.None),
        ["nt_xent"] = () => Loss.NtXent(new Parameter([0, 3]), new Parameter([0, 3]), reduction: LossReduction.None),
    };

    /// <summary>What has no number for nothing, and says so.</summary>
    private static readonly Dictionary<string, (Func<Tensor> Act, string Message)> Refused = new(StringComparer.Ordinal)
    {
        ["mean_squared_error"] = (
            () => Loss.MeanSquaredError(new Parameter([0]), Tensor.Zeros([0])), "no elements"),
        ["std_unbiased"] = (() => new Parameter([0]).Std(), "0 numbers"),
    };

    /// <summary>Of one element, beside what it is.</summary>
    private static readonly Dictionary<string, (Func<Tensor> Act, float Value)> One = new(StringComparer.Ordinal)
    {
        ["gather_last"] = (() => new Parameter(new Tensor([5f], [1, 1])).Gather([0]), 5),
        ["pow_scalar"] = (() => new Parameter(new Tensor([4f])).Pow(0.5), 2),
        ["softmin"] = (() => new Parameter(new Tensor([4f])).Softmin(), 1),
        ["Embedding"] = (() => new Embedding(new Parameter(new Tensor([5f], [1, 1]))).Forward([0], [1]), 5),
        ["EmbeddingBag"] = (() => new EmbeddingBag(new Parameter(new Tensor([5f], [1, 1]))).Forward([0], 1), 5),
    };

    public static TheoryData<string> Names => [.. Empty.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_empty_batch_has_an_empty_result(string name)
    {
        Tensor y = Empty[name]();
        y.Count.ShouldBe(0);
        y.Sum().Backward();
    }

    [Fact]
    public void What_nothing_has_no_number_for_is_refused()
    {
        foreach ((Func<Tensor> act, string message) in Refused.Values)
            Should.Throw<ArgumentException>(act).Message.ShouldContain(message);
    }

    [Fact]
    public void One_element_has_the_result_that_it_must_have()
    {
        foreach ((Func<Tensor> act, float value) in One.Values)
            act().Item().ShouldBe(value, 1e-6f);
    }

    [Fact]
    public void Everything_has_an_empty_case_and_one_with_a_size_of_1()
    {
        (string Name, Shape[] Shapes)[] cases = [
            .. Ops("ops.safetensors"), .. Ops("newops.safetensors"), .. Packed("layers.safetensors", "layer"),
            .. Packed("losses.safetensors", "loss")];
        ILookup<string, Shape[]> shapes = cases.ToLookup(c => c.Name, c => c.Shapes, StringComparer.Ordinal);
        shapes.Count.ShouldBeGreaterThan(200);
        shapes.Where(all => !all.Any(s => s.Any(shape => shape.ElementCount == 0))).Select(all => all.Key)
            .Order(StringComparer.Ordinal).ShouldBe(Empty.Keys.Concat(Refused.Keys).Order(StringComparer.Ordinal));
        shapes.Where(all => !all.Any(s => s.Any(shape => shape.Rank == 0 || shape.Contains(1)))).Select(all => all.Key)
            .Order(StringComparer.Ordinal).ShouldBe(One.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, Shape[] Shapes)> Ops(string name)
    {
        using GoldenFile file = GoldenFile.Open(name);
        foreach (string golden in file.Cases)
        {
            JsonElement note = file.Note(golden);
            int inputs = note.GetProperty("inputs").GetInt32() + note.GetProperty("constants").GetInt32();
            yield return (note.GetProperty("op").GetString()!, [
                .. Enumerable.Range(0, inputs).Select(i => file.Read($"{golden}/x{i}").Shape),
                file.Read($"{golden}/y").Shape]);
        }
    }

    private static IEnumerable<(string Name, Shape[] Shapes)> Packed(string name, string kind)
    {
        using GoldenFile file = GoldenFile.Open(name);
        foreach (string golden in file.Cases)
        {
            JsonElement note = file.Note(golden);
            yield return (note.GetProperty(kind).GetString()!, [
                .. note.GetProperty("parts").EnumerateObject().Where(part => part.Name[0] is 'x' or 'c')
                    .Select(part => Shape.Create([.. part.Value.EnumerateArray().Select(size => size.GetInt32())]))]);
        }
    }
}
