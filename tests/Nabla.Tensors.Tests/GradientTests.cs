using FsCheck;
using FsCheck.Fluent;
using Nabla.Numerics;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>The backward pass over graphs of several ops.</summary>
public sealed class GradientTests
{
    [Fact]
    public void A_product_with_itself_counts_both_factors()
    {
        var x = new Parameter(new Tensor([3, -2]));
        (x * x).Sum().Backward();
        x.Gradient!.ToArray().ShouldBe([6, -4]);
    }

    [Fact]
    public void A_sum_with_itself_counts_both_terms()
    {
        var x = new Parameter(new Tensor([3, -2]));
        (x + x - (x - x)).Sum().Backward();
        x.Gradient!.ToArray().ShouldBe([2, 2]);
    }

    [Fact]
    public void Branches_that_meet_again_add_up()
    {
        // L = (2x)·(x + 1) + (2x)²: dL/dx = 4x + 2 + 8x.
        var x = new Parameter(new Tensor([3]));
        Tensor doubled = x * 2, shifted = x + 1;
        (doubled * shifted + doubled.Square()).Sum().Backward();
        x.Gradient!.Item().ShouldBe(38);
    }

    [Fact]
    public void Each_node_of_a_chain_of_diamonds_is_visited_once()
    {
        // y ← ½y + ½y, 60 times: 2⁶⁰ paths, and the derivative is 1.
        var x = new Parameter(new Tensor([1.5f]));
        Tensor y = x;
        for (int i = 0; i < 60; i++)
            y = y * 0.5f + y * 0.5f;
        y.Backward();
        x.Gradient!.Item().ShouldBe(1);
    }

    [Fact]
    public void A_parameter_used_in_two_layers_gets_both_gradients()
    {
        var rng = new Rng(1);
        Tensor values = Tensor.Randn([4, 4], rng), x = Tensor.Randn([3, 4], rng);
        Parameter tied = new(values), first = new(values), second = new(values);
        x.Affine(tied).Tanh().Affine(tied).Square().Sum().Backward();
        x.Affine(first).Tanh().Affine(second).Square().Sum().Backward();
        float[] sum = (first.Gradient! + second.Gradient!).ToArray();
        for (int i = 0; i < sum.Length; i++)
            tied.GradientValues[i].ShouldBe(sum[i], 1e-4f);
    }

    [Fact]
    public void A_graph_of_ten_thousand_nodes_does_not_overflow_the_stack()
    {
        var x = new Parameter(new Tensor([1]));
        Tensor y = x;
        for (int i = 0; i < 10_000; i++)
            y += 1;
        y.Backward();
        x.Gradient!.Item().ShouldBe(1);
    }

    [Fact]
    public void Gradients_of_several_passes_add_up_until_cleared()
    {
        var x = new Parameter(new Tensor([3]));
        x.Gradient.ShouldBeNull();
        x.GradientValues.IsEmpty.ShouldBeTrue();
        x.Square().Sum().Backward();
        (x * 10).Sum().Backward();
        x.Gradient!.Item().ShouldBe(16);
        x.ClearGradient();
        x.Gradient.ShouldBeNull();
        x.Square().Sum().Backward();
        x.Gradient!.Item().ShouldBe(6);
    }

    [Fact]
    public void The_same_graph_can_be_differentiated_again()
    {
        var x = new Parameter(new Tensor([3]));
        Tensor y = (x.Square() * x).Sum();
        y.Backward();
        y.Backward();
        x.Gradient!.Item().ShouldBe(54);
    }

    [Fact]
    public void Constants_and_detached_tensors_get_no_gradient()
    {
        var x = new Parameter(new Tensor([3]));
        Tensor constant = new([5]), detached = x.Square().Detach();
        detached.RequiresGradient.ShouldBeFalse();
        detached.Creator.ShouldBeNull();
        constant.RequiresGradient.ShouldBeFalse();
        (constant + constant).Creator.ShouldBeNull();
        (x * detached * constant).Sum().Backward();
        x.Gradient!.Item().ShouldBe(45);
    }

    [Fact]
    public void A_parameter_that_the_result_does_not_depend_on_gets_none()
    {
        Parameter x = new(new Tensor([3])), other = new(new Tensor([1]));
        Tensor unused = x * other;
        x.Square().Sum().Backward();
        other.Gradient.ShouldBeNull();
        unused.Item().ShouldBe(3);
    }

    [Fact]
    public void An_op_gives_each_input_the_same_gradient_whether_the_others_want_theirs_or_not()
    {
        foreach (Op sample in OpCatalog.AllOps.SelectMany(OpCatalog.Samples).Where(op => op.Inputs.Count > 1))
        {
            Op all = sample.WithInputs([.. sample.Inputs.Select(x => new Parameter(x))]);
            Tensor dy = Tensor.Randn(all.Apply().Shape, new Rng(3));
            all.Apply().Backward(dy);
            for (int i = 0; i < sample.Inputs.Count; i++)
            {
                Op one = sample.WithInputs([.. sample.Inputs.Select((x, j) => j == i ? new Parameter(x) : x)]);
                one.Apply().Backward(dy);
                Gradient(one.Inputs[i]).ShouldBe(Gradient(all.Inputs[i]),
                    $"{sample.Name} on {string.Join(", ", sample.Inputs.Select(x => x.Shape))}, input {i}");
            }
        }

        static float[] Gradient(Tensor input) => ((Parameter)input).Gradient?.ToArray() ?? new float[input.Count];
    }

    [Fact]
    public void The_upstream_gradient_is_left_as_it_was()
    {
        var x = new Parameter(Tensor.Ones([2]));
        Tensor upstream = new([1, 2]), y = x + x;
        y.Backward(upstream);
        upstream.ToArray().ShouldBe([1, 2]);
        x.Gradient!.ToArray().ShouldBe([2, 4]);
    }

    [Fact]
    public void Backward_wants_a_scalar_or_an_upstream_gradient_of_the_same_shape()
    {
        var x = new Parameter(Tensor.Ones([2, 3]));
        string message = Should.Throw<InvalidOperationException>(() => (x * 2).Backward()).Message;
        message.ShouldContain("shape [2, 3] is not a scalar");
        message.ShouldContain("Mean() or Sum()");
        message = Should.Throw<ArgumentException>(() => (x * 2).Backward(Tensor.Ones([3, 2]))).Message;
        message.ShouldContain("[3, 2]");
        message.ShouldContain("[2, 3]");
        x.Gradient.ShouldBeNull();
    }

    [Fact]
    public void Backward_without_a_parameter_says_so() =>
        Should.Throw<InvalidOperationException>(() => Tensor.Ones([1]).Backward())
            .Message.ShouldContain("does not depend on any Parameter");

    [Fact]
    public void A_failed_pass_leaves_nothing_behind()
    {
        var x = new Parameter(Tensor.Ones([2]));
        Tensor y = x * 3, loss;
        using (TensorScope scope = TensorScope.Begin())
            loss = scope.Keep((y.Square() * y).Sum());
        Should.Throw<InvalidOperationException>(() => loss.Backward()).Message.ShouldContain("TensorScope has ended");
        x.ClearGradient();
        y.Sum().Backward();
        x.Gradient!.ToArray().ShouldBe([3, 3]);
        (x * 2).RequiresGradient.ShouldBeTrue();
    }

    [Fact]
    public void Equal_arguments_of_a_maximum_or_minimum_share_the_gradient()
    {
        foreach (Func<Tensor,
            Tensor, Tensor> f in new Func<Tensor, Tensor, Tensor>[] { (a, b) => a.Maximum(b), (a, b) => a.Minimum(b) })
        {
            Parameter a = new(new Tensor([2, -1, 3])), b = new(new Tensor([2, -1, 5]));
            f(a, b).Slice(0, 0, 2).Backward(new Tensor([4, 6]));
            a.Gradient!.ToArray().ShouldBe([2, 3, 0]);
            b.Gradient!.ToArray().ShouldBe([2, 3, 0]);
        }
    }

    [Fact]
    public void An_op_that_asks_for_the_gradient_of_a_constant_is_told_so()
    {
        var x = new Parameter(Tensor.Ones([2]));
        Tensor constant = Tensor.Ones([2]);
        string message = Should.Throw<InvalidOperationException>(
            () => new ForgetfulOp(x, constant).Apply().Backward(Tensor.Ones([2]))).Message;
        message.ShouldContain("[2] input is a constant");
        message.ShouldContain("Wants");
    }

    [Fact]
    public void A_residual_stream_gets_the_gradients_of_both_branches()
    {
        // dL/dx of x + f(x), where the sum hands one gradient to both: neither branch may write into the other's.
        var w = new Parameter(new Tensor([0.5f, -1, 2, 3], [2, 2]));
        Tensor x = w * 2, y = x + x.Square(), z = y + y.RmsNorm(Tensor.Ones([2]));
        z.Sum().Backward();
        float[] both = w.Gradient!.ToArray();
        w.ClearGradient();
        Tensor dy = Derivative(v => v + v.RmsNorm(Tensor.Ones([2])), y.Detach(), Tensor.Ones([2, 2]));
        Tensor dx = Derivative(v => v + v.Square(), x.Detach(), dy);
        float[] expected = (dx * 2).ToArray();
        for (int i = 0; i < both.Length; i++)
            both[i].ShouldBe(expected[i], 1e-5f);

        static Tensor Derivative(Func<Tensor, Tensor> f, Tensor at, Tensor upstream)
        {
            var variable = new Parameter(at);
            f(variable).Backward(upstream);
            return variable.Gradient!;
        }
    }

    [Fact]
    public void Slices_of_a_tensor_give_it_the_sum_of_their_gradients() => Prop.ForAll(Cuts, cuts =>
    {
        // L = Σ_cut Σ slice ⊙ weight, some cuts overlapping, along different dimensions, and once the whole.
        var leaf = new Parameter(Tensor.Ones([3, 4, 5]));
        Tensor x = leaf * 1;
        Tensor loss = 0;
        var expected = new float[60];
        foreach ((int kind, int dim, int a, int b, int weight) in cuts)
        {
            int size = x.Shape[dim], start = a % (size + 1), length = b % (size - start + 1);
            loss += (kind == 0 ? x : x.Slice(dim, start, length)).Sum() * weight;
            for (int i = 0; i < 60; i++)
            {
                int index = dim == 0 ? i / 20 : dim == 1 ? i / 5 % 4 : i % 5;
                expected[i] += kind == 0 || index >= start && index < start + length ? weight : 0;
            }
        }
        loss.Backward();
        return leaf.Gradient!.ToArray().AsSpan().SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(int Kind, int Dim, int A, int B, int Weight)[]> Cuts => (
        from cuts in (
            from kind in Gen.Choose(0, 5)
            from dim in Gen.Choose(0, 2)
            from a in Gen.Choose(0, 5)
            from b in Gen.Choose(0, 5)
            from weight in Gen.Choose(1, 9)
            select (kind, dim, a, b, weight)).NonEmptyListOf()
        select cuts.Take(6).ToArray()).ToArbitrary();

    /// <summary>y = a·b by an op that does not ask which derivatives are wanted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Queries_keys_and_values_cut_from_one_projection_get_the_gradients_of_separate_ones(bool oneIsUsedTwice)
    {
        const int batch = 2, length = 5, heads = 2, size = 4, dim = heads * size;
        var joint = new Parameter(Tensor.Randn([batch, length, 4 * dim], new Rng(1))); // the last quarter stays unused
        Tensor all = joint * 1;
        Tensor[] parts = [.. Enumerable.Range(0, 3).Select(part => Heads(all.Slice(2, part * dim, dim)))];
        Parameter[] separate =
            [.. Enumerable.Range(0, 3).Select(part => new Parameter(joint.Slice(2, part * dim, dim)))];
        Loss(parts).Backward();
        Loss([.. separate.Select(Heads)]).Backward();
        for (int part = 0; part < 3; part++)
            joint.Gradient!.Slice(2, part * dim, dim).ToArray().ShouldBe(separate[part].Gradient!.ToArray(), 1e-6f);
        joint.Gradient!.Slice(2, 3 * dim, dim).ToArray().ShouldAllBe(value => value == 0);

        static Tensor Heads(Tensor x) => x.Reshape(batch, length, heads, size).Transpose(1, 2);

        Tensor Loss(Tensor[] x)
        {
            Tensor y = x[0].Attention(x[1], x[2], causal: true).Square().Sum();
            return oneIsUsedTwice ? y + x[1].Square().Sum() + x[2].Attention(x[2], x[0], causal: false).Sum() : y;
        }
    }

    private sealed class ForgetfulOp(Tensor a, Tensor b) : Op(a, b)
    {
        public override string Formula => "y = a·b";

        public override Op WithInputs(params Tensor[] inputs) => new ForgetfulOp(inputs[0], inputs[1]);

        public override Reference.NdArray<V> Reference<V>(params Reference.NdArray<V>[] inputs) =>
            throw new NotSupportedException();

        protected override Tensor Forward() => a.Detach() * b.Detach();

        protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

        protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
        {
            dy.CopyTo(gradients.Slot(a).Span);
            dy.CopyTo(gradients.Slot(b).Span);
        }
    }
}
