using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Layers;

/// <summary>Laws of attention and transformers; their numbers are in the golden files.</summary>
public sealed class AttentionTests
{
    [Fact]
    public void The_fused_way_and_the_way_over_the_weights_agree()
    {
        var rng = new Rng(1);
        var attention = new MultiHeadAttention(6, 2, rng);
        Tensor x = Tensor.Randn([2, 4, 6], rng);
        foreach (bool causal in (bool[])[false, true])
            ShouldBeNear(
                attention.Forward(x, new() { Causal = causal, KeyPadding = new bool[8] }),
                attention.Forward(x, new() { Causal = causal }));
    }

    [Fact]
    public void A_hidden_key_changes_nothing()
    {
        var rng = new Rng(2);
        var attention = new MultiHeadAttention(4, 2, rng);
        Tensor q = Tensor.Randn([1, 3, 4], rng), seen = Tensor.Randn([1, 2, 4], rng);
        Tensor k = Tensor.Concat(1, seen, Tensor.Randn([1, 1, 4], rng));
        Tensor expected = attention.Forward((q, seen, seen));
        ShouldBeNear(attention.Forward((q, k, k), new() { KeyPadding = [false, false, true] }), expected);
        float no = float.NegativeInfinity;
        ShouldBeNear(
            attention.Forward((q, k, k), new() { Additive = new Tensor([0, 0, no, 0, 0, no, 0, 0, no], [3, 3]) }),
            expected);
        attention.Weights(q, k).Sum(-1).ToArray().ShouldAllBe(sum => Math.Abs(sum - 1) < 1e-6f);
    }

    [Fact]
    public void Dropout_is_drawn_in_training_only()
    {
        var rng = new Rng(3);
        var attention = new MultiHeadAttention(4, 2, rng, new() { Dropout = 0.5f });
        Tensor x = Tensor.Randn([1, 6, 4], rng);
        attention.Forward(x).ToArray().ShouldBe(attention.Forward(x).ToArray());
        attention.Forward(x, rng: new Rng(1)).ToArray().ShouldNotBe(attention.Forward(x).ToArray());
        var layer = new TransformerEncoderLayer(4, 2, rng, new() { FeedForward = 8, Dropout = 0.5f });
        layer.Forward(x).ToArray().ShouldBe(layer.Forward(x).ToArray());
        layer.Forward(x, rng: new Rng(1)).ToArray().ShouldNotBe(layer.Forward(x).ToArray());
    }

    [Fact]
    public void A_causal_encoder_does_not_see_what_comes_later()
    {
        var rng = new Rng(4);
        var encoder = new TransformerEncoder(8, 2, 2, rng, new() { FeedForward = 16 });
        Tensor x = Tensor.Randn([1, 5, 8], rng);
        Tensor changed = Tensor.Concat(1, x.Slice(1, 0, 3), Tensor.Randn([1, 2, 8], rng));
        Tensor y = encoder.Forward(x, AttentionMask.Past), z = encoder.Forward(changed, AttentionMask.Past);
        ShouldBeNear(y.Slice(1, 0, 3), z.Slice(1, 0, 3));
        y.Slice(1, 3, 2).ToArray().ShouldNotBe(z.Slice(1, 3, 2).ToArray());
        encoder.Parameters().Select(p => p.StoredName).Take(4).ShouldBe([
            "layers.0.self_attn.in_proj_weight", "layers.0.self_attn.in_proj_bias",
            "layers.0.self_attn.out_proj.weight", "layers.0.self_attn.out_proj.bias"]);
    }

    [Fact]
    public void Positions_are_sines_and_cosines()
    {
        Tensor y = new PositionalEncoding(5, 20).Forward(Tensor.Zeros([2, 9, 5]));
        y[1, 8, 0].ShouldBe(MathF.Sin(8), 1e-6f);
        y[1, 8, 1].ShouldBe(MathF.Cos(8), 1e-6f);
        y[0, 3, 4].ShouldBe((float)Math.Sin(3 / Math.Pow(10_000, 0.8)), 1e-6f);
        new PositionalEncoding(4).Parameters().ShouldBeEmpty();
    }

    [Fact]
    public void Impossible_attention_is_refused()
    {
        var rng = new Rng(1);
        Refuse(() => new MultiHeadAttention(5, 2, rng), "2 heads do not divide 5");
        Refuse(() => new MultiHeadAttention(4, 2, rng, new() { Dropout = 1 }), "[0, 1)");
        Refuse(() => new MultiHeadAttention(4, 2, rng, new() { KeyDim = 0 }), "KeyDim = 0");
        Refuse(() => new TransformerEncoderLayer(4, 2, rng, new() { FeedForward = 0 }), "FeedForward = 0");
        Refuse(() => new TransformerDecoder(4, 2, 0, rng), "layers = 0");
        Refuse(() => new TransformerEncoderLayer(4, 2, rng, new() { Activation = (TransformerActivation)9 }), "9");
        var attention = new MultiHeadAttention(4, 2, rng);
        Tensor x = Tensor.Zeros([2, 3, 4]);
        Refuse(() => attention.Forward(Tensor.Zeros([2, 3, 5])), "query [2, 3, 5]");
        Refuse(() => attention.Forward(x, new AttentionMask { KeyPadding = new bool[5] }), "key padding of 5");
        Refuse(() => attention.Forward(x, new AttentionMask { Additive = Tensor.Zeros([2, 3]) }), "constant [3, 3]");
        Refuse(() => attention.Forward((x, x.Slice(1, 0, 2), x.Slice(1, 0, 2)), AttentionMask.Past), "3 queries");
        Refuse(() => new PositionalEncoding(4, 2).Forward(x), "T at most 2");

        static void Refuse(Func<object> act, string message) =>
            Should.Throw<ArgumentException>(act).Message.ShouldContain(message);
    }

    private static void ShouldBeNear(Tensor actual, Tensor expected) =>
        actual.ToArray().ShouldBeNear(expected.ToArray(), 5e-6);
}
