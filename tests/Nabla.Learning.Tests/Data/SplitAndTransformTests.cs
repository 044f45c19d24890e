using FsCheck;
using FsCheck.Fluent;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Transforms;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Data;

public class SplitAndTransformTests
{
    [Fact]
    public void Parts_hold_every_example_once()
    {
        Prop.ForAll<byte, int>((count, seed) =>
        {
            double[] shares = [0.5, 0.3, 0.2];
            int[] labels = [.. Enumerable.Range(0, count).Select(i => i * i % 3)];
            foreach (int[][] parts in new[]
            {
                Splits.Random(count, shares, new Rng(seed)), Splits.Stratified(labels, shares, new Rng(seed)),
            })
                parts.SelectMany(part => part).Order().ShouldBe(Enumerable.Range(0, count));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Strata_have_their_share_of_each_class()
    {
        int[] labels = [.. Enumerable.Repeat(0, 80), .. Enumerable.Repeat(1, 20)];
        int[][] parts = Splits.Stratified(labels, [0.75, 0.25], new Rng(1));
        parts[0].Count(i => labels[i] == 1).ShouldBe(15);
        parts[1].Count(i => labels[i] == 1).ShouldBe(5);
        parts[1].Length.ShouldBe(25);
        Splits.Stratified(labels, [0.75, 0.25], new Rng(1))[0].ShouldBe(parts[0]);
        Splits.Stratified(labels, [0.75, 0.25], new Rng(2))[0].ShouldNotBe(parts[0]);
    }

    [Fact]
    public void Every_example_is_held_out_in_one_fold()
    {
        int[] labels = [.. Enumerable.Range(0, 23).Select(i => i % 4 == 0 ? 1 : 0)];
        foreach (IReadOnlyList<Fold> folds in new[]
        {
            Splits.KFold(23, 5, new Rng(1)), Splits.StratifiedKFold(labels, 5, new Rng(1)),
        })
        {
            folds.SelectMany(fold => fold.HeldOut).Order().ShouldBe(Enumerable.Range(0, 23));
            folds.ShouldAllBe(fold => !fold.Training.Intersect(fold.HeldOut).Any());
            folds.ShouldAllBe(fold => fold.Training.Length + fold.HeldOut.Length == 23);
            folds.Max(fold => fold.HeldOut.Length).ShouldBe(5);
        }
        foreach (Fold fold in Splits.StratifiedKFold(labels, 3, new Rng(1)))
            fold.HeldOut.Count(i => labels[i] == 1).ShouldBe(2);
    }

    [Fact]
    public void Wrong_shares_and_folds_are_named()
    {
        Should.Throw<ArgumentException>(() => Splits.Random(5, [0.5, 0.4], new Rng(1))).Message
            .ShouldContain("add up to 1");
        Should.Throw<ArgumentException>(() => Splits.Random(5, [1.5, -0.5], new Rng(1)));
        Should.Throw<ArgumentException>(() => Splits.KFold(5, 1, new Rng(1))).Message.ShouldContain("1 folds of 5");
        Should.Throw<ArgumentException>(() => Splits.KFold(5, 6, new Rng(1)));
        Should.Throw<ArgumentException>(() => ClassBalance.Counts([3], 3)).Message.ShouldContain("label 3");
    }

    [Fact]
    public void Oversampling_makes_classes_equally_frequent_and_keeps_every_example()
    {
        int[] labels = [0, 0, 0, 0, 0, 1, 1, 2];
        int[] chosen = ClassBalance.Oversampled(labels, new Rng(1));
        ClassBalance.Counts([.. chosen.Select(i => labels[i])], 3).ShouldBe([5, 5, 5]);
        chosen.Distinct().Count().ShouldBe(8);
        chosen.Count(i => i == 5).ShouldBeInRange(2, 3);
        ClassBalance.Oversampled([], new Rng(1)).ShouldBeEmpty();
    }

    [Fact]
    public void Standard_data_has_mean_0_and_deviation_1_and_goes_back()
    {
        Tensor x = Tensor.Randn([50, 3], new Rng(1)) * 7f + new Tensor([5f, -100, 1e4f]);
        Standardizer standardizer = Standardizer.Of(x);
        float[] z = standardizer.Apply(x).ToArray();
        for (int d = 0; d < 3; d++)
        {
            double[] column = [.. z.Where((_, i) => i % 3 == d).Select(value => (double)value)];
            column.Average().ShouldBe(0, 1e-3);
            column.Average(value => value * value).ShouldBe(1, 1e-3);
        }
        float[] back = standardizer.Invert(standardizer.Apply(x)).ToArray();
        back.Zip(x.ToArray()).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.01);
        Standardizer.Of(new Tensor([4f, 4, 4], [3, 1])).Deviations.ShouldBe([1]);
        Standardizer.OfAll(new Tensor([1f, 3])).Means.ShouldBe([2]);
        Should.Throw<ArgumentException>(() => standardizer.Apply(Tensor.Zeros([2, 4]))).Message
            .ShouldContain("3 numbers");
        Should.Throw<ArgumentException>(() => Standardizer.Of(Tensor.Zeros([0, 4])));
        Should.Throw<ArgumentException>(() => new Standardizer([1], [0]));
    }

    [Fact]
    public void Scaled_data_lies_between_0_and_1_and_goes_back()
    {
        Tensor x = Tensor.Randn([20, 2], new Rng(1));
        MinMaxScaler scaler = MinMaxScaler.Of(x);
        float[] y = scaler.Apply(x).ToArray();
        (y.Min(), y.Max()).ShouldBe((0, 1));
        scaler.Invert(scaler.Apply(x)).ToArray().Zip(x.ToArray()).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-5);
        MinMaxScaler.Of(new Tensor([3f, 3], [2, 1])).Apply(new Tensor([3f], [1, 1])).Item().ShouldBe(0);
        Should.Throw<ArgumentException>(() => scaler.Apply(Tensor.Zeros([2, 4])));
        Should.Throw<ArgumentException>(() => MinMaxScaler.Of(Tensor.Zeros([4])));
    }

    [Fact]
    public void Rows_get_the_length_1_and_labels_one_1()
    {
        Data(RowNormalizer.Apply(new Tensor([3f, 4, 0, 0], [2, 2]))).ShouldBe([0.6f, 0.8f, 0, 0]);
        RowNormalizer.Apply(Tensor.Zeros([2, 0])).Count.ShouldBe(0);
        Data(OneHotLabels.Encode([2, 0], 3)).ShouldBe([0, 0, 1, 1, 0, 0]);
        OneHotLabels.Encode([], 3).Shape.ToArray().ShouldBe([0, 3]);
        Should.Throw<ArgumentException>(() => OneHotLabels.Encode([3], 3)).Message.ShouldContain("label 0 is 3");
        Should.Throw<ArgumentOutOfRangeException>(() => OneHotLabels.Encode([0], 3, 2));
    }

    [Fact]
    public void A_shift_moves_the_image_and_fills_with_background()
    {
        var augmentation = new ImageAugmentation { Shift = 1, Background = -1 };
        Tensor image = new([1f, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int seed = 0; seed < 200; seed++)
        {
            float[] moved = Data(augmentation.Apply(image, new Rng(seed)));
            int at = Array.IndexOf(moved, 5f); // where the centre went
            (int down, int right) = (at / 3 - 1, at % 3 - 1);
            for (int y = 0; y < 3; y++)
                for (int x = 0; x < 3; x++)
                    moved[y * 3 + x].ShouldBe(y - down is >= 0 and < 3 && x - right is >= 0 and < 3
                        ? (y - down) * 3 + x - right + 1 : -1);
            seen.Add(string.Join(',', moved));
        }
        seen.Count.ShouldBe(9);
    }

    [Fact]
    public void Augmentation_changes_all_channels_alike_and_repeats_with_its_seed()
    {
        var augmentation = new ImageAugmentation { Shift = 2, FlipProbability = 0.5f, EraseSide = 3 };
        Tensor plane = Tensor.Randn([4, 1, 6, 5], new Rng(1));
        float[] one = plane.ToArray(), both = new float[2 * one.Length];
        for (int image = 0; image < 4; image++)
            for (int channel = 0; channel < 2; channel++)
                one.AsSpan(image * 30, 30).CopyTo(both.AsSpan((image * 2 + channel) * 30));
        float[] result = Data(augmentation.Apply(new Tensor(both, [4, 2, 6, 5]), new Rng(7)));
        float[] single = Data(augmentation.Apply(plane, new Rng(7)));
        for (int image = 0; image < 4; image++)
            for (int channel = 0; channel < 2; channel++)
                result.AsSpan((image * 2 + channel) * 30, 30).ToArray()
                    .ShouldBe(single[(image * 30)..(image * 30 + 30)]);
        Data(augmentation.Apply(plane, new Rng(7))).ShouldBe(single);
        augmentation.Apply(Tensor.Zeros([0, 6, 5]), new Rng(1)).Count.ShouldBe(0);
        augmentation.Apply(Tensor.Ones([1, 1, 1]), new Rng(1)).Count.ShouldBe(1);
    }

    [Fact]
    public void Erasing_leaves_a_hole_and_nothing_else()
    {
        var augmentation = new ImageAugmentation { EraseSide = 2, EraseProbability = 1 };
        for (int seed = 0; seed < 50; seed++)
            Data(augmentation.Apply(Tensor.Ones([1, 5, 4]), new Rng(seed))).Count(x => x == 0).ShouldBeInRange(1, 4);
    }

    [Fact]
    public void Wrong_augmentations_are_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageAugmentation { FlipProbability = 1.5f });
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageAugmentation { Shift = -1 });
        Should.Throw<ArgumentException>(() => new ImageAugmentation().Apply(Tensor.Zeros([2, 2]), new Rng(1)))
            .Message.ShouldContain("[B, H, W]");
    }

    private static float[] Data(Tensor tensor) => tensor.ToArray();
}
