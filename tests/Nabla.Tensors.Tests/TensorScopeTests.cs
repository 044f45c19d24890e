using Nabla.Numerics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>Alone, because what other tests take from the pool would look like an allocation here.</summary>
[CollectionDefinition(nameof(TensorScopeTests), DisableParallelization = true)]
[Collection(nameof(TensorScopeTests))]
public sealed class TensorScopeTests
{
    [Fact]
    public void A_training_step_allocates_no_buffer_once_warm()
    {
        var rng = new Rng(1);
        Parameter w1 = new(Tensor.Randn([256, 64], rng)), b1 = new(Tensor.Zeros([256])),
            w2 = new(Tensor.Randn([32, 256], rng));
        Parameter[] parameters = [w1, b1, w2];
        bool[] mask = new bool[128 * 256];
        Tensor x = Tensor.Randn([128, 64], rng), target = Tensor.Randn([128, 32], rng);
        for (int step = 0; step < 5; step++)
            Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 10; step++)
            Step();
        long perStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 10;

        // Seven ops and their nodes; the smallest activation alone has 16 KB.
        perStep.ShouldBeLessThan(3 * 1024);

        void Step()
        {
            using var scope = TensorScope.Begin();
            foreach (Parameter parameter in parameters)
                parameter.ClearGradient();
            (x.Affine(w1, b1).Gelu().MaskedFill(mask, 0).Affine(w2) - target).Square().Mean().Backward();
        }
    }

    [Fact]
    public void Buffers_that_no_scope_asks_for_any_more_are_dropped()
    {
        const int large = 12_345_678;
        using (TensorScope.Begin())
            Tensor.Zeros([large]);
        long after = BufferPool.IdleCount;
        after.ShouldBeGreaterThanOrEqualTo(large);
        for (int i = 0; i < 2 * BufferPool.Patience; i++)
            using (TensorScope.Begin())
                Tensor.Zeros([10]);
        BufferPool.IdleCount.ShouldBeLessThanOrEqualTo(after - large);
    }

    [Fact]
    public void A_tensor_is_unusable_after_its_scope_and_the_error_says_what_to_do()
    {
        Tensor leaked;
        using (TensorScope.Begin())
            leaked = Tensor.Ones([3]) * 2;
        string message = Should.Throw<InvalidOperationException>(() => leaked.ToArray()).Message;
        message.ShouldContain("TensorScope has ended");
        message.ShouldContain("Keep");
        Should.Throw<InvalidOperationException>(() => leaked + 1);
        Should.Throw<InvalidOperationException>(() => leaked[0]);
    }

    [Fact]
    public void A_view_is_as_short_lived_as_what_it_shows()
    {
        Tensor view;
        using (TensorScope.Begin())
            view = Tensor.Ones([2, 3]).Transpose(0, 1);
        Should.Throw<InvalidOperationException>(() => view.ToArray());
    }

    [Fact]
    public void What_is_kept_outlives_the_scope_and_is_never_reused()
    {
        Tensor kept;
        using (TensorScope scope = TensorScope.Begin())
            kept = scope.Keep(Tensor.Full([1000], 7));
        for (int i = 0; i < 3; i++)
        {
            using var other = TensorScope.Begin();
            Tensor.Full([1000], i);
        }
        kept.ToArray().ShouldAllBe(value => value == 7);
    }

    [Fact]
    public void Keeping_in_a_nested_scope_hands_over_to_the_outer_one()
    {
        Tensor kept;
        using (TensorScope.Begin())
        {
            using (TensorScope inner = TensorScope.Begin())
                kept = inner.Keep(Tensor.Full([5], 3));
            kept.Sum().Item().ShouldBe(15);
        }
        Should.Throw<InvalidOperationException>(() => kept.ToArray());
    }

    [Fact]
    public void Tensors_of_the_outer_scope_live_on_when_an_inner_one_ends()
    {
        using var outer = TensorScope.Begin();
        Tensor before = Tensor.Full([5], 1), after;
        using (TensorScope.Begin())
            Tensor.Full([5], 2);
        after = Tensor.Full([5], 3);
        before.ToArray().ShouldAllBe(value => value == 1);
        after.ToArray().ShouldAllBe(value => value == 3);
    }

    [Fact]
    public void Tensors_made_outside_any_scope_are_never_taken_back()
    {
        Tensor outside = Tensor.Full([5], 4);
        using (TensorScope scope = TensorScope.Begin())
            scope.Keep(outside);
        outside.ToArray().ShouldAllBe(value => value == 4);
    }

    [Fact]
    public void Parameters_and_gradients_outlive_the_scope_they_were_made_in()
    {
        Parameter w;
        using (TensorScope.Begin())
        {
            w = new Parameter(Tensor.Full([4], 2));
            w.Square().Sum().Backward();
        }
        w.ToArray().ShouldBe([2, 2, 2, 2]);
        w.Gradient.ShouldNotBeNull().ToArray().ShouldBe([4, 4, 4, 4]);
    }

    [Fact]
    public void Constants_used_again_in_the_next_scope_hold_nothing_of_the_last()
    {
        var rng = new Rng(2);
        var q = new Parameter(Tensor.Randn([1, 2, 3, 4], rng));
        Tensor k = Tensor.Randn([1, 2, 3, 4], rng), v = Tensor.Randn([1, 2, 3, 4], rng);
        var gradients = new List<float[]>();
        for (int step = 0; step < 3; step++)
        {
            using var scope = TensorScope.Begin();
            q.ClearGradient();
            q.Attention(k, v, causal: true).Square().Mean().Backward();
            gradients.Add(q.Gradient!.ToArray());
        }
        gradients[1].ShouldBe(gradients[0]);
        gradients[2].ShouldBe(gradients[0]);
    }

    [Fact]
    public void Scopes_end_in_the_reverse_order_of_their_beginning()
    {
        using TensorScope outer = TensorScope.Begin();
        using TensorScope inner = TensorScope.Begin();
        Should.Throw<InvalidOperationException>(outer.Dispose).Message.ShouldContain("reverse order");
    }

    [Fact]
    public void A_scope_belongs_to_the_thread_that_began_it()
    {
        using TensorScope scope = TensorScope.Begin();
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(scope.Dispose));
        thread.Start();
        thread.Join();
        error.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("on the thread that began them");
    }

    [Fact]
    public void Ending_a_scope_twice_changes_nothing()
    {
        using TensorScope outer = TensorScope.Begin();
        TensorScope inner = TensorScope.Begin();
        inner.Dispose();
        Tensor x = Tensor.Full([5], 1);
        inner.Dispose();
        x.ToArray().ShouldAllBe(value => value == 1);
    }

    [Fact]
    public void Nothing_is_recorded_in_an_inference_scope()
    {
        var w = new Parameter(Tensor.Ones([2]));
        using (TensorScope.Inference())
        {
            Tensor y = (w * 2).Sum();
            y.RequiresGradient.ShouldBeFalse();
            y.Creator.ShouldBeNull();
            Should.Throw<InvalidOperationException>(() => y.Backward()).Message.ShouldContain("Inference");
            using (TensorScope.Begin())
                (w * 2).RequiresGradient.ShouldBeTrue();
        }
        (w * 2).RequiresGradient.ShouldBeTrue();
    }
}
