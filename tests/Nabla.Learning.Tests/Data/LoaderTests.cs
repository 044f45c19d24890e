using Nabla.Learning.Data;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;

namespace Nabla.Learning.Tests.Data;

public class LoaderTests
{
    private static readonly Dataset<int[]> Numbers = new Counting(23);

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 4)]
    public void An_epoch_has_every_example_once(bool dropLast, int batches)
    {
        DataLoader<int[]> loader = Loader(new() { BatchSize = 5, DropLast = dropLast });
        loader.PerEpoch.ShouldBe(batches);
        int[][] epoch = [.. loader.Epoch(0, 0)];
        epoch.Length.ShouldBe(batches);
        int[] all = [.. epoch.SelectMany(batch => batch)];
        all.Distinct().Count().ShouldBe(all.Length);
        all.Length.ShouldBe(dropLast ? 20 : 23);
        all.ShouldBe(loader.Order(0).Take(all.Length));
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own_which_depends_on_the_seed_only()
    {
        DataLoader<int[]> loader = Loader(new() { BatchSize = 5 });
        DataLoader<int[]> same = Loader(new() { BatchSize = 7, Prefetch = 0 });
        loader.Order(0).ShouldNotBe(loader.Order(1));
        loader.Order(3).ShouldBe(same.Order(3));
        Loader(new() { Shuffle = false }).Order(2).ShouldBe(Enumerable.Range(0, 23));
        new DataLoader<int[]>(Numbers, new(), new Rng(2)).Order(0).ShouldNotBe(loader.Order(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_loader_goes_on_in_the_middle_with_the_same_bits(int prefetch)
    {
        Dataset<float[]> noisy = Numbers.Map((batch, rng) => Array.ConvertAll(batch, x => x + rng.NextSingle()));
        DataLoader<float[]> New() => new(noisy, new() { BatchSize = 4, Prefetch = prefetch }, new Rng(5));
        float[][] whole = [.. New().Epoch(2, 0)];
        for (int skip = 0; skip <= whole.Length; skip++)
            New().Epoch(2, skip).ShouldBe(whole[skip..]);
    }

    [Fact]
    public void A_stream_goes_on_in_the_middle_with_the_same_bits()
    {
        StreamLoader<int, int[]> New(int prefetch) => new(
            epoch => Enumerable.Range(100 * epoch, 23), items => [.. items],
            new() { BatchSize = 4, ShuffleBuffer = 6, Prefetch = prefetch, DropLast = true }, new Rng(5));
        int[][] whole = [.. New(0).Epoch(1, 0)];
        whole.Length.ShouldBe(5);
        whole.SelectMany(batch => batch).ShouldAllBe(x => x >= 100 && x < 123);
        for (int skip = 0; skip <= whole.Length; skip++)
            New(3).Epoch(1, skip).ShouldBe(whole[skip..]);
        New(0).Epoch(0, 0).SelectMany(b => b).ShouldNotBe(whole.SelectMany(b => b).Select(x => x - 100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    public void A_shuffle_buffer_loses_nothing_and_gives_the_same_order_again(int buffer)
    {
        IEnumerable<int> shuffled = Enumerable.Range(0, 30).ShuffledWithin(buffer, new Rng(1));
        shuffled.Order().ShouldBe(Enumerable.Range(0, 30));
        shuffled.ShouldBe([.. shuffled]);
        // No item can come before it was read.
        foreach ((int place, int item) in shuffled.Index())
            item.ShouldBeLessThan(place + buffer + 1);
    }

    [Fact]
    public void What_the_source_throws_comes_at_its_place()
    {
        static IEnumerable<int> Source()
        {
            yield return 1;
            yield return 2;
            throw new InvalidDataException("the third");
        }
        var seen = new List<int>();
        Should.Throw<InvalidDataException>(() =>
        {
            foreach (int item in Source().Prefetched(5))
                seen.Add(item);
        }).Message.ShouldBe("the third");
        seen.ShouldBe([1, 2]);
    }

    [Fact]
    public void Who_stops_reading_stops_the_thread_that_reads_ahead()
    {
        int made = 0;
        bool ended = false;
        IEnumerable<int> Source()
        {
            try
            {
                while (true)
                    yield return Interlocked.Increment(ref made);
            }
            finally
            {
                ended = true;
            }
        }
        Source().Prefetched(3).Take(5).ShouldBe([1, 2, 3, 4, 5]);
        ended.ShouldBeTrue();
        made.ShouldBeLessThanOrEqualTo(5 + 3 + 1);
    }

    [Fact]
    public void Reading_ahead_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (int[] _ in Loader(new() { BatchSize = 1 }).Epoch(0, 0, cancellation.Token))
                cancellation.Cancel();
        });
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Loader(new() { BatchSize = 0 })).Message
            .ShouldContain("BatchSize = 0");
        Should.Throw<ArgumentOutOfRangeException>(() => Loader(new() { Prefetch = -1 })).Message
            .ShouldContain("Prefetch");
        Should.Throw<ArgumentException>(() => Loader(new() { BatchSize = 24, DropLast = true })).Message
            .ShouldContain("23 examples");
        Should.Throw<ArgumentException>(() => new DataLoader<int[]>(new Counting(0), new(), new Rng(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Numbers.Subset(0, 23)).Message.ShouldContain("no example 23");
        Should.Throw<ArgumentOutOfRangeException>(() => Enumerable.Range(0, 3).Prefetched(0));
    }

    [Fact]
    public void Bytes_of_images_become_numbers_from_0_to_1()
    {
        var data = new LabelledData(NumericArray.Of(new byte[] { 0, 255, 128, 1 }, 2, 2), [0, 1], ["a", "b"]);
        Batch batch = data.Subset(1, 0, 1).Gather([0, 1], new Rng(1));
        batch.Inputs.ToArray().ShouldBe([128 * (1 / 255f), 1 * (1 / 255f), 0, 1]);
        batch.Labels.ShouldBe([1, 0]);
        data.AllInputs().Shape.ToArray().ShouldBe([2, 2]);
    }

    [Fact]
    public void A_table_becomes_labelled_data()
    {
        Table table = CsvFile.Parse("x,colour,kind\n1,red,b\n2,blue,a\n3,red,\n,blue,a\n");
        Should.Throw<DataException>(() => LabelledData.Of(table, "kind")).Message.ShouldContain("'x' has 1 missing");
        LabelledData data = LabelledData.Of(table, "kind", MissingValues.DropRows);
        data.Classes.ShouldBe(["a", "b"]);
        data.Labels.ToArray().ShouldBe([1, 0]);
        data.Features.ShouldBe(["x", "colour=blue", "colour=red"]);
        data.AllInputs().ToArray().ShouldBe([1, 0, 1, 2, 1, 0]);
        LabelledData.Of(table, "kind", MissingValues.Impute).Count.ShouldBe(3);
        LabelledData byNumber = LabelledData.Of(CsvFile.Parse("x,y\n1,2.5\n2,-1\n"), "y");
        byNumber.Classes.ShouldBe(["-1", "2.5"]);
        byNumber.Labels.ToArray().ShouldBe([1, 0]);
        Should.Throw<DataException>(() => LabelledData.Of(table.Select("kind"), "kind")).Message
            .ShouldContain("no column but");
        Should.Throw<ArgumentException>(() => new LabelledData(NumericArray.Of([1f], 1), [3], ["a"])).Message
            .ShouldContain("label 0 is 3");
    }

    private static DataLoader<int[]> Loader(LoaderOptions options) => new(Numbers, options, new Rng(1));

    private sealed class Counting(int count) : Dataset<int[]>
    {
        public override int Count => count;

        public override int[] Gather(ReadOnlySpan<int> indices, Rng rng) => indices.ToArray();
    }
}
