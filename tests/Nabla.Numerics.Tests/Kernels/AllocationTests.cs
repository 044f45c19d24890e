using Nabla.Numerics.Kernels;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Tests.Kernels;

public class AllocationTests
{
    [Fact]
    public void Kernels_allocate_nothing_once_their_scratch_is_pooled()
    {
        var shape = new AttentionShape(1, 2, 2, 40, 40, 16) { Causal = true };
        AttentionStrides strides = AttentionStrides.Dense(shape);
        float[] x = Arrays.Normal(2 * 40 * 16, 1), y = new float[x.Length], dy = new float[x.Length],
            sums = new float[80];
        void Step()
        {
            SoftmaxKernel.Forward(x, 40, y);
            Elementwise.Axpy(0.5f, x, y);
            Elementwise.SumColumns(x, sums);
            Elementwise.Sum(x);
            AttentionKernel.Forward(shape, strides, new(x, x, x), y, sums);
            AttentionKernel.Backward(shape, strides, new(x, x, x), new(y, sums, x), new(dy, dy, dy, strides));
        }
        int threads = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            for (int i = 0; i < 50; i++)
                Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
                Step();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        }
        finally
        {
            WorkerPool.Threads = threads;
        }
    }
}
