using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Layers;

/// <summary>Layers put together, and their names.</summary>
public sealed class SequentialTests
{
    [Fact]
    public void Sequential_is_its_layers_one_after_the_other_and_names_weights_by_place()
    {
        var rng = new Rng(1);
        var first = new Linear(3, 4, rng);
        var second = new Linear(4, 2, rng);
        var model = new Sequential(
            first, new Activation<Tanh>(), new Dropout(0.5f), new Sequential(second, Activation.With(new Elu(2))));
        Tensor x = Tensor.Randn([5, 3], rng);
        model.Forward(x).ToArray().ShouldBe(second.Forward(first.Forward(x).Tanh()).Elu(2).ToArray());
        model.Forward(x, new Rng(2)).ToArray().ShouldNotBe(model.Forward(x).ToArray());
        model.Parameters().Select(p => p.StoredName).ShouldBe(["0.weight", "0.bias", "3.0.weight", "3.0.bias"]);
        model[0].ShouldBeSameAs(first);
        model.ToString().ReplaceLineEndings("\n").ShouldBe(
            """
            Sequential  26
              Layers[0]: Linear  16
                Weight [4, 3]
                Bias [4]
              Layers[1]: Tanh  0
              Layers[2]: Dropout  0
              Layers[3]: Sequential  10
                Layers[0]: Linear  10
                  Weight [2, 4]
                  Bias [2]
                Layers[1]: Elu { Alpha = 2 }  0
            """);
        new Sequential().Forward(x).ShouldBeSameAs(x);
    }

    [Fact]
    public void Random_numbers_make_batch_norm_in_a_sequence_train()
    {
        var norm = new BatchNorm1d(3);
        ILayer model = new Sequential(norm);
        Tensor x = Tensor.Randn([20, 3], new Rng(1)) + 2;
        model.Forward(x).ToArray()[0].ShouldBe(x.ToArray()[0], 1e-4f);
        norm.RunningMean.ToArray().ShouldBe([0, 0, 0]);
        model.Forward(x, new Rng(2)).Mean(0).ToArray().ShouldAllBe(mean => Math.Abs(mean) < 1e-5f);
        norm.RunningMean.ToArray().ShouldAllBe(mean => mean > 0.1f);
    }

    [Fact]
    public void A_residual_adds_its_input_or_a_shortcut_of_it()
    {
        var rng = new Rng(1);
        var inner = new Linear(3, 3, rng);
        Tensor x = Tensor.Randn([5, 3], rng);
        new Residual(inner).Forward(x).ToArray().ShouldBe((x + inner.Forward(x)).ToArray());
        var shortcut = new Linear(3, 2, rng);
        var larger = new Linear(3, 2, rng);
        var residual = new Residual(larger, shortcut);
        residual.Forward(x).ToArray().ShouldBe((shortcut.Forward(x) + larger.Forward(x)).ToArray());
        residual.Parameters().Select(p => p.StoredName)
            .ShouldBe(["inner.weight", "inner.bias", "shortcut.weight", "shortcut.bias"]);
        Should.Throw<ArgumentException>(() => new Residual(larger).Forward(x)).Message.ShouldContain("give a shortcut");
    }

    [Fact]
    public void A_function_is_a_layer_and_a_layer_that_is_no_module_is_refused()
    {
        new Sequential(new Lambda(x => x * 2), new Identity()).Forward(new Tensor([3f])).Item().ShouldBe(6);
        new Lambda(x => x, "Nothing").ToString().ShouldBe("Nothing  0");
        Should.Throw<ArgumentException>(() => new Sequential(new Stray())).Message.ShouldContain("layer 0, Stray");
        Should.Throw<ArgumentException>(() => new Residual(new Stray())).Message.ShouldContain("inner");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Should.Throw<ArgumentException>(() => new Flatten(2, 1).Forward(Tensor.Zeros([1, 2, 3])))
            .Message.ShouldContain("dimension 2 of [1, 2, 3] lies behind dimension 1");
        Should.Throw<ArgumentException>(() => new Flatten().Forward(Tensor.Zeros([])));
        Should.Throw<ArgumentException>(() => new Unflatten(1, [2, 3]).Forward(Tensor.Zeros([4, 5])))
            .Message.ShouldContain("[2, 3] are not the sizes of a dimension of 5");
    }

    private sealed class Stray : ILayer
    {
        public Tensor Forward(Tensor x) => x;
    }
}
