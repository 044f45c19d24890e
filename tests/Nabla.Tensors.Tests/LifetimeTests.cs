using Nabla.Numerics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>When buffers go back to the pool. Alone, because other tests use the pool too.</summary>
[Collection(nameof(TensorScopeTests))]
public sealed class LifetimeTests
{
    [Fact]
    public void Results_on_the_way_are_given_back_by_Backward_and_the_error_says_what_to_do()
    {
        var w = new Parameter(Tensor.Ones([4]));
        using TensorScope scope = TensorScope.Begin();
        Tensor y = w * 2, loss = y.Square().Sum();
        loss.Backward();
        loss.Item().ShouldBe(16);
        y.ToString().ShouldContain("given back");
        string message = Should.Throw<InvalidOperationException>(() => y.ToArray()).Message;
        foreach (string remedy in (string[])["before Backward", "scope.Keep", "retainGraph: true"])
            message.ShouldContain(remedy);
        Should.Throw<InvalidOperationException>(() => scope.Keep(y)).Message.ShouldContain("Backward gave");
        w.Gradient!.ToArray().ShouldAllBe(value => value == 8);
    }

    [Fact]
    public void Outside_a_scope_nothing_is_given_back()
    {
        var w = new Parameter(Tensor.Ones([4]));
        Tensor y = w * 2, loss = y.Square().Sum();
        loss.Backward();
        y.ToArray().ShouldAllBe(value => value == 2);
        loss.Backward();
        w.Gradient!.ToArray().ShouldAllBe(value => value == 16);
    }

    [Fact]
    public void What_is_kept_or_a_constant_or_of_an_outer_scope_stays()
    {
        var w = new Parameter(Tensor.Ones([4]));
        using var outer = TensorScope.Begin();
        Tensor trunk = w * 2;
        Tensor kept, constant = Tensor.Full([4], 3);
        for (int head = 0; head < 2; head++)
        {
            using TensorScope scope = TensorScope.Begin();
            kept = scope.Keep(trunk.Exp());
            (kept * constant).Sum().Backward();
            kept.ToArray().ShouldAllBe(value => value == MathF.Exp(2));
        }
        trunk.ToArray().ShouldAllBe(value => value == 2);
        constant.ToArray().ShouldAllBe(value => value == 3);
    }

    [Fact]
    public void Two_losses_that_share_a_part_need_retainGraph_and_no_gradient_is_touched_before_the_error()
    {
        Parameter w = new(Tensor.Ones([4])), other = new(Tensor.Ones([4]));
        using (TensorScope.Begin())
        {
            Tensor shared = w.Exp();
            Tensor first = shared.Sum(), second = (shared * other).Sum();
            first.Backward();
            float[] before = w.Gradient!.ToArray();
            Should.Throw<InvalidOperationException>(() => second.Backward()).Message.ShouldContain("retainGraph: true");
            w.Gradient!.ToArray().ShouldBe(before);
            other.Gradient.ShouldBeNull();
        }
        using (TensorScope.Begin())
        {
            w.ClearGradient();
            Tensor shared = w.Exp();
            Tensor first = shared.Sum(), second = (shared * other).Sum();
            first.Backward(retainGraph: true);
            shared.ToArray().ShouldAllBe(value => value == MathF.E);
            second.Backward();
            w.Gradient!.ToArray().ShouldAllBe(value => value == 2 * MathF.E);
            Should.Throw<InvalidOperationException>(() => shared.ToArray());
        }
    }

    [Fact]
    public void A_detached_view_of_a_result_can_be_read_by_the_same_graph()
    {
        // L = Σ exp(w)·sg(exp(w)), whose constant factor lies in the buffer of the other one.
        var w = new Parameter(new Tensor([0.5f, 1]));
        float[] gradient = Run();
        using (TensorScope.Begin())
            Run().ShouldBe(gradient);

        float[] Run()
        {
            w.ClearGradient();
            Tensor y = w.Exp();
            (y * y.Detach()).Sum().Backward();
            return w.Gradient!.ToArray();
        }
    }

    [Fact]
    public void A_generator_trained_through_a_detached_result_goes_on_from_it()
    {
        // The step of an adversarial network: the discriminator's graph begins at fake.Detach().
        Parameter generator = new(new Tensor([2])), discriminator = new(new Tensor([3]));
        using TensorScope scope = TensorScope.Begin();
        Tensor fake = generator.Square();
        (fake.Detach() * discriminator).Sum().Backward();
        (fake * discriminator).Sum().Backward();
        generator.Gradient!.Item().ShouldBe(12);
        discriminator.Gradient!.Item().ShouldBe(8);
    }

    [Fact]
    public void A_result_that_is_its_own_upstream_gradient_is_not_lost()
    {
        var w = new Parameter(new Tensor([1, 2]));
        using TensorScope scope = TensorScope.Begin();
        Tensor y = w * 3;
        y.Exp().Log().Backward(y);
        w.Gradient!.ToArray().ShouldBe([9, 18], 1e-4);
    }

    [Fact]
    public void Cross_entropy_writes_its_gradient_over_the_logits()
    {
        const int rows = 64, classes = 5000;
        var rng = new Rng(1);
        Parameter x = new(Tensor.Randn([rows, 8], rng)), w = new(Tensor.Randn([classes, 8], rng));
        int[] targets = rng.Integers(rows, classes);
        Step(scoped: false);
        float[] gradient = w.Gradient!.ToArray();
        Step(scoped: true);
        w.Gradient!.ToArray().AsSpan().SequenceEqual(gradient).ShouldBeTrue();

        void Step(bool scoped)
        {
            w.ClearGradient();
            using TensorScope? scope = scoped ? TensorScope.Begin() : null;
            long idle = BufferPool.IdleCount;
            x.Affine(w).CrossEntropy(targets).Backward();
            if (scoped)
                (BufferPool.IdleCount - idle)
                    .ShouldBeLessThan(rows * classes * 3 / 2, "two buffers of the logits' size");
        }
    }

    [Fact]
    public void Logits_with_two_readers_are_not_written_over()
    {
        var w = new Parameter(Tensor.Randn([6, 3], new Rng(2)));
        float[] gradient = Run();
        using (TensorScope.Begin())
            Run().ShouldBe(gradient);

        float[] Run()
        {
            w.ClearGradient();
            Tensor logits = w * 2;
            (logits.CrossEntropy([0, 1, 2, 0, 1, 2]) + logits.Reshape(3, 6).CrossEntropy([5, 4, 3])).Backward();
            return w.Gradient!.ToArray();
        }
    }

    [Fact]
    public void Memory_of_a_deep_chain_does_not_grow_by_the_gradients()
    {
        const int size = 1 << 16, depth = 20;
        var w = new Parameter(Tensor.Randn([size], new Rng(3)));
        for (int step = 0; step < 2; step++)
        {
            long before = BufferPool.IdleCount + BufferPool.RentedCount;
            using (TensorScope.Begin())
            {
                Tensor y = w * 1;
                for (int i = 0; i < depth; i++)
                    y = y.Tanh() * 0.9f;
                y.Sum().Backward();
                BufferPool.RentedCount.ShouldBeLessThan(size, "everything but the loss is back already");
            }
            w.ClearGradient();
            long grown = BufferPool.IdleCount + BufferPool.RentedCount - before;
            grown.ShouldBeLessThan(step == 0 ? (2 * depth + 4) * (size + size / 8) : 1);
        }
    }

    [Fact]
    public void A_checkpointed_chain_needs_the_memory_of_its_longest_part()
    {
        const int size = 1 << 15, parts = 6, depth = 8;
        var w = new Parameter(Tensor.Randn([size], new Rng(4)));
        long plain = Peak(checkpointing: false);
        float[] gradient = w.Gradient!.ToArray();
        w.ClearGradient();
        long checkpointed = Peak(checkpointing: true);
        w.Gradient!.ToArray().AsSpan().SequenceEqual(gradient).ShouldBeTrue();
        checkpointed.ShouldBeLessThan(plain / 2);

        long Peak(bool checkpointing)
        {
            long highest = 0;
            using (TensorScope.Begin())
            {
                Tensor y = w * 1;
                for (int part = 0; part < parts; part++)
                    y = checkpointing ? ActivationCheckpoint.Run((x, _) => Part(x), y) : Part(y);
                y.Sum().Backward();
            }
            return highest;

            Tensor Part(Tensor x)
            {
                for (int i = 0; i < depth; i++)
                    x = x.Tanh();
                highest = Math.Max(highest, BufferPool.RentedCount);
                return x;
            }
        }
    }

    [Fact]
    public void A_checkpointed_function_of_constants_still_gives_its_parameters_their_gradients()
    {
        var w = new Parameter(new Tensor([2, 3]));
        Tensor x = new([5, 7]);
        ActivationCheckpoint.Run((input, _) => input * w, x).Sum().Backward();
        w.Gradient!.ToArray().ShouldBe([5, 7]);
        using (TensorScope.Inference())
            ActivationCheckpoint.Run((input, _) => input * w, x).RequiresGradient.ShouldBeFalse();
    }

    [Fact]
    public void A_checkpointed_function_that_uses_another_result_is_told_to_take_it_as_an_input()
    {
        var w = new Parameter(new Tensor([2, 3]));
        Tensor x = w * 2, other = w.Exp();
        Should.Throw<InvalidOperationException>(
            () => ActivationCheckpoint.Run((input, _) => input * other, x).Sum().Backward())
            .Message.ShouldContain("Pass it as an input");
        w.ClearGradient();
        ActivationCheckpoint.Run((inputs, _) => inputs[0] * inputs[1], [x, w.Exp()]).Sum().Backward();
        float[] gradient = w.Gradient!.ToArray();
        w.ClearGradient();
        (x * w.Exp()).Sum().Backward();
        gradient.ShouldBe(w.Gradient!.ToArray());
        Should.Throw<ArgumentException>(() => ActivationCheckpoint.Run((inputs, _) => inputs[0], []))
            .Message.ShouldContain("at least one");
    }

    [Fact]
    public void Checkpoints_may_be_nested()
    {
        var w = new Parameter(Tensor.Randn([9], new Rng(5)));
        Nested(w).Sum().Backward();
        float[] gradient = w.Gradient!.ToArray();
        w.ClearGradient();
        using (TensorScope.Begin())
            ActivationCheckpoint.Run((x, _) => ActivationCheckpoint.Run((h, _) => Nested(h), x), w * 1)
                .Sum().Backward();
        w.Gradient!.ToArray().ShouldBe(gradient);

        static Tensor Nested(Tensor x) => x.Tanh() * x;
    }

    [Fact]
    public void An_op_that_does_not_save_what_its_backward_needs_is_told_so()
    {
        var w = new Parameter(Tensor.Ones([2]));
        using TensorScope scope = TensorScope.Begin();
        Tensor loss = new ForgetfulOp(w).Apply().Sum();
        Should.Throw<InvalidOperationException>(() => loss.Backward()).Message.ShouldContain("Save(tensor)");
    }

    [Fact]
    public void A_failed_pass_leaves_no_reads_behind()
    {
        var w = new Parameter(Tensor.Ones([2]));
        using TensorScope scope = TensorScope.Begin();
        Tensor y = w.Exp();
        Should.Throw<InvalidOperationException>(() => new ForgetfulOp(y).Apply().Sum().Backward());
        w.ClearGradient();
        y.Sum().Backward();
        w.Gradient!.ToArray().ShouldAllBe(value => value == MathF.E);
        Should.Throw<InvalidOperationException>(() => y.ToArray());
    }

    [Fact]
    public void A_failed_pass_leaves_no_gradients_behind()
    {
        Parameter w = new(Tensor.Ones([2])), other = new(Tensor.Ones([2])), before = new(Tensor.Ones([2]));
        before.Sum().Backward();
        using TensorScope scope = TensorScope.Begin();
        Tensor faulty = new ForgetfulOp(w * 2).Apply();
        Tensor y = ActivationCheckpoint.Run((x, _) => x * other, faulty) + w + before;
        Should.Throw<InvalidOperationException>(() => y.Sum().Backward());
        w.Gradient.ShouldBeNull();
        other.Gradient.ShouldBeNull();
        before.Gradient.ShouldNotBeNull();
    }

    /// <summary>y = x², with a copy of x that it forgets to save.</summary>
    private sealed class ForgetfulOp(Tensor x) : Op(x)
    {
        private readonly Tensor x = x;
        private Tensor? copy;

        public override string Formula => "y = x²";

        public override Op WithInputs(params Tensor[] inputs) => new ForgetfulOp(inputs[0]);

        public override Reference.NdArray<V> Reference<V>(params Reference.NdArray<V>[] inputs) =>
            throw new NotSupportedException();

        protected override Tensor Forward()
        {
            copy = new Tensor(x.ToArray(), x.Shape);
            return new Tensor(x.ToArray(), x.Shape);
        }

        protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

        protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
            gradients.Add(x, copy! * dy * 2);
    }
}
