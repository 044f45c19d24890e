using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Layers;

/// <summary>Laws of recurrent networks; their numbers are in the golden files.</summary>
public sealed class RecurrentTests
{
    [Fact]
    public void A_network_is_its_cell_step_by_step()
    {
        var rng = new Rng(1);
        var network = new Lstm(3, 5, rng);
        Tensor x = Tensor.Randn([2, 6, 3], rng);
        (Tensor y, LstmState last) = network.Forward(x);
        LstmState? state = null;
        for (int t = 0; t < 6; t++)
        {
            state = network.Cells[0].Forward(x.Slice(1, t, 1).Squeeze(1), state);
            ShouldBeNear(y.Slice(1, t, 1), state.Hidden);
        }
        ShouldBeNear(last.Cell, state!.Cell);
    }

    [Fact]
    public void A_sequence_may_be_read_in_two_parts_with_the_state_between()
    {
        var rng = new Rng(2);
        var network = new Gru(2, 4, rng, new() { Layers = 3 });
        Tensor x = Tensor.Randn([3, 7, 2], rng);
        (Tensor whole, Tensor last) = network.Forward(x);
        (Tensor first, Tensor between) = network.Forward(x.Slice(1, 0, 4));
        (Tensor second, Tensor end) = network.Forward(x.Slice(1, 4, 3), between);
        ShouldBeNear(Tensor.Concat(1, first, second), whole);
        ShouldBeNear(end, last);
    }

    [Fact]
    public void The_second_direction_is_the_first_one_on_the_sequence_reversed()
    {
        var rng = new Rng(3);
        var both = new Rnn(2, 3, rng, new() { Bidirectional = true });
        foreach ((NamedParameter to, NamedParameter from) in
            both.ReverseCells[0].Parameters().Zip(both.Cells[0].Parameters()))
            from.Parameter.CopyTo(to.Parameter.Values);
        Tensor x = Tensor.Randn([1, 5, 2], rng);
        Tensor reversed = Tensor.Concat(1, [.. Enumerable.Range(0, 5).Select(t => x.Slice(1, 4 - t, 1))]);
        Tensor y = both.Forward(x).Y, z = both.Forward(reversed).Y;
        for (int t = 0; t < 5; t++)
            ShouldBeNear(y.Slice(1, t, 1).Slice(2, 3, 3), z.Slice(1, 4 - t, 1).Slice(2, 0, 3));
    }

    [Fact]
    public void Dropout_lies_between_layers_and_only_in_training()
    {
        var rng = new Rng(4);
        var network = new Gru(2, 4, rng, new() { Layers = 2, Dropout = 0.5f });
        Tensor x = Tensor.Randn([3, 7, 2], rng);
        float[] evaluation = network.Forward(x).Y.ToArray();
        network.Forward(x).Y.ToArray().ShouldBe(evaluation);
        network.Forward(x, rng: new Rng(5)).Y.ToArray().ShouldNotBe(evaluation);
        network.Forward(x, rng: new Rng(5)).Y.ToArray().ShouldBe(network.Forward(x, rng: new Rng(5)).Y.ToArray());
        var single = new Gru(2, 4, rng, new() { Dropout = 0.5f });
        single.Forward(x, rng: new Rng(5)).Y.ToArray().ShouldBe(single.Forward(x).Y.ToArray());
    }

    [Fact]
    public void A_batch_may_be_empty_and_weights_start_within_one_over_the_root_of_the_units()
    {
        var network = new Lstm(3, 16, new Rng(6));
        network.Forward(Tensor.Zeros([0, 5, 3])).Y.Shape.ToString().ShouldBe("[0, 5, 16]");
        network.Parameters().SelectMany(p => p.Parameter.ToArray()).ShouldAllBe(w => Math.Abs(w) <= 0.25f);
        network.Parameters().Select(p => p.StoredName)
            .ShouldBe(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]);
        network.ToString().ShouldStartWith("Lstm  1,344");
    }

    [Fact]
    public void An_LSTM_learns_to_remember_what_it_saw_first()
    {
        var rng = new Rng(7);
        var network = new Lstm(1, 8, rng);
        var output = new Linear(8, 1, rng);
        var optimizer = new Nabla.Learning.Optimizers.AdamW(
            new Both(network, output), new() { LearningRate = 0.05f, WeightDecay = 0 });
        float loss = 0;
        for (int step = 0; step < 200; step++)
        {
            using var scope = TensorScope.Begin();
            Tensor x = Tensor.Uniform([32, 4, 1], -1, 1, rng);
            Tensor y = output.Forward(network.Forward(x).State.Hidden.Squeeze(0));
            Tensor error = (y - x.Slice(1, 0, 1).Squeeze(1)).Square().Mean();
            optimizer.Minimize(error);
            loss = error.Item();
        }
        loss.ShouldBeLessThan(0.03f); // the variance of what is to be remembered is 1/3
    }

    [Fact]
    public void Impossible_networks_and_inputs_are_refused()
    {
        var rng = new Rng(1);
        Refuse(() => new Lstm(0, 3, rng), "Lstm: inputs = 0");
        Refuse(() => new Gru(3, -1, rng), "Gru: hidden = -1");
        Refuse(() => new Rnn(3, 2, rng, new() { Layers = 0 }), "Rnn: Layers = 0");
        Refuse(() => new Rnn(3, 2, rng, new() { Dropout = 1 }), "Dropout = 1");
        Refuse(() => new RnnCell(3, 2, rng, activation: (RnnActivation)9), "neither Tanh nor Relu");
        var network = new Lstm(3, 2, rng);
        Refuse(() => network.Forward(Tensor.Zeros([4, 3])), "x [4, 3] must be [B, T, 3]");
        Refuse(() => network.Forward(Tensor.Zeros([4, 0, 3])), "at least one step");
        Refuse(() => network.Forward(Tensor.Zeros([4, 5, 2])), "must be [B, T, 3]");
        Refuse(
            () => network.Forward(Tensor.Zeros([4, 5, 3]), new(Tensor.Zeros([1, 4, 2]), Tensor.Zeros([1, 3, 2]))),
            "the first state [1, 3, 2] must be [1, 4, 2]");
        Refuse(() => new GruCell(3, 2, rng).Forward(Tensor.Zeros([4, 2])), "x [4, 2] must be [B, 3]");
        Refuse(() => new GruCell(3, 2, rng).Forward(Tensor.Zeros([4, 3]), Tensor.Zeros([4, 3])), "must be [4, 2]");

        static void Refuse(Func<object> act, string message) =>
            Should.Throw<ArgumentException>(act).Message.ShouldContain(message);
    }

    private static void ShouldBeNear(Tensor actual, Tensor expected) =>
        actual.ToArray().ShouldBeNear(expected.ToArray(), 5e-6);

    private sealed class Both(Module first, Module second) : Module
    {
        public Module First { get; } = first;

        public Module Second { get; } = second;
    }
}
