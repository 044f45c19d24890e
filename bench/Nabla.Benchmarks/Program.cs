using Nabla.Benchmarks;

string what = args.Length > 0 ? args[0] : "";
switch (what)
{
    case "gemm":
        GemmBenchmark.Run(args.Length > 1 ? args[1] : "");
        return 0;
    case "pool":
        PoolBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Nabla.Benchmarks -- gemm [FILTER] | pool");
        return 2;
}
