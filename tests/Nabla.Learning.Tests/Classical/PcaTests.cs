using Nabla.Learning.Checkpoints;
using Nabla.Learning.Classical;
using Nabla.Learning.Tests.Checkpoints;
using Nabla.Numerics;
using Nabla.Numerics.Threading;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Classical;

public class PcaTests
{
    // Shapes that take each way: the SVD in double, the covariance, the SVD in single precision.
    public static TheoryData<int, int> Shapes => new()
    {
        { 2, 1 }, { 5, 3 }, { 3, 7 }, { 400, 30 }, { 4000, 180 }, { 260, 1500 }, { 9000, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Axes_are_orthonormal_and_scores_have_their_variances(int rows, int columns)
    {
        Tensor x = Data(rows, columns);
        int count = Math.Min(3, Math.Min(rows - 1, columns));
        Pca pca = Pca.Fit(x, new PcaOptions { Components = count });
        Tensor products = pca.Components.MatMul(pca.Components.Transpose(0, 1));
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                products[i, j].ShouldBe(i == j ? 1 : 0, 2e-5);
        float[] scores = pca.Transform(x).ToArray();
        for (int k = 0; k < count; k++)
        {
            double[] column = [.. scores.Where((_, i) => i % count == k).Select(value => (double)value)];
            column.Average().ShouldBe(0, 1e-4 * Math.Sqrt(pca.ExplainedVariance[0]));
            (column.Sum(value => value * value) / (rows - 1)).ShouldBe(
                pca.ExplainedVariance[k], 1e-4 * pca.ExplainedVariance[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void All_solvers_find_the_same_first_axes(int rows, int columns)
    {
        Tensor x = Data(rows, columns);
        int count = Math.Min(2, Math.Min(rows - 1, columns));
        Pca exact = Pca.Fit(x, new PcaOptions { Components = count, Solver = PcaSolver.Exact });
        foreach (PcaSolver solver in new[] { PcaSolver.Randomized, PcaSolver.Incremental })
        {
            Pca other = Pca.Fit(x, new PcaOptions { Components = count, Solver = solver });
            double tolerance = solver == PcaSolver.Incremental ? 0.02 : 1e-4;
            other.ExplainedVarianceRatio.ShouldBe(exact.ExplainedVarianceRatio, tolerance);
            other.TotalVariance.ShouldBe(exact.TotalVariance, 1e-4 * exact.TotalVariance);
            if (solver == PcaSolver.Randomized)
                Apart(other.Components, exact.Components).ShouldBeLessThan(3e-3);
        }
    }

    [Theory]
    [InlineData(PcaSolver.Exact)]
    [InlineData(PcaSolver.Randomized)]
    [InlineData(PcaSolver.Incremental)]
    public void Results_have_the_same_bits_for_any_number_of_threads(PcaSolver solver)
    {
        Tensor x = Data(6000, 150);
        int before = WorkerPool.Threads;
        try
        {
            float[][] results = [.. new[] { 1, 2, 5 }.Select(threads =>
            {
                WorkerPool.Threads = threads;
                Pca pca = Pca.Fit(x, new PcaOptions { Components = 4, Solver = solver });
                return pca.Components.ToArray().Concat(pca.Transform(x).ToArray()).ToArray();
            })];
            results[1].ShouldBe(results[0]);
            results[2].ShouldBe(results[0]);
        }
        finally
        {
            WorkerPool.Threads = before;
        }
    }

    [Fact]
    public void All_axes_lose_nothing()
    {
        Tensor x = Data(50, 6);
        foreach (bool whiten in new[] { false, true })
        {
            Pca pca = Pca.Fit(x, new PcaOptions { Whiten = whiten });
            Apart(pca.InverseTransform(pca.Transform(x)), x).ShouldBeLessThan(1e-4);
            pca.ExplainedVarianceRatio.Sum().ShouldBe(1, 1e-12);
            pca.NoiseVariance.ShouldBe(0);
        }
    }

    [Fact]
    public void Whitened_scores_have_variance_one()
    {
        Tensor x = Data(200, 5);
        float[] scores = Pca.Fit(x, new PcaOptions { Components = 3, Whiten = true }).Transform(x).ToArray();
        for (int k = 0; k < 3; k++)
            (scores.Where((_, i) => i % 3 == k).Sum(value => (double)value * value) / 199).ShouldBe(1, 1e-4);
    }

    [Fact]
    public void The_largest_coordinate_of_each_axis_is_positive()
    {
        Tensor axes = Pca.Fit(Data(40, 6)).Components;
        for (int k = 0; k < 6; k++)
            axes.Slice(0, k, 1).ToArray().MaxBy(Math.Abs).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Data_that_do_not_vary_have_no_variance_to_explain()
    {
        Pca pca = Pca.Fit(Tensor.Full([4, 3], 7), new PcaOptions { Whiten = true });
        pca.ExplainedVarianceRatio.ShouldAllBe(share => share == 0);
        pca.Transform(Tensor.Full([2, 3], 7)).ToArray().ShouldAllBe(score => score == 0);
        Apart(pca.InverseTransform(Tensor.Zeros([1, 3])), Tensor.Full([1, 3], 7)).ShouldBe(0);
    }

    [Fact]
    public void Data_far_from_zero_are_centred_first()
    {
        Tensor x = Data(5000, 150), far = x + 1000;
        double[] near = [.. Pca.Fit(x, new PcaOptions { Components = 3 }).ExplainedVarianceRatio];
        Pca.Fit(far, new PcaOptions { Components = 3 }).ExplainedVarianceRatio.ShouldBe(near, 1e-4);
    }

    [Fact]
    public void A_view_is_analysed_like_its_copy()
    {
        Tensor x = Data(30, 8), view = x.Transpose(0, 1);
        Pca.Fit(view).Components.ToArray()
            .ShouldBe(Pca.Fit(new Tensor(view.ToArray(), view.Shape)).Components.ToArray());
        Pca pca = Pca.Fit(x);
        pca.Transform(x.Slice(0, 5, 2)).ToArray().ShouldBe(pca.Transform(x).Slice(0, 5, 2).ToArray(), 1e-5);
        pca.Transform(Tensor.Zeros([0, 8])).Shape.ToString().ShouldBe("[0, 8]");
    }

    [Fact]
    public void Batches_that_are_all_of_the_data_give_the_exact_axes()
    {
        Tensor x = Data(40, 5);
        var incremental = new IncrementalPca(5);
        for (int start = 0; start < 40; start += 10)
            incremental.PartialFit(x.Slice(0, start, 10));
        Pca exact = Pca.Fit(x);
        incremental.Model.ExplainedVariance.ShouldBe(exact.ExplainedVariance, 1e-6);
        Apart(incremental.Model.Components, exact.Components).ShouldBeLessThan(1e-4);
        incremental.Model.Samples.ShouldBe(40);
    }

    [Fact]
    public void A_saved_analysis_comes_back()
    {
        using var folder = new TemporaryFolder();
        Tensor x = Data(40, 6);
        Pca pca = Pca.Fit(x, new PcaOptions { Components = 2, Whiten = true });
        pca.Save(folder["pca.safetensors"]);
        Pca back = Pca.Load(folder["pca.safetensors"]);
        back.Transform(x).ToArray().ShouldBe(pca.Transform(x).ToArray());
        back.ExplainedVarianceRatio.ShouldBe(pca.ExplainedVarianceRatio);
        (back.NoiseVariance, back.Samples, back.Whiten).ShouldBe((pca.NoiseVariance, 40, true));

        SafeTensorsFile.Write(folder["other"], [new("components", [1], new float[1])]);
        Should.Throw<CheckpointException>(() => Pca.Load(folder["other"])).Message.ShouldContain("holds no PCA");
        File.WriteAllBytes(folder["cut"], File.ReadAllBytes(folder["pca.safetensors"])[..^9]);
        Should.Throw<CheckpointException>(() => Pca.Load(folder["cut"]));
        var notes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["nabla.pca"] =
                """{"whiten":false,"samples":4,"total_variance":1,"noise_variance":0,"explained_variance":[1,2,3]}""",
        };
        SafeTensorsFile.Write(folder["odd"],
            [new("components", [1, 2], new float[2]), new("mean", [2], new float[2])], notes);
        Should.Throw<CheckpointException>(() => Pca.Load(folder["odd"])).Message.ShouldContain("do not fit together");
    }

    [Fact]
    public void Wrong_input_is_an_error_that_says_what_was_expected()
    {
        Tensor x = Data(7, 20), hole = new([1, 2, float.NaN, 4], [2, 2]);
        Message(() => Pca.Fit(Tensor.Zeros([3]))).ShouldContain("a matrix [rows, columns] is expected");
        Message(() => Pca.Fit(Tensor.Zeros([1, 3]))).ShouldContain("at least 2 rows");
        Message(() => Pca.Fit(Tensor.Zeros([5, 0]))).ShouldContain("1 column");
        Message(() => Pca.Fit(x, new() { Components = 8 }))
            .ShouldContain("components is 8; data of [7, 20] allow 1 to 7");
        Message(() => Pca.Fit(x, new() { Components = 0 })).ShouldContain("components is 0");
        Message(() => Pca.Fit(x, new() { Share = 1.5 })).ShouldContain("Share is 1.5");
        Message(() => Pca.Fit(x, new() { Share = 0.5, Components = 2 })).ShouldContain("leave out Components");
        Message(() => Pca.Fit(x, new() { Oversampling = -1 })).ShouldContain("Oversampling is -1");
        Message(() => Pca.Fit(x, new() { BatchRows = 0 })).ShouldContain("BatchRows is 0");
        Message(() => Pca.Fit(hole)).ShouldContain("row 1, column 0 (both from 0) is NaN");
        Message(() => Pca.Fit(Tensor.Full([4, 2], 3e38f))).ShouldContain("Scale them first");
        Message(() => Pca.Fit(x).Transform(Tensor.Zeros([2, 3]))).ShouldContain("rows have 3 numbers; they need 20");
        Message(() => Pca.Fit(x).InverseTransform(Tensor.Zeros([2, 3]))).ShouldContain("they need 7");
        Message(() => new IncrementalPca(3).PartialFit(Tensor.Zeros([2, 9]))).ShouldContain("first batch has 2 rows");
        Message(() => new IncrementalPca(3).PartialFit(Tensor.Zeros([9, 2]))).ShouldContain("components is 3");
        Message(() => new IncrementalPca(1).PartialFit(hole)).ShouldContain("is NaN");
        Message(() => _ = new IncrementalPca(0)).ShouldContain("components");
        var started = new IncrementalPca(1);
        Should.Throw<InvalidOperationException>(() => started.Model).Message.ShouldContain("PartialFit");
        started.PartialFit(Data(4, 3));
        Message(() => started.PartialFit(Data(4, 2))).ShouldContain("2 columns; those before had 3");
        started.PartialFit(Tensor.Zeros([0, 3]));
        started.Model.Samples.ShouldBe(4);
    }

    private static string Message(Action action) => Should.Throw<ArgumentException>(action).Message;

    private static double Apart(Tensor a, Tensor b) =>
        a.ToArray().Zip(b.ToArray(), (x, y) => Math.Abs(x - y)).DefaultIfEmpty().Max();

    // A few strong directions in a little noise, so that the first axes are clear.
    private static Tensor Data(int rows, int columns)
    {
        var rng = new Rng(rows + 7 * columns);
        Tensor strong = Tensor.Randn([rows, 2], rng) * new Tensor([6, 3], [2]);
        return strong.MatMul(Tensor.Randn([2, columns], rng)) * (1 / MathF.Sqrt(columns))
            + Tensor.Randn([rows, columns], rng) * (0.3f / MathF.Sqrt(columns)) + Tensor.Randn([columns], rng);
    }
}
