using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: ./x bench NAME, where NAME is a part of a benchmark's name, or '*' for all");
    return 2;
}

// In this process: a second one would be built with other settings than the repository's, and takes longer to build than
// these kernels take to measure.
IConfig config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(9)
        .WithIterationTime(TimeInterval.FromMilliseconds(100)))
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory) // a ratio is to the baseline of the same kernel
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.JoinSummary);
string filter = $"*{args[0].Trim('*')}*";
return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(["--filter", filter, .. args[1..]], config).Any() ? 0 : 2;
