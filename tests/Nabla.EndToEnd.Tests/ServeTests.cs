using System.Text.Json;

namespace Nabla.EndToEnd.Tests;

/// <summary><c>nabla bench serve</c> as a process: signals and memory are those of a process.</summary>
public class ServeTests
{
    [Fact]
    public void A_signal_ends_it_while_it_waits_for_a_line()
    {
        // Standard input stays open for longer than the test waits.
        using var serve = new ChildProcess("bash",
        [
            "-c", "exec dotnet \"$0\" bench serve < <(echo '0.01 1 gemm --m 4'; exec sleep 40 2> /dev/null)",
                NablaProcess.Program,
        ]);
        serve.WaitForText("milliseconds_median").ShouldBeTrue(serve.ErrorsSoFar);
        serve.Interrupt();
        CommandResult result = serve.WaitForEnd(30);
        result.ExitCode.ShouldBe(130, result.ToString());
        result.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void The_peak_of_memory_is_that_of_the_workload_and_not_of_the_one_before()
    {
        const int Megabyte = 1 << 20, Large = 100;
        string requests = $"0.01 1 memory --megabytes {Large}\n0.01 1 gemm --m 4\n";
        CommandResult result = NablaProcess.Run(new ChildOptions { Input = requests }, 60, "bench", "serve");
        long[] peaks =
        [
            .. result.ShouldSucceed().OutputLines.Select(line => JsonDocument.Parse(line).RootElement
                .GetProperty("results")[0].GetProperty("peak_resident_bytes").GetInt64()),
        ];
        peaks[0].ShouldBeGreaterThan(3L * Large * Megabyte, "three arrays");
        peaks[1].ShouldBeLessThan(peaks[0] - 2L * Large * Megabyte);
    }
}
