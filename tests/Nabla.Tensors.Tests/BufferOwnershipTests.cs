using Nabla.Numerics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>
/// Whose a buffer is: a scope's, an op's, a pass's, or nobody's. Alone, because other tests use the pool too.
/// </summary>
[Collection(nameof(TensorScopeTests))]
public sealed class BufferOwnershipTests
{
    [Fact]
    public void The_input_of_a_checkpoint_may_have_another_consumer()
    {
        var p = new Parameter(Tensor.Randn([2, 3], new Rng(6)));
        float[] expected = Run((a, f) => f(a));
        Run((a, f) => ActivationCheckpoint.Run((x, _) => f(x), a)).ShouldBe(expected);
        using (TensorScope.Begin())
            Run((a, f) => ActivationCheckpoint.Run((x, _) => f(x), a)).ShouldBe(expected);

        float[] Run(Func<Tensor, Func<Tensor, Tensor>, Tensor> apply)
        {
            p.ClearGradient();
            Tensor x = p * 2;
            Tensor y = x + apply(x, a => a.Tanh());
            (y + apply(y, a => a + 1) * y).Sum().Backward();
            return p.Gradient!.ToArray();
        }
    }

    [Fact]
    public void A_checkpoint_of_constants_can_be_differentiated_again()
    {
        var w = new Parameter(new Tensor([2, 3]));
        Tensor y = ActivationCheckpoint.Run((input, _) => input * w, new Tensor([5, 7])).Sum();
        for (int pass = 0; pass < 2; pass++)
            using (TensorScope.Begin())
                y.Backward(retainGraph: true);
        w.Gradient!.ToArray().ShouldBe([10, 14]);
    }

    [Fact]
    public void A_pass_that_would_read_the_input_of_an_ended_scope_throws_before_any_gradient_is_touched()
    {
        Parameter w = new(Tensor.Ones([2, 3])), bias = new(Tensor.Ones([4, 2]));
        Tensor y;
        using (TensorScope scope = TensorScope.Begin())
            y = scope.Keep(Tensor.Ones([4, 3]).Affine(w));
        (bias * 1).Sum().Backward();
        float[] before = bias.Gradient!.ToArray();
        Should.Throw<InvalidOperationException>(() => (y + bias).Sum().Backward())
            .Message.ShouldContain("scope has ended");
        w.Gradient.ShouldBeNull();
        bias.Gradient!.ToArray().ShouldBe(before);
    }

    [Fact]
    public void What_an_op_saved_is_missed_before_any_gradient_is_touched()
    {
        Parameter q = new(Tensor.Randn([1, 2, 3, 4], new Rng(7))), bias = new(Tensor.Ones([1, 2, 3, 4]));
        using TensorScope scope = TensorScope.Begin();
        Tensor view = scope.Keep(q.Attention(q, q, causal: true).Transpose(1, 2));
        view.Sum().Backward();
        bias.Sum().Backward();
        float[] before = bias.Gradient!.ToArray();
        string message = Should.Throw<InvalidOperationException>(
            () => (view.Transpose(1, 2).Square() + bias).Sum().Backward()).Message;
        message.ShouldContain("retainGraph: true");
        message.ShouldNotContain("scope.Keep");
        bias.Gradient!.ToArray().ShouldBe(before);
    }

    [Fact]
    public void What_an_op_saved_is_kept_with_its_result()
    {
        Parameter q = new(Tensor.Randn([1, 2, 3, 4], new Rng(7))), table = new(Tensor.Ones([3, 2]));
        using (TensorScope scope = TensorScope.Begin())
        {
            Tensor h = scope.Keep(q.Attention(q, q, causal: true));
            h.Sum().Backward();
            h.Sum().Backward();
        }
        Tensor rows;
        using (TensorScope scope = TensorScope.Begin())
            rows = scope.Keep(table.Embedding([1, 2], [2]));
        rows.Sum().Backward();
        table.Gradient!.ToArray().ShouldBe([0, 0, 1, 1, 1, 1]);
    }

    [Fact]
    public void Backward_gives_the_ids_back()
    {
        var table = new Parameter(Tensor.Ones([3, 1]));
        using TensorScope scope = TensorScope.Begin();
        Tensor loss = Tensor.Zeros([]);
        long before = BufferPool.RentedCount;
        table.Embedding(new int[1000], [1000]).Gather(new int[1000]).Sum().Backward();
        (BufferPool.RentedCount - before).ShouldBeLessThan(1000);
        loss.Item().ShouldBe(0);
    }

    [Fact]
    public void A_mask_counts_as_read()
    {
        Parameter p = new(Tensor.Ones([3, 3])), q = new(Tensor.Randn([1, 1, 3, 4], new Rng(8)));
        float[] expected = Run();
        using (TensorScope.Begin())
            Run().ShouldBe(expected);

        float[] Run()
        {
            q.ClearGradient();
            Tensor h = p * 2;
            (q.Attention(q, q, causal: false, mask: h.Detach()).Square().Sum() + h.Sum()).Backward();
            return q.Gradient!.ToArray();
        }
    }

    [Fact]
    public void Outside_a_scope_a_pass_lets_go_of_gradients_it_has_used()
    {
        List<WeakReference> gradients = [];
        int alive = -1;
        Tensor y = new WitnessOp(new Parameter(Tensor.Ones([2])), Count).Apply();
        for (int i = 0; i < 12; i++)
            y = new WitnessOp(y, dy => gradients.Add(new WeakReference(dy.Buffer))).Apply();
        y.Sum().Backward();
        alive.ShouldBeInRange(0, 4);

        void Count(Tensor dy)
        {
            GC.Collect();
            alive = gradients.Count(gradient => gradient.IsAlive);
        }
    }

    [Fact]
    public void Temporaries_made_after_a_gradient_took_its_input_s_place_are_given_back()
    {
        var w = new Parameter(Tensor.Ones([2]));
        Tensor upstream = Tensor.Ones([2]);
        TensorBuffer? temporary = null;
        using var outer = TensorScope.Begin();
        using TensorScope scope = TensorScope.Begin();
        Tensor x = new WitnessOp(w, _ => { }).Apply();
        Tensor y = scope.Keep(new WitnessOp(x, _ => temporary = Tensor.Zeros([2]).Buffer).Apply());
        y.Backward(upstream);
        temporary!.WasGivenBack.ShouldBeTrue();
        w.Gradient!.ToArray().ShouldBe([1, 1]);
    }

    [Fact]
    public void What_leaves_its_last_scope_is_no_longer_rented()
    {
        long before = BufferPool.RentedCount;
        using (TensorScope scope = TensorScope.Begin())
            scope.Keep(Tensor.Ones([100])).Count.ShouldBe(100);
        ActivationCheckpoint.Run((x, _) => x.Exp(), new Parameter(Tensor.Ones([100]))).Sum().Backward();
        BufferPool.RentedCount.ShouldBe(before);
    }

    /// <summary>y = x, which shows somebody dy when its gradient may lie where x lay.</summary>
    private sealed class WitnessOp(Tensor x, Action<Tensor> show) : Op(x)
    {
        private readonly Tensor x = x;

        public override string Formula => "y = x";

        protected internal override bool ReadsResult => false;

        public override Op WithInputs(params Tensor[] inputs) => new WitnessOp(inputs[0], show);

        public override Reference.NdArray<V> Reference<V>(params Reference.NdArray<V>[] inputs) => inputs[0];

        protected override Tensor Forward()
        {
            var temporary = new Tensor(x.ToArray(), x.Shape);
            return new Tensor(temporary.ToArray(), x.Shape);
        }

        protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

        protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
        {
            GradientSlot dx = gradients.SlotInPlace(x);
            show(dy);
            dy.CopyTo(dx.Span);
        }
    }
}
