using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Tests.Checkpoints;
using Nabla.Learning.Training;
using Nabla.Learning.Training.TensorBoard;
using Nabla.Numerics;
using Nabla.Tensors;
using Xunit.Abstractions;
using Message = Nabla.Learning.Tests.Training.TensorBoard.EventFileReader.Message;

namespace Nabla.Learning.Tests.Training.TensorBoard;

public sealed class EventWriterTests(ITestOutputHelper log)
{
    private const double Now = 1_700_000_000.25;

    private static readonly Tensor Picture = new([0, 0.5f, 1, 2, -1, float.NaN], [2, 3]);

    [Fact]
    public void A_file_begins_with_its_version_and_then_says_what_was_written()
    {
        List<Message> events = EventFileReader.Read(Everything());
        events.Count.ShouldBe(6);
        events.ShouldAllBe(e => e.Real(1) == Now);
        events[0].Text(3).ShouldBe("brain.Event:2");
        events[1].Part(7).Whole(1).ShouldBe(1, "SessionLog.START");
        (events[1].Whole(2), events[2].Whole(2)).ShouldBe((8, 9));
        Message scalar = events[2].Part(5, 1);
        (scalar.Text(1), scalar.Single(2)).ShouldBe(("loss/träin", 1.5f));
        Message text = events[5].Part(5, 1);
        (text.Part(8).Text(8), text.Part(9, 1).Text(1), text.Part(8).Whole(1)).ShouldBe(("**hello**", "text", 7));
    }

    [Fact]
    public void A_histogram_counts_every_finite_number_once_in_its_bucket()
    {
        Message histogram = EventFileReader.Read(Everything())[3].Part(5, 1, 5);
        (histogram.Real(1), histogram.Real(2), histogram.Real(3), histogram.Real(4), histogram.Real(5))
            .ShouldBe((-1, 3, 5, 5, 15));
        (double[] limits, double[] counts) = (histogram.Packed(6), histogram.Packed(7));
        limits.ShouldBeInOrder();
        limits.Length.ShouldBe(counts.Length);
        counts.Sum().ShouldBe(5);

        var rng = new Rng(1);
        for (int n = 0; n < 50; n++)
        {
            float[] numbers = Tensor.Randn([n], rng).ToArray();
            Message one = EventFileReader.Read(Written(w => w.Histogram("x", 1, numbers)))[1].Part(5, 1, 5);
            double[] edges = one.Packed(6), found = one.Packed(7);
            for (int i = 0; i < edges.Length; i++)
                found[i].ShouldBe(
                    numbers.Count(x => x <= edges[i] && (i == 0 || x > edges[i - 1])), $"{n} numbers, bucket {i}");
            found.Sum().ShouldBe(n);
        }
        EventFileReader.Read(Written(w => w.Histogram("x", 1, [4f, 4, 4])))[1].Part(5, 1, 5).Packed(7).ShouldBe([3]);
    }

    [Fact]
    public void An_image_is_a_png_of_its_brightnesses()
    {
        Message image = EventFileReader.Read(Everything())[4].Part(5, 1, 4);
        (image.Whole(1), image.Whole(2), image.Whole(3)).ShouldBe((2, 3, 1));
        Pixels(image.Bytes(4)).ShouldBe([0, 0, 128, 255, 0, 255, 0, 0]);
        Pixels(Png.Encode(new Tensor([1f, 0, 0, 1, 0, 0], [3, 1, 2]))).ShouldBe([0, 255, 0, 0, 0, 255, 0]);
    }

    [Fact]
    public void Google_s_reader_finds_the_same()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["events"], Everything());
        if (RunPython(folder["events"]) is not { } json)
        {
            log.WriteLine("Not checked: there is no python3 with the package protobuf on the PATH.");
            return;
        }
        JsonElement[] events = [.. JsonDocument.Parse(json).RootElement.EnumerateArray()];
        events.Length.ShouldBe(6);
        events.ShouldAllBe(e => e.GetProperty("time").GetDouble() == Now);
        events[0].GetProperty("version").GetString().ShouldBe("brain.Event:2");
        events[1].GetProperty("restart").GetInt32().ShouldBe(1);
        events[2].GetProperty("tag").GetString().ShouldBe("loss/träin");
        events[2].GetProperty("scalar").GetDouble().ShouldBe(1.5);
        JsonElement histogram = events[3].GetProperty("histogram");
        histogram.EnumerateArray().Take(5).Select(x => x.GetDouble()).ShouldBe([-1, 3, 5, 5, 15]);
        histogram[6].EnumerateArray().Sum(x => x.GetDouble()).ShouldBe(5);
        events[4].GetProperty("image").GetRawText().ShouldBe(
            """{"h": 2, "w": 3, "c": 1, "width": 3, "height": 2, "colour": 0, """
            + "\"bytes\": [0, 0, 128, 255, 0, 255, 0, 0]}");
        (events[5].GetProperty("text").GetString(), events[5].GetProperty("plugin").GetString())
            .ShouldBe(("**hello**", "text"));
        events[5].GetProperty("dtype").GetInt32().ShouldBe(7);
        events[5].GetProperty("sizes").GetRawText().ShouldBe("[1]");
    }

    [Fact]
    public void A_run_writes_its_scalars_and_histograms_and_a_resumed_one_voids_what_it_does_again()
    {
        using var folder = new TemporaryFolder();
        string state = folder["state"], board = folder["board"];
        var options = new TrainerOptions { Steps = 2, ValidateEvery = 2, CheckpointPath = state };
        Trainer<int> first = new Regression().Trainer(options);
        first.Callbacks.Add(new TensorBoardLog(board) { HistogramsEvery = 2 });
        first.Run();
        string[] tags = [.. EventFileReader.Read(File.ReadAllBytes(Directory.GetFiles(board).Single()))
            .Where(e => e.Has(5)).Select(e => $"{e.Whole(2)} {e.Part(5, 1).Text(1)}")];
        tags.Where(tag => tag.StartsWith("1 ", StringComparison.Ordinal))
            .ShouldBe(["1 loss/train", "1 learning_rate", "1 grad_norm", "1 examples_per_second"]);
        ((string[])["2 loss/validation", "2 gradients/Hidden.Weight", "2 weights/Output.Bias"])
            .Except(tags, StringComparer.Ordinal).ShouldBeEmpty();

        Trainer<int> second = new Regression().Trainer(options with { Steps = 3 });
        second.Callbacks.Add(new TensorBoardLog(folder["again"]));
        second.Load(state);
        second.Run();
        Message[] again = [.. EventFileReader.Read(File.ReadAllBytes(Directory.GetFiles(folder["again"]).Single()))];
        (again[1].Has(7), again[1].Whole(2)).ShouldBe((true, 3));
    }

    [Fact]
    public void Wrong_input_is_named()
    {
        Should.Throw<ArgumentException>(() => Written(w => w.Scalar(" ", 1, 1))).Message.ShouldContain("tag");
        Should.Throw<ArgumentException>(() => Written(w => w.Image("x", 1, Tensor.Zeros([2, 2, 2]))))
            .Message.ShouldContain("[2, 2, 2]");
        Should.Throw<ArgumentException>(() => Png.Encode(Tensor.Zeros([0, 3]))).Message.ShouldContain("pixel");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        Should.Throw<CheckpointException>(() => EventWriter.Create(folder["file"])).Message.ShouldContain("file");
    }

    private static byte[] Everything() => Written(
        writer =>
        {
            writer.Scalar("loss/träin", 9, 1.5);
            writer.Histogram("weights", 9, [-1f, 0, 1, 2, 3, float.NaN]);
            writer.Image("digit", 9, Picture);
            writer.Text("note", 9, "**hello**");
        }, afterStep: 7);

    private static byte[] Written(Action<EventWriter> write, int afterStep = 0)
    {
        using var stream = new MemoryStream();
        using (var writer = new EventWriter(stream, afterStep, new FixedClock()))
            write(writer);
        return stream.ToArray();
    }

    /// <summary>The unpacked rows of a PNG file: a filter's number, then the bytes.</summary>
    private static byte[] Pixels(byte[] png)
    {
        int at = png.AsSpan().IndexOf("IDAT"u8);
        using var zlib = new ZLibStream(new MemoryStream(png[(at + 4)..]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return rows.ToArray();
    }

    private static string? RunPython(string path, [CallerFilePath] string thisFile = "")
    {
        foreach (string python in (string[])["python3", "/usr/bin/python3"])
        {
            var start = new ProcessStartInfo(
                python, [Path.Combine(Path.GetDirectoryName(thisFile)!, "read_events.py"), path])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            try
            {
                using Process process = Process.Start(start)!;
                Task<string> errors = process.StandardError.ReadToEndAsync();
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode == 3) // no protobuf there
                    continue;
                process.ExitCode.ShouldBe(0, errors.GetAwaiter().GetResult());
                return output;
            }
            catch (Win32Exception)
            {
                continue;
            }
        }
        return null;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(Now);
    }
}
