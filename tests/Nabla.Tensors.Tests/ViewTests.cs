using FsCheck;
using FsCheck.Fluent;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>Views are free: whoever writes into the parameter sees it in them. Copies are not.</summary>
public sealed class ViewTests
{
    private readonly Parameter x = new(new Tensor([.. Enumerable.Range(0, 24).Select(i => (float)i)], [2, 3, 4]));

    [Fact]
    public void Transpose_slice_expand_and_reshape_copy_nothing()
    {
        ShouldBeView(x.Transpose(0, 2));
        ShouldBeView(x.Slice(1, 1, 2));
        ShouldBeView(x.Slice(2, 1, 2).Transpose(0, 1));
        ShouldBeView(x.Reshape(6, 4));
        ShouldBeView(x.Reshape(-1));
        ShouldBeView(x.Unsqueeze(1).Expand(2, 5, 3, 4));
        ShouldBeView(x.Slice(1, 0, 1).Squeeze(1));
    }

    [Fact]
    public void Detach_copies_nothing_but_the_numbers_of_a_parameter_which_change()
    {
        Tensor constant = x.Detach(), row = x.Slice(0, 1, 1).Detach(), sum = x + 0, view = sum.Detach();
        x.Values.Fill(-1);
        constant[1, 2, 3].ShouldBe(23);
        row[0, 0, 0].ShouldBe(12);
        ReferenceEquals(view.Buffer, sum.Buffer).ShouldBeTrue();
    }

    [Fact]
    public void Reshape_of_a_view_copies_nothing_where_strides_can_say_it()
    {
        ShouldBeView(x.Slice(2, 1, 2).Reshape(6, 2));           // rows with gaps, merged in front
        ShouldBeView(x.Slice(2, 0, 2).Reshape(2, 3, 2, 1));
        ShouldBeView(x.Transpose(0, 1).Reshape(3, 2, 2, 2));    // split the last dimension into heads
        ShouldBeView(x.Transpose(0, 2).Reshape(2, 2, 3, 2));
        ShouldBeView(x.Transpose(1, 2).Reshape(2, 1, 4, 3));
        ShouldBeView(x.Slice(0, 1, 1).Reshape(12));
    }

    [Fact]
    public void Reshape_of_a_view_copies_where_strides_cannot_say_it()
    {
        Tensor copy = x.Transpose(0, 2).Reshape(24);
        float[] before = copy.ToArray();
        x.Values.Fill(-1);
        copy.ToArray().ShouldBe(before);
    }

    [Fact]
    public void Contiguous_is_the_tensor_itself_if_it_is_so_already()
    {
        ReferenceEquals(x.Contiguous(), x).ShouldBeTrue();
        Tensor rows = x.Slice(0, 1, 1);
        ReferenceEquals(rows.Contiguous(), rows).ShouldBeTrue();
        x.Transpose(0, 1).Contiguous().IsContiguous.ShouldBeTrue();
    }

    [Fact]
    public void Any_chain_of_views_can_be_reshaped() => Prop.ForAll(Chains, chain =>
    {
        Tensor view = Apply(new Tensor(x.ToArray(), x.Shape), chain);
        float[] expected = view.ToArray();
        foreach (Shape shape in Factorings(view.Count))
            if (!view.Reshape(shape.AsSpan()).ToArray().AsSpan().SequenceEqual(expected))
                return false;
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gradients_pass_through_any_chain_of_views() => Prop.ForAll(Chains, chain =>
    {
        // L = Σ view ⊙ index: what comes back is the sum of the indices at which each element shows up.
        var source = new Parameter(x);
        Tensor view = Apply(source, chain);
        Tensor index = new([.. Enumerable.Range(0, view.Count).Select(i => (float)i)], view.Shape);
        (view * index).Sum().Backward();
        var expected = new float[24];
        float[] seen = view.ToArray();
        for (int i = 0; i < seen.Length; i++)
            expected[(int)seen[i]] += i;
        return source.Gradient!.ToArray().AsSpan().SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(int Kind, int A, int B)[]> Chains => (
        from steps in (from kind in Gen.Choose(0, 3)
                       from a in Gen.Choose(0, 5)
                       from b in Gen.Choose(0, 5)
                       select (kind, a, b)).ArrayOf()
        select steps.Take(6).ToArray()).ToArbitrary();

    private static Tensor Apply(Tensor t, (int Kind, int A, int B)[] chain)
    {
        foreach ((int kind, int a, int b) in chain)
        {
            int dim = a % t.Rank, size = t.Shape[dim];
            t = kind switch
            {
                0 => t.Transpose(dim, b % t.Rank),
                1 => t.Slice(dim, b % size, size - b % size),
                2 => t.Slice(dim, 0, 1 + b % size),
                _ when size == 1 && t.Count <= 24 => t.Expand(t.Shape.With(dim, 2).AsSpan()),
                _ => t.Unsqueeze(dim),
            };
        }
        return t;
    }

    private static IEnumerable<Shape> Factorings(int count)
    {
        for (int a = 1; a <= count; a++)
            for (int b = 1; count % a == 0 && b <= count / a; b++)
                if (count / a % b == 0)
                    yield return [a, b, count / a / b];
    }

    private void ShouldBeView(Tensor view)
    {
        float[] kept = x.ToArray(), before = view.ToArray();
        for (int i = 0; i < x.Count; i++)
            x.Values[i] += 100;
        view.ToArray().ShouldBe([.. before.Select(v => v + 100)]);
        kept.CopyTo(x.Values);
    }
}
