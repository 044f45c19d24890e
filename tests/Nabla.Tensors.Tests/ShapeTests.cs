using FsCheck;
using FsCheck.Fluent;

namespace Nabla.Tensors.Tests;

/// <summary>Sizes and what can be done with them.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void More_dimensions_than_a_stack_should_hold_are_refused() =>
        Should.Throw<ArgumentException>(() => Shape.Create(new int[65])).Message.ShouldContain("at most 64");

    [Fact]
    public void A_shape_is_written_as_a_collection()
    {
        Shape shape = [2, 3, 4];
        shape.Rank.ShouldBe(3);
        shape.ElementCount.ShouldBe(24);
        shape[-1].ShouldBe(4);
        shape.ToString().ShouldBe("[2, 3, 4]");
        shape.ShouldBe(Shape.Create([2, 3, 4]));
        shape.GetHashCode().ShouldBe(Shape.Create([2, 3, 4]).GetHashCode());
        (shape != Shape.Create([2, 3])).ShouldBeTrue();
    }

    [Fact]
    public void A_shape_spreads_into_another()
    {
        Shape shape = [2, 3], larger = [.. shape, 4], around = [1, .. shape];
        larger.ToString().ShouldBe("[2, 3, 4]");
        around.ToString().ShouldBe("[1, 2, 3]");
        int[] sizes = [.. shape, .. shape];
        sizes.ShouldBe([2, 3, 2, 3]);
    }

    [Fact]
    public void The_empty_shape_is_a_scalar()
    {
        Shape scalar = [];
        scalar.Rank.ShouldBe(0);
        scalar.ElementCount.ShouldBe(1);
        default(Shape).ShouldBe(scalar);
        default(Shape).ToString().ShouldBe("[]");
        default(Shape).GetHashCode().ShouldBe(scalar.GetHashCode());
    }

    [Fact]
    public void A_size_can_be_replaced_or_left_out()
    {
        Shape shape = [2, 3, 4];
        shape.With(-1, 7).ToString().ShouldBe("[2, 3, 7]");
        shape.Without(0).ToString().ShouldBe("[3, 4]");
        shape.Without(-2).ToString().ShouldBe("[2, 4]");
    }

    [Fact]
    public void A_shape_does_not_change_with_the_array_it_came_from()
    {
        int[] sizes = [2, 3];
        Shape shape = sizes;
        sizes[0] = 9;
        shape[0].ShouldBe(2);
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Should.Throw<ArgumentException>(() => Shape.Create([2, -3])).Message.ShouldContain("size -3 is negative");
        Should.Throw<ArgumentException>(() => Shape.Create([65536, 65536]))
            .Message.ShouldContain("[65536, 65536] has more than");
        Should.Throw<ArgumentException>(() => Shape.Create([int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue]));
        Shape.Create([int.MaxValue, 0]).ElementCount.ShouldBe(0);
    }

    [Fact]
    public void A_missing_dimension_is_named_with_those_there_are()
    {
        Shape shape = [2, 3];
        Should.Throw<ArgumentOutOfRangeException>(() => shape[2])
            .Message.ShouldContain("dimension 2 does not exist in [2, 3]; use -2 … 1");
        Should.Throw<ArgumentOutOfRangeException>(() => shape[-3]);
        Should.Throw<ArgumentOutOfRangeException>(() => default(Shape)[0]);
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 2, 3 }, new[] { 2, 3 })]
    [InlineData(new[] { 2, 3 }, new[] { 3 }, new[] { 2, 3 })]
    [InlineData(new[] { 2, 1 }, new[] { 4 }, new[] { 2, 4 })]
    [InlineData(new int[0], new[] { 4, 5 }, new[] { 4, 5 })]
    [InlineData(new[] { 1 }, new[] { 0 }, new[] { 0 })]
    [InlineData(new[] { 2, 1, 3 }, new[] { 4, 1 }, new[] { 2, 4, 3 })]
    public void Sizes_of_one_stretch(int[] a, int[] b, int[] both)
    {
        Shape.Broadcast(a, b, "Test").ToArray().ShouldBe(both);
        Shape.Broadcast(b, a, "Test").ToArray().ShouldBe(both);
    }

    [Fact]
    public void Sizes_that_do_not_stretch_are_named()
    {
        string message = Should.Throw<ArgumentException>(() => Shape.Broadcast([2, 3], [4, 2, 5], "Add")).Message;
        message.ShouldContain("Add: shapes [2, 3] and [4, 2, 5] do not broadcast: 3 against 5 in dimension -1");
        message.ShouldContain("one of them 1");
        Should.Throw<ArgumentException>(() => Shape.Broadcast([0], [3], "Add"));
    }

    [Fact]
    public void Broadcasting_does_not_depend_on_order_and_may_be_done_twice() => Prop.ForAll(Pairs, pair =>
    {
        Shape both = Shape.Broadcast(pair.A, pair.B, "Test");
        return both == Shape.Broadcast(pair.B, pair.A, "Test") && both == Shape.Broadcast(both, pair.A, "Test")
            && both.Rank == Math.Max(pair.A.Length, pair.B.Length);
    }).QuickCheckThrowOnFailure();

    /// <summary>
    /// Two shapes that broadcast: one common shape, some sizes of each set to 1, some dimensions in front left out.
    /// </summary>
    private static Arbitrary<(int[] A, int[] B)> Pairs => (
        from rank in Gen.Choose(0, 8)
        from sizes in Gen.Choose(0, 4).ArrayOf(rank)
        from a in Part(sizes)
        from b in Part(sizes)
        select (a, b)).ToArbitrary();

    private static Gen<int[]> Part(int[] sizes) =>
        from skip in Gen.Choose(0, sizes.Length)
        from ones in Gen.Elements(false, true).ArrayOf(sizes.Length)
        select sizes.Zip(ones, (size, one) => one ? 1 : size).Skip(skip).ToArray();
}
