using System.Text.Json;

namespace Nabla.Cli.Tests;

public class BenchTests
{
    [Theory]
    [InlineData("gflops", "gemm", "--m", "3", "--n", "5", "--k", "7", "--layout", "tn")]
    [InlineData("gflops", "peak")]
    [InlineData("gigabytes_per_second", "memory", "--megabytes", "1")]
    [InlineData(
        "tokens_per_second", "train", "--layers", "1", "--heads", "2", "--dim", "8", "--context", "4", "--batch", "2",
        "--vocab", "9")]
    [InlineData("images_per_second", "mlp", "--batch", "4")]
    [InlineData("images_per_second", "cnn", "--batch", "2")]
    [InlineData("images_per_second", "unet", "--batch", "1")]
    public void Every_benchmark_tells_its_times_speed_and_memory(string speed, string name, params string[] options)
    {
        InProcess result = InProcess.Run(["bench", name, .. options, "--steps", "2", "--json"]);
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Json.GetProperty("benchmark").GetString().ShouldBe(name);
        foreach (JsonElement one in result.Json.GetProperty("results").EnumerateArray())
        {
            double median = Number(one, "milliseconds_median"), minimum = Number(one, "milliseconds_minimum");
            minimum.ShouldBeGreaterThan(0);
            median.ShouldBeGreaterThanOrEqualTo(minimum);
            one.GetProperty("steps").GetInt64().ShouldBeGreaterThanOrEqualTo(2);
            one.GetProperty("settled").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
            Number(one, speed).ShouldBeGreaterThan(0);
            Number(one, "peak_gflops").ShouldBeGreaterThan(0);
            Number(one, "peak_resident_bytes").ShouldBeGreaterThan(1 << 20);
            Number(one, "allocated_bytes_per_step").ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void A_benchmark_prints_a_time_a_speed_and_memory_for_people()
    {
        string text = InProcess.Run("bench", "gemm", "--m", "8", "--steps", "1").Output;
        text.ShouldStartWith("gemm 8×8×8 nn\n");
        foreach (string part in new[] { "a step", "at best", "GFLOP/s", "the process held", "gen-2 collections" })
            text.ShouldContain(part);
    }

    [Fact]
    public void A_training_step_costs_what_the_papers_count()
    {
        InProcess result = InProcess.Run(
            "bench", "train",
            "--layers", "3", "--heads", "2", "--dim", "8", "--context", "5", "--batch", "2", "--vocab", "7",
            "--steps", "1", "--json");
        JsonElement train = result.Json.GetProperty("results")[0];
        const int Multiplied = 3 * 12 * 8 * 8 + 7 * 8; // each block's 12·C² and the tied output layer
        Number(train, "flops_per_token_uncut").ShouldBe(6 * Multiplied + 12 * 3 * 5 * 8);
        Number(train, "flops_per_token").ShouldBe(6 * Multiplied + 6 * 3 * 5 * 8);
    }

    // Of bench/peers/pytorch_models.py, and operations counted by hand: 2 for a multiply-add, twice for the first
    // layer, whose input nobody differentiates, and three times for the others.
    [Theory]
    [InlineData("mlp", 203_530, 2d * 2 * 784 * 256 + 3 * 2 * 256 * 10)]
    [InlineData("cnn", 421_642, 2d * 2 * 28 * 28 * 9 * 32 + 3 * 2 * (14 * 14 * 9 * 32 * 64 + 3136 * 128 + 128 * 10))]
    [InlineData("unet", 1_605_601, null)]
    public void A_network_is_the_one_that_the_peer_trains(string name, int parameters, double? flops)
    {
        JsonElement result =
            InProcess.Run("bench", name, "--batch", "1", "--steps", "1", "--json").Json.GetProperty("results")[0];
        result.GetProperty("parameters").GetInt32().ShouldBe(parameters);
        Number(result, "flops_per_image").ShouldBe(flops ?? Number(result, "flops_per_image"));
    }

    [Theory]
    [InlineData("'nabla bench' needs a command: gemm, train,")]
    [InlineData("There is no command 'gem' of 'nabla bench'. Did you mean 'gemm'?", "gem")]
    [InlineData("There is no option '--j' of 'nabla bench gemm'.", "gemm", "--j", "3")]
    [InlineData("--m is 0; it must be 1 or more.", "gemm", "--m", "0")]
    [InlineData("--layout takes nn, nt or tn, not 'tt'.", "gemm", "--layout", "tt")]
    [InlineData("A would be 100000 × 100000, 10,000,000,000 numbers;", "gemm", "--m", "100000")]
    [InlineData("Model: dim 128 is not a multiple of 3 heads.", "train", "--heads", "3")]
    [InlineData("2,000,000,000 tokens in a step are too many", "train", "--batch", "2000000000", "--context", "1")]
    [InlineData("--megabytes is 10,000;", "memory", "--megabytes", "10000")]
    [InlineData("Cannot read 'no-such-folder/train-images", "mlp", "--data", "no-such-folder")]
    [InlineData("--batch is 1,000,000; there are 60,000 images.", "mlp", "--batch", "1000000")]
    [InlineData("--batch is 5,000; it must be 4,096 or less.", "unet", "--batch", "5000")]
    [InlineData("--seconds is 0; it must be more than 0.", "peak", "--seconds", "0")]
    [InlineData("--seconds is 3601; it must be 3600 or less.", "peak", "--seconds", "3601")]
    [InlineData("--seconds and --steps do not go together: leave one out.", "peak", "--seconds", "1", "--steps", "1")]
    [InlineData("--random and --data do not go together: leave one out.", "mlp", "--random", "--data", ".")]
    [InlineData("--threads is 1025; it must be 1024 or less.", "peak", "--threads", "1025")]
    public void Wrong_sizes_are_one_line_and_code_2(string message, params string[] arguments)
    {
        InProcess result = InProcess.Run(["bench", .. arguments]);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldStartWith($"nabla: {message}");
        result.Errors.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact]
    public void Serving_answers_every_line_and_survives_wrong_ones()
    {
        InProcess result = InProcess.Run(
            terminal: null, "0.01 2 gemm --m 4\n0.01 1 gemm --m 4\nnonsense\n1 1 gem\n0.01 2 gemm\n"
                + "1 1 gemm --m 4 --steps 3\n1 1 gemm --threads 2\n1 1 gemm --json\n1 1 gemm --help\n1 1 gemm --x\n",
            "bench", "serve");
        result.ExitCode.ShouldBe(0, result.Errors);
        JsonElement[] answers =
            [.. result.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        answers.Select(answer => answer.GetProperty("ok").GetBoolean())
            .ShouldBe([true, true, false, false, true, false, false, false, false, false]);
        answers[2].GetProperty("error").GetString()!.ShouldContain("write seconds, threads and a command");
        answers[3].GetProperty("error").GetString()!.ShouldContain("Did you mean 'gemm'?");
        string[] refused = ["--steps does", "--threads does", "--json does", "--help does", "no option '--x'"];
        for (int i = 0; i < refused.Length; i++)
            answers[5 + i].GetProperty("error").GetString()!.ShouldContain(refused[i]);
        new[] { 0, 1, 4 }.Select(i => answers[i].GetProperty("results")[0].GetProperty("threads").GetInt32())
            .ShouldBe([2, 1, 2]);
    }

    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
