using FsCheck;
using FsCheck.Fluent;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Optimizers;

/// <summary>What holds for every optimizer, and what AdamW promises besides.</summary>
public sealed class OptimizerTests
{
    public static TheoryData<string> Names => Catalog.Names;

    /// <summary>Those that take a step with given gradients.</summary>
    public static TheoryData<string> FirstOrder =>
        [.. Catalog.Types.Where(type => !typeof(FunctionOptimizer).IsAssignableFrom(type)).Select(type => type.Name)];

    [Fact]
    public void AdamW_decays_matrices_only()
    {
        var module = new Mlp(3, 4, 2, new Rng(1));
        float[][] before = [.. module.Parameters().Select(p => p.Parameter.ToArray())];
        var optimizer = new AdamW(module, new() { LearningRate = 0.5f, WeightDecay = 0.1f });
        foreach (NamedParameter named in module.Parameters())
            named.Parameter.Backward(Tensor.Zeros(named.Parameter.Shape));
        optimizer.Step();
        foreach ((NamedParameter named, float[] old) in module.Parameters().Zip(before))
            for (int i = 0; i < old.Length; i++)
                named.Parameter.Values[i]
                    .ShouldBe(named.Parameter.Rank == 2 ? old[i] * 0.95f : old[i], 1e-7f, named.Path);
    }

    [Fact]
    public void The_first_step_of_AdamW_is_the_learning_rate_against_the_gradients_sign()
    {
        var module = new One(new Tensor([1, 1, 1]));
        var optimizer = new AdamW(module, new() { LearningRate = 0.25f, WeightDecay = 0 });
        optimizer.Minimize((module.Weight * new Tensor([1e-3f, -50, 1])).Sum());
        float[] expected = [0.75f, 1.25f, 0.75f];
        for (int i = 0; i < 3; i++)
            module.Weight.Values[i].ShouldBe(expected[i], 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minimize_forgets_the_gradients_of_before(string name)
    {
        var module = new One(new Tensor([2]));
        Optimizer optimizer = Create(name, module);
        module.Weight.Backward(Tensor.Full([1], 1e6f));
        float first = 0;
        optimizer.Minimize(() =>
        {
            Tensor loss = module.Weight.Square().Sum();
            first = first == 0 ? loss.Item() : first;
            return loss;
        }).ShouldBe(4);
        first.ShouldBe(4);
        module.Weight.Gradient!.Item().ShouldBeLessThan(5);
        optimizer.Steps.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_parameter_without_gradient_stays(string name)
    {
        var module = new Mlp(3, 4, 2, new Rng(1));
        float[] before = module.Norm.Scale.ToArray();
        Create(name, module).Minimize(() => module.Hidden.Forward(Tensor.Ones([1, 3])).Square().Mean());
        module.Norm.Scale.ToArray().ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_learning_rate_of_zero_changes_nothing(string name)
    {
        var module = new Mlp(3, 4, 2, new Rng(1));
        float[] before = module.AllValues();
        Optimizer optimizer = Create(name, module);
        optimizer.LearningRate = 0;
        optimizer.Minimize(() => Error(module, Tensor.Ones([1, 3]), Tensor.Ones([1, 2])));
        module.AllValues().ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_and_values_restored_go_on_with_the_same_bits(string name)
    {
        var whole = new Mlp(3, 8, 2, new Rng(1));
        Optimizer uninterrupted = Create(name, whole);
        Train(uninterrupted, whole, 0, 10);

        var first = new Mlp(3, 8, 2, new Rng(1));
        Optimizer before = Create(name, first);
        Train(before, first, 0, 6);

        var second = new Mlp(3, 8, 2, new Rng(99));
        foreach ((NamedParameter to, NamedParameter from) in second.Parameters().Zip(first.Parameters()))
            from.Parameter.CopyTo(to.Parameter.Values);
        Optimizer after = Create(name, second);
        foreach ((var to, var from) in after.State().Zip(before.State()))
        {
            to.Name.ShouldBe(from.Name);
            to.Shape.ShouldBe(from.Shape);
            from.Values.CopyTo(to.Values);
        }
        after.Resume(before.Steps);
        Train(after, second, 6, 10);

        Bits(second.AllValues()).ShouldBe(Bits(whole.AllValues()));
        after.Steps.ShouldBe(10);
    }

    [Fact]
    public void State_is_named_after_buffer_and_path()
    {
        var module = new Mlp(3, 4, 2, new Rng(1));
        new AdamW(module).State().Select(s => s.Name).Take(3)
            .ShouldBe(["first_moment.Hidden.Weight", "second_moment.Hidden.Weight", "first_moment.Hidden.Bias"]);
        new Sgd(module, new() { Momentum = 0.9f })
            .State().Select(s => s.Name).First().ShouldBe("velocity.Hidden.Weight");
        new Sgd(module).State().ShouldBeEmpty();
    }

    [Fact]
    public void Clipping_brings_the_norm_to_at_most_its_bound_and_keeps_the_direction() => Prop.ForAll(
        (from norm in Gen.Choose(0, 1_000_000)
         from bound in Gen.Choose(1, 1_000_000)
         select (norm / 1000.0, bound / 1000.0)).ToArbitrary(),
        x =>
        {
            (double norm, double bound) = x;
            float factor = Optimizer.ClipFactor(norm, bound);
            return factor > 0 && factor <= 1 && factor * norm <= bound * (1 + 1e-6)
                && (norm > bound || factor == 1) && (norm <= bound || factor * norm >= bound * (1 - 1e-6));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_norm_that_is_no_number_is_not_clipped_but_reported()
    {
        foreach (double norm in (double[])[double.NaN, double.PositiveInfinity])
            Should.Throw<ArgumentOutOfRangeException>(() => Optimizer.ClipFactor(norm, 1))
                .Message.ShouldContain("diverged");
        Should.Throw<ArgumentOutOfRangeException>(() => Optimizer.ClipFactor(1, 0))
            .Message.ShouldContain("largest norm 0");
        Should.Throw<ArgumentOutOfRangeException>(() => Optimizer.ClipFactor(1, double.NaN));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_learning_rate_stays_a_number(string name)
    {
        Optimizer optimizer = Create(name, new One(new Tensor([1])));
        foreach (float rate in (float[])[-1, float.NaN, float.PositiveInfinity])
            Should.Throw<ArgumentOutOfRangeException>(() => optimizer.LearningRate = rate).Message.ShouldContain(name);
        optimizer.LearningRate.ShouldBe(0.01f);
    }

    [Fact]
    public void Nesterov_steps_as_PyTorch_writes_them()
    {
        // u ← μu + g, θ ← θ − η(g + μu), with g = dL/dθ + λθ, in double.
        double theta = 1.5, velocity = 0;
        var module = new One(new Tensor([1.5f]));
        var optimizer =
            new Sgd(module, new() { LearningRate = 0.1f, Momentum = 0.9f, WeightDecay = 0.01f, Nesterov = true });
        for (int step = 0; step < 20; step++)
        {
            double gradient = 2 * (theta - 3) + 0.01 * theta;
            velocity = 0.9 * velocity + gradient;
            theta -= 0.1 * (gradient + 0.9 * velocity);
            optimizer.Minimize((module.Weight - 3).Square().Sum());
            ((double)module.Weight.Item()).ShouldBe(theta, 1e-5, $"step {step}");
        }
        Should.Throw<ArgumentOutOfRangeException>(() => new Sgd(module, new() { Nesterov = true }))
            .Message.ShouldContain("Momentum");
    }

    [Theory]
    [MemberData(nameof(FirstOrder))]
    public void A_clipped_step_is_the_step_of_the_scaled_gradient(string name)
    {
        var rng = new Rng(3);
        Tensor x = Tensor.Randn([16, 3], rng), y = Tensor.Randn([16, 2], rng);
        Mlp clipped = new(3, 8, 2, new Rng(1)), scaled = new(3, 8, 2, new Rng(1));
        Optimizer one = Create(name, clipped), other = Create(name, scaled);
        Error(clipped, x, y).Backward();
        float[] gradients = clipped.AllGradients();
        double norm = one.GradientNorm();
        norm.ShouldBe(Math.Sqrt(gradients.Sum(g => (double)g * g)), 1e-7);
        float factor = Optimizer.ClipFactor(norm, norm / 8);
        factor.ShouldBe(0.125f);
        one.Step(factor);

        (Error(scaled, x, y) * 0.125f).Backward();
        other.GradientNorm().ShouldBe(norm / 8, 1e-6);
        other.Step();
        Near(clipped.AllValues(), scaled.AllValues(), 1e-6f);
    }

    [Fact]
    public void Accumulated_gradients_of_small_batches_are_that_of_the_large()
    {
        var rng = new Rng(4);
        Tensor x = Tensor.Randn([32, 3], rng), y = Tensor.Randn([32, 2], rng);
        Mlp large = new(3, 8, 2, new Rng(1)), small = new(3, 8, 2, new Rng(1));
        Error(large, x, y).Backward();
        for (int part = 0; part < 4; part++)
            (Error(small, x.Slice(0, 8 * part, 8), y.Slice(0, 8 * part, 8)) / 4).Backward();
        Near(small.AllGradients(), large.AllGradients(), 1e-6f);
    }

    [Fact]
    public void An_MLP_learns_exclusive_or()
    {
        Tensor x = new([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), y = new([0, 1, 1, 0], [4, 1]);
        var model = new Mlp(2, 8, 1, new Rng(5));
        var optimizer = new AdamW(model, new() { LearningRate = 0.05f, WeightDecay = 0 });
        for (int step = 0; step < 300; step++)
        {
            using var scope = TensorScope.Begin();
            optimizer.Minimize(Error(model, x, y));
        }
        Error(model, x, y).Item().ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void A_line_is_found_by_gradient_descent_with_momentum()
    {
        var rng = new Rng(6);
        Tensor x = Tensor.Randn([256, 3], rng), y = x.MatMul(new Tensor([2, -3, 0.5f], [3, 1])) + 1.5f;
        var line = new Learning.Layers.Linear(3, 1, rng);
        var optimizer = new Sgd(line, new() { LearningRate = 0.05f, Momentum = 0.9f });
        for (int step = 0; step < 300; step++)
            optimizer.Minimize(Loss.MeanSquaredError(line.Forward(x), y));
        Near(line.Weight.ToArray(), [2, -3, 0.5f], 1e-4f);
        line.Bias!.Item().ShouldBe(1.5f, 1e-4f);
    }

    [Fact]
    public void Impossible_settings_are_refused_by_name()
    {
        var module = new One(new Tensor([1]));
        Refuse(() => new AdamW(module, new() { Beta1 = 1 }), "Beta1 = 1");
        Refuse(() => new AdamW(module, new() { Beta2 = -0.1f }), "Beta2 = -0.1");
        Refuse(() => new AdamW(module, new() { Epsilon = 0 }), "Epsilon = 0");
        Refuse(() => new AdamW(module, new() { WeightDecay = float.NaN }), "NaN");
        Refuse(() => new AdamW(module, new() { LearningRate = -1 }), "AdamW: learning rate -1");
        Refuse(() => new Sgd(module, new() { LearningRate = float.NaN }), "Sgd: learning rate NaN");
        Refuse(() => new Sgd(module, new() { Momentum = 1 }), "Momentum = 1");
        Refuse(() => new Sgd(module, new() { WeightDecay = -1 }), "WeightDecay = -1");

        static void Refuse(Func<object> create, string message) =>
            Should.Throw<ArgumentOutOfRangeException>(create).Message.ShouldContain(message);
    }

    private static Optimizer Create(string name, Module module) => Catalog.WithRate(name, module);

    private static Tensor Error(Mlp model, Tensor x, Tensor y) => Loss.MeanSquaredError(model.Forward(x), y);

    private static void Train(Optimizer optimizer, Mlp model, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            using var scope = TensorScope.Begin();
            Rng rng = new Rng(7).Fork(step);
            Tensor x = Tensor.Randn([16, 3], rng), y = Tensor.Randn([16, 2], rng);
            optimizer.Minimize(() => Error(model, x, y));
        }
    }

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);

    private static void Near(float[] actual, float[] expected, float tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < actual.Length; i++)
            actual[i].ShouldBe(expected[i], tolerance);
    }

    private sealed class One(Tensor initial) : Module
    {
        public Parameter Weight { get; } = new(initial);
    }
}
