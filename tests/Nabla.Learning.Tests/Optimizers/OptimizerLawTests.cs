using System.Reflection;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.Threading;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Optimizers;

/// <summary>Laws of all optimizers, found by reflection.</summary>
public sealed class OptimizerLawTests
{
    public static TheoryData<string> Names => Catalog.Names;

    public static TheoryData<string> FirstOrder => OptimizerTests.FirstOrder;

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_have_the_same_bits_for_any_number_of_threads(string name)
    {
        int before = WorkerPool.Threads;
        try
        {
            float[] one = Run(1);
            Run(2).ShouldBe(one);
            Run(3).ShouldBe(one);
        }
        finally
        {
            WorkerPool.Threads = before;
        }

        float[] Run(int threads)
        {
            WorkerPool.Threads = threads;
            // Newton's methods keep a matrix of all numbers by all numbers: theirs is a small model.
            int hidden = Catalog.IsForSmallModels(name) ? 2 : 600;
            var model = new Mlp(40, hidden, 30, new Rng(1));
            Optimizer optimizer = Catalog.WithRate(name, model);
            var rng = new Rng(2);
            Tensor x = Tensor.Randn([50, 40], rng);
            int[] y = rng.Integers(50, 30);
            for (int step = 0; step < 3; step++)
                optimizer.Minimize(() => Loss.CrossEntropy(model.Forward(x), y));
            return model.AllValues();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_of_zero_moves_nothing(string name)
    {
        var point = Point();
        float[] before = Values(point);
        Optimizer optimizer = Catalog.Create(name, point, Catalog.HasDecay(name) ? """{"WeightDecay":0}""" : "{}");
        for (int step = 0; step < 3; step++)
            optimizer.Minimize(() => (point[0] * 0).Sum() + (point[1] * 0).Sum());
        Values(point).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_empty_parameter_is_no_trouble(string name)
    {
        var point = new ParameterList(
            new Parameter(Tensor.Zeros([0])), new Parameter(Tensor.Zeros([3, 0])), new Parameter(new Tensor([1f, 2])));
        Optimizer optimizer = Catalog.WithRate(name, point);
        for (int step = 0; step < 3; step++)
            optimizer.Minimize(() => point[0].Sum() + point[1].Sum() + point[2].Square().Sum());
        point[2].ToArray().ShouldAllBe(value => float.IsFinite(value) && value < 2);
        optimizer.State().ShouldAllBe(state => state.Values.Length == state.Shape.ElementCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bowl_is_gone_down(string name)
    {
        var point = Point();
        Optimizer optimizer = Catalog.WithRate(name, point, name is "AdaDelta" or "NaturalGradient" ? 1 : 0.03f);
        float first = optimizer.Minimize(Bowl), last = first;
        for (int step = 0; step < 60; step++)
            last = optimizer.Minimize(Bowl);
        last.ShouldBeLessThan(0.95f * first);

        Tensor Bowl() => point[0].Square().Sum() + 3 * (point[1] + 0.5f).Square().Sum();
    }

    [Theory]
    [MemberData(nameof(FirstOrder))]
    public void A_group_of_half_the_rate_steps_as_half_the_rate_does(string name)
    {
        ParameterList grouped = Point(), plain = Point(), whole = Point();
        Step(Catalog.WithRate(name, plain, 0.005f), plain);
        Step(Catalog.WithRate(name, whole, 0.01f), whole);
        Type type = Catalog.Named(name);
        Optimizer optimizer = Catalog.WithRate(name, grouped, 0.01f);
        type.GetProperty(nameof(Optimizer.Groups))!.SetValue(
            optimizer,
            new ParameterGroup[] { new(named => named.Path == "Items.1") { RateFactor = 0.5f }, new(_ => true) });
        Step(optimizer, grouped);
        grouped[0].ToArray().ShouldBe(whole[0].ToArray());
        // Muon's rate for what is no matrix has a ratio to the other's, which such a setting changes.
        for (int i = 0; i < plain[1].Count && name != "Muon"; i++)
            grouped[1].Values[i].ShouldBe(plain[1].Values[i], 1e-6f);

        static void Step(Optimizer optimizer, ParameterList point) =>
            optimizer.Minimize(() => point[0].Square().Sum() + point[1].Square().Sum());
    }

    [Theory]
    [MemberData(nameof(FirstOrder))]
    public void A_groups_weight_decay_takes_the_place_of_the_optimizers(string name)
    {
        if (!Catalog.HasDecay(name))
            return;
        ParameterList with = Point(), without = Point(), grouped = Point();
        Step(Catalog.Create(name, without, """{"WeightDecay":0}"""), without);
        Step(Catalog.Create(name, with, """{"WeightDecay":0.5}"""), with);
        Optimizer optimizer = Catalog.Create(name, grouped, """{"WeightDecay":0.5}""");
        typeof(Optimizer).GetProperty(nameof(Optimizer.Groups))!.SetValue(
            optimizer, new[] { new ParameterGroup(_ => true) { WeightDecay = 0 } });
        Step(optimizer, grouped);
        Values(grouped).ShouldBe(Values(without));
        with[0].ToArray().ShouldNotBe(without[0].ToArray());

        static void Step(Optimizer optimizer, ParameterList point)
        {
            for (int step = 0; step < 3; step++)
                optimizer.Minimize(() => (point[0] * new Tensor([1f, -1, 2, 3], [2, 2])).Sum() + point[1].Sum());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_setting_is_named(string name)
    {
        Type type = Catalog.Named(name), options = Catalog.OptionsOf(type);
        foreach (PropertyInfo property in options.GetProperties().Where(p => p.PropertyType == typeof(float)))
            foreach (float wrong in (float[])[float.NaN, -1, float.PositiveInfinity])
                Refuse(property, wrong);
        foreach (PropertyInfo property in options.GetProperties()
            .Where(p => p.PropertyType == typeof(int) || p.PropertyType == typeof(int?)))
            Refuse(property, -1);

        void Refuse(PropertyInfo property, object wrong)
        {
            object settings = Activator.CreateInstance(options)!;
            property.SetValue(settings, wrong);
            ArgumentOutOfRangeException error = Should.Throw<TargetInvocationException>(
                () => Activator.CreateInstance(type, Point(), settings), $"{name}: {property.Name} = {wrong}")
                .InnerException.ShouldBeOfType<ArgumentOutOfRangeException>();
            error.Message.ShouldContain(name);
            error.Message.Replace(" ", "", StringComparison.Ordinal)
                .ShouldContain(property.Name, Case.Insensitive, $"{name}: {wrong}");
            error.Message.ShouldNotContain("??", Case.Sensitive, "the name of a setting, and no expression");
        }
    }

    [Fact]
    public void Gradients_are_clipped_in_place_by_norm_and_by_value()
    {
        var point = new ParameterList(new Parameter(new Tensor([0f, 0])), new Parameter(new Tensor([0f])));
        var optimizer = new Sgd(point);
        Differentiate();
        optimizer.ClipGradientNorm(26).ShouldBe(13);
        Gradients().ShouldBe([3, -12, 4]);
        optimizer.ClipGradientNorm(6.5).ShouldBe(13);
        Gradients().ShouldBe([1.5f, -6, 2]);
        Differentiate();
        optimizer.ClipGradientValue(3.5f);
        Gradients().ShouldBe([3, -3.5f, 3.5f]);
        Should.Throw<ArgumentOutOfRangeException>(() => optimizer.ClipGradientValue(0))
            .Message.ShouldContain("limit 0");
        point[0].GradientValues[0] = float.NaN;
        Should.Throw<ArgumentOutOfRangeException>(() => optimizer.ClipGradientNorm(1))
            .Message.ShouldContain("diverged");

        void Differentiate()
        {
            optimizer.ClearGradients();
            ((point[0] * new Tensor([3f, -12])).Sum() + 4 * point[1].Sum()).Backward();
        }

        float[] Gradients() => [.. point.Items.SelectMany(p => p.Gradient!.ToArray())];
    }

    [Fact]
    public void An_optimizer_that_needs_the_function_says_so()
    {
        var point = Point();
        var optimizer = new Lbfgs(point);
        Should.Throw<ArgumentException>(() => new Newton(new ParameterList(new Parameter(Tensor.Zeros([9000])))))
            .Message.ShouldContain("9000");
        Should.Throw<InvalidOperationException>(() => optimizer.Minimize(point[0].Sum()))
            .Message.ShouldContain("Minimize(() => loss)");
        Should.Throw<InvalidOperationException>(() => optimizer.Step()).Message.ShouldContain("Lbfgs");
        optimizer.Steps.ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => optimizer.Minimize(() => (point[0] * float.NaN).Sum()))
            .Message.ShouldContain("NaN");
        var grouped = new Lbfgs(point) { Groups = [ParameterGroup.VectorsWithoutDecay] };
        Should.Throw<InvalidOperationException>(() => grouped.Minimize(() => point[0].Sum()))
            .Message.ShouldContain("groups");
    }

    [Fact]
    public void Update_rules_ask_to_be_inlined() =>
        (from type in typeof(Optimizer).Assembly.GetTypes()
         where type.IsValueType && typeof(IUpdateRule).IsAssignableFrom(type)
         let method = type.GetMethod(nameof(IUpdateRule.Step))
         where !method!.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
         select type.FullName).ShouldBeEmpty();

    private static ParameterList Point() =>
        new(new Parameter(new Tensor([1f, -2, 3, 0.5f], [2, 2])), new Parameter(new Tensor([2f, -1, 0.25f])));

    private static float[] Values(ParameterList point) => [.. point.Items.SelectMany(p => p.ToArray())];
}
