using Nabla.Learning.Classical;

namespace Nabla.Cli.PrincipalComponents;

/// <summary>The words of the command line for ways to do a principal component analysis.</summary>
internal static class PcaText
{
    public static string[] Solvers { get; } = ["exact", "randomised", "incremental"];

    public static PcaSolver Solver(string? word) => word switch
    {
        "exact" => PcaSolver.Exact,
        "randomised" => PcaSolver.Randomized,
        "incremental" => PcaSolver.Incremental,
        _ => PcaSolver.Auto,
    };
}
