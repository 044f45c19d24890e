using Nabla.Numerics;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>Making tensors, and reading what is in them.</summary>
public sealed class TensorTests
{
    private static readonly Tensor Matrix = new([1, 2, 3, 4, 5, 6], [2, 3]);

    [Fact]
    public void Elements_are_found_by_their_indices()
    {
        Matrix[0, 0].ShouldBe(1);
        Matrix[1, 2].ShouldBe(6);
        Matrix[-1, -3].ShouldBe(4);
        Matrix.Transpose(0, 1)[2, 0].ShouldBe(3);
        Matrix.Slice(1, 1, 2)[1, 0].ShouldBe(5);
    }

    [Fact]
    public void Wrong_indices_are_named()
    {
        Should.Throw<ArgumentException>(() => Matrix[1]).Message.ShouldContain("1 indices for shape [2, 3]; give 2");
        Should.Throw<ArgumentOutOfRangeException>(() => Matrix[0, 3])
            .Message.ShouldContain("index 3 is outside dimension 1 of [2, 3]");
        Should.Throw<ArgumentOutOfRangeException>(() => Matrix[-3, 0])
            .Message.ShouldContain("index -3 is outside dimension 0");
    }

    [Fact]
    public void A_float_is_a_scalar()
    {
        Tensor scalar = 2.5f;
        scalar.Shape.ToString().ShouldBe("[]");
        scalar.Item().ShouldBe(2.5f);
        (Matrix * 2).ToArray().ShouldBe([2, 4, 6, 8, 10, 12]);
        (1 - Matrix).ToArray().ShouldBe([0, -1, -2, -3, -4, -5]);
    }

    [Fact]
    public void Item_wants_exactly_one_element()
    {
        new Tensor([7], [1, 1]).Item().ShouldBe(7);
        Matrix.Slice(0, 1, 1).Slice(1, 1, 1).Item().ShouldBe(5);
        string message = Should.Throw<InvalidOperationException>(() => Matrix.Item()).Message;
        message.ShouldContain("shape [2, 3] has 6 elements");
        message.ShouldContain("Mean()");
        Should.Throw<InvalidOperationException>(() => Tensor.Zeros([0]).Item());
    }

    [Fact]
    public void Values_must_fill_the_shape()
    {
        Should.Throw<ArgumentException>(() => new Tensor([1, 2, 3], [2, 2]))
            .Message.ShouldContain("3 values do not fill shape [2, 2], which has 4");
        Should.Throw<ArgumentException>(() => new Tensor([], [1]));
        new Tensor([], [0, 3]).Count.ShouldBe(0);
        new Tensor([1, 2, 3]).Shape.ToString().ShouldBe("[3]");
    }

    [Fact]
    public void A_tensor_keeps_its_own_copy_of_the_values()
    {
        float[] values = [1, 2];
        var x = new Tensor(values);
        values[0] = 9;
        x.ToArray()[0] = 8;
        x[0].ShouldBe(1);
    }

    [Fact]
    public void Constant_tensors_hold_their_number()
    {
        Tensor.Zeros([2, 2]).ToArray().ShouldBe([0, 0, 0, 0]);
        Tensor.Ones([3]).ToArray().ShouldBe([1, 1, 1]);
        Tensor.Full([], -4).Item().ShouldBe(-4);
    }

    [Fact]
    public void Random_tensors_repeat_with_their_seed_and_have_their_distribution()
    {
        Tensor normal = Tensor.Randn([100, 100], new Rng(3)), uniform = Tensor.Uniform([100, 100], -1, 3, new Rng(4));
        normal.ToArray().ShouldBe(Tensor.Randn([100, 100], new Rng(3)).ToArray());
        normal.Mean().Item().ShouldBe(0, 0.05f);
        normal.Variance().Item().ShouldBe(1, 0.05f);
        uniform.Mean().Item().ShouldBe(1, 0.05f);
        uniform.Variance().Item().ShouldBe(16f / 12, 0.05f);
        uniform.ToArray().ShouldAllBe(x => x >= -1 && x < 3);
    }

    [Fact]
    public void Uniform_samples_stay_below_the_upper_bound_where_rounding_would_reach_it()
    {
        float high = MathF.BitIncrement(1);
        Tensor.Uniform([100], 1, high, new Rng(1)).ToArray().ShouldAllBe(x => x == 1);
        Tensor.Uniform([3], 2, 2, new Rng(1)).ToArray().ShouldBe([2, 2, 2]);
        Should.Throw<ArgumentOutOfRangeException>(() => Tensor.Uniform([1], 1, 0, new Rng(1)))
            .Message.ShouldContain("[1, 0)");
        Should.Throw<ArgumentOutOfRangeException>(() => Tensor.Uniform([1], float.NaN, 0, new Rng(1)));
    }

    [Fact]
    public void A_strided_view_must_be_made_contiguous_to_be_read_as_a_span()
    {
        Tensor view = Matrix.Transpose(0, 1);
        string message = Should.Throw<InvalidOperationException>(() => view.AsSpan().ToArray()).Message;
        message.ShouldContain("this [3, 2] tensor is a strided view");
        message.ShouldContain("Contiguous()");
        view.Contiguous().AsSpan().ToArray().ShouldBe([1, 4, 2, 5, 3, 6]);
        view.ToArray().ShouldBe([1, 4, 2, 5, 3, 6]);
    }

    [Fact]
    public void CopyTo_needs_room() =>
        Should.Throw<ArgumentException>(() => Matrix.CopyTo(new float[5]))
            .Message.ShouldContain("5 floats cannot hold the 6 elements of [2, 3]");

    [Fact]
    public void Text_shows_the_shape_and_the_first_values()
    {
        Matrix.ToString().ShouldBe("Tensor [2, 3] { 1, 2, 3, 4, 5, 6 }");
        Tensor.Full([3, 3], 0.5f).ToString().ShouldEndWith("0.5, … }");
    }

    [Fact]
    public void Text_of_a_view_shows_its_own_order_and_copies_nothing()
    {
        Matrix.Transpose(0, 1).ToString().ShouldBe("Tensor [3, 2] { 1, 4, 2, 5, 3, 6 }");
        Tensor.Zeros([0, 3]).ToString().ShouldBe("Tensor [0, 3] { }");
        Tensor large = Tensor.Zeros([1000, 1000]).Transpose(0, 1);
        _ = large.ToString();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = large.ToString();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8192);
    }

    [Fact]
    public void Text_of_a_tensor_whose_scope_ended_says_so()
    {
        Tensor leaked;
        using (TensorScope.Begin())
            leaked = Tensor.Ones([2]);
        leaked.ToString().ShouldBe("Tensor [2] (scope ended)");
    }
}
