using Nabla.Tensors.Diagnostics;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

public class NanCheckTests
{
    private readonly Parameter weight = new(new Tensor([1f, -2, 3, 4], [2, 2]));

    [Fact]
    public void The_first_result_that_is_no_number_is_named_with_formula_shapes_and_ranges()
    {
        NotFiniteException error = Fails(() => (weight.Square() - 9).Sqrt().Sum().Exp());
        error.Operation.ShouldBe("Sqrt");
        error.IsBackward.ShouldBeFalse();
        error.Message.ShouldBe(
            "NaN first appears in Sqrt after Layer (y = √x), operation 3 of the forward pass: the result is [2, 2] "
            + "from 0 to 2.646, 2 of 4 NaN (first at [0, 0]); the input is [2, 2] from -8 to 7.");
    }

    [Fact]
    public void An_infinity_is_found_where_it_begins_and_not_where_it_does_harm()
    {
        NotFiniteException error = Fails(() =>
        {
            Tensor y = (weight * 40).Exp();
            return (y - y).Sum();
        });
        error.Operation.ShouldBe("Exp");
        error.Message.ShouldContain("An infinity first appears");
        error.Message.ShouldContain("2 of 4 infinite (first at [1, 0])");
    }

    [Fact]
    public void The_backward_pass_is_watched_too()
    {
        NotFiniteException error = Fails(() =>
        {
            Tensor loss = (weight * new Tensor([0f, 1, 1, 1], [2, 2])).Square().Sqrt().Sum();
            loss.Backward();
            return loss;
        });
        (error.Operation, error.IsBackward, error.Module).ShouldBe(("Sqrt", true, "Layer"));
        error.Message.ShouldContain("the gradient of its input is [2, 2]");
        error.Message.ShouldContain("dL/dy is [2, 2] from 1 to 1");
    }

    [Fact]
    public void A_parameter_whose_gradient_overflows_is_named()
    {
        NotFiniteException error = Fails(() =>
        {
            Tensor loss = (weight * 1e30f).Sum() * 1e30f;
            loss.Backward();
            return loss;
        }, allowForward: new Parameter(new Tensor([1e-30f, 0, 0, 0], [2, 2])));
        error.IsBackward.ShouldBeTrue();
        error.Message.ShouldContain("Layer.Weight");
    }

    [Fact]
    public void A_gradient_put_together_from_slices_is_no_false_alarm()
    {
        using var scope = TensorScope.Begin();
        for (int i = 0; i < 3; i++)
        {
            using (new NanCheck().Watch())
            {
                Tensor y = weight.Square();
                (y.Slice(0, 0, 1).Sum() + y.Slice(0, 1, 1).Exp().Sum()).Backward();
            }
            weight.Gradient!.ToArray().ShouldAllBe(g => float.IsFinite(g));
            Tensor.Full([64], float.NaN); // what the pool hands out next is full of these
        }
    }

    [Fact]
    public void Masks_may_hold_infinities_and_softmax_takes_them_but_a_row_of_them_is_found()
    {
        using (new NanCheck().Watch())
            (weight * 1).MaskedFill([true, false, false, false], float.NegativeInfinity).Softmax().Sum().Backward();
        NotFiniteException error = Fails(() =>
        {
            Tensor y = (weight * 1).MaskedFill([true, true, false, false], float.NegativeInfinity);
            return (y - y).Sum();
        });
        error.Operation.ShouldBe("Subtract");
    }

    [Fact]
    public void Inputs_that_come_in_bad_are_told_from_results_that_become_so() =>
        Fails(() => (weight + new Tensor([1f, float.NaN])).Sum())
            .Message.ShouldContain("comes in with the inputs of Add");

    [Fact]
    public void Watching_changes_no_bit_and_ends_in_order()
    {
        float[] Gradient()
        {
            weight.ClearGradient();
            using var scope = TensorScope.Begin();
            weight.Square().Tanh().Sum().Backward();
            return weight.Gradient!.ToArray();
        }
        float[] plain = Gradient(), watched;
        using (new NanCheck().Watch())
        using (new NanCheck().Watch())
            watched = Gradient();
        watched.ShouldBe(plain);

        IDisposable outer = new NanCheck().Watch(), inner = new NanCheck().Watch();
        Should.Throw<InvalidOperationException>(outer.Dispose).Message.ShouldContain("reverse order");
        inner.Dispose();
        outer.Dispose();
        OpObserver.Current.ShouldBeNull();
    }

    [Fact]
    public void After_an_error_nobody_watches()
    {
        Fails(() => (weight * float.NaN).Sum());
        OpObserver.Current.ShouldBeNull();
        float.IsNaN((weight * float.NaN).Sum().Item()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(new float[0], "[0] (empty)")]
    [InlineData(new[] { float.NaN }, "[1] 1 of 1 NaN (first at [0])")]
    [InlineData(
        new[] { 1f, float.PositiveInfinity, float.NaN }, "[3] from 1 to 1, 1 of 3 NaN and 1 infinite (first at [1])")]
    [InlineData(new[] { 1f, -2.5f }, "[2] from -2.5 to 1")]
    public void A_range_reads_as_a_person_would_say_it(float[] numbers, string text) =>
        NumberRange.Of(new Tensor(numbers)).ToString().ShouldBe(text);

    private NotFiniteException Fails(Func<Tensor> compute, Parameter? allowForward = null)
    {
        Parameter parameter = weight;
        if (allowForward is not null)
            allowForward.Values.CopyTo(parameter.Values);
        using IDisposable watch =
            new NanCheck([KeyValuePair.Create((Tensor)parameter, "Layer.Weight")]).Watch();
        return Should.Throw<NotFiniteException>(() => compute());
    }
}
