using Nabla.Numerics;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>The memory of a KV cache.</summary>
public sealed class GrowingTensorTests
{
    [Fact]
    public void Parts_stand_one_behind_the_other_whatever_their_layout()
    {
        var rng = new Rng(1);
        Tensor all = Tensor.Randn([2, 3, 7, 4], rng);
        Tensor lying = new(all.Transpose(1, 2).ToArray(), [2, 7, 3, 4]),
            odd = new(all.Transpose(0, 3).ToArray(), [4, 3, 7, 2]);
        foreach (Tensor source in new[] { all, lying.Transpose(1, 2), odd.Transpose(0, 3) })
        {
            var growing = new GrowingTensor(2, 3, 9, 4);
            growing.Append(source.Slice(2, 0, 2));
            growing.Append(source.Slice(2, 2, 0));
            growing.Append(source.Slice(2, 2, 1)).ToArray().ShouldBe(all.Slice(2, 0, 3).ToArray());
            growing.Append(source.Slice(2, 3, 4)).ToArray().ShouldBe(all.ToArray());
            growing.Truncate(2);
            growing.Append(source.Slice(2, 2, 5)).ToArray().ShouldBe(all.ToArray());
            growing.Clear();
            growing.Append(source.Slice(2, 5, 1)).ToArray().ShouldBe(all.Slice(2, 5, 1).ToArray());
        }
    }

    [Fact]
    public void Appending_allocates_no_copy()
    {
        var growing = new GrowingTensor(1, 8, 1024, 64);
        Tensor part = Tensor.Ones([1, 1024, 8, 64]).Transpose(1, 2);
        growing.Append(part);
        growing.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        growing.Append(part);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4096);
    }

    [Fact]
    public void A_part_whose_gradient_would_be_lost_is_refused()
    {
        var growing = new GrowingTensor(1, 1, 4, 2);
        Tensor part = new Parameter(Tensor.Ones([1, 1, 1, 2])) * 2;
        string message = Should.Throw<InvalidOperationException>(() => growing.Append(part)).Message;
        message.ShouldContain("no derivative");
        message.ShouldContain("Inference()");
        growing.Append(part.Detach()).ToArray().ShouldBe([2, 2]);
        using (TensorScope.Inference())
            growing.Append(part).ToArray().ShouldBe([2, 2, 2, 2]);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        var growing = new GrowingTensor(1, 2, 3, 4);
        Should.Throw<ArgumentException>(() => growing.Append(Tensor.Zeros([1, 3, 1, 4])))
            .Message.ShouldContain("[1, 2, t, 4]");
        Should.Throw<ArgumentException>(() => growing.Append(Tensor.Zeros([1, 2, 4, 4])))
            .Message.ShouldContain("capacity of 3");
        Should.Throw<ArgumentOutOfRangeException>(() => growing.Truncate(1));
    }
}
