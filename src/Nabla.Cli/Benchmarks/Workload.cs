using System.Text.Json.Nodes;

namespace Nabla.Cli.Benchmarks;

/// <summary>What is measured: one step, and how much is done in it.</summary>
/// <param name="Name">What it is, in a line.</param>
/// <param name="Step">One whole step, called again and again.</param>
internal sealed record Workload(string Name, Action Step)
{
    /// <summary>Floating-point operations that one step has to do, a multiply-add counting two; 0 if none.</summary>
    public double Flops { get; init; }

    /// <summary>How they are counted, where fewer would do, such as <c>as direct convolution</c>.</summary>
    public string FlopsCounted { get; init; } = "";

    /// <summary>Bytes that one step has to read and write; 0 where they are not the point.</summary>
    public double Bytes { get; init; }

    /// <summary>What a step goes through, such as <c>tokens</c>; empty if nothing is counted.</summary>
    public string Items { get; init; } = "";

    /// <summary>How many of them.</summary>
    public double ItemsPerStep { get; init; }

    /// <summary>What else a reader of the numbers wants to know, for the JSON document.</summary>
    public JsonObject Facts { get; init; } = [];

    /// <summary>The same in a line for people.</summary>
    public string Remark { get; init; } = "";
}
