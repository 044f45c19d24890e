namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What words behind an amount only say what is counted.</summary>
internal static class UnitConvention
{
    private static readonly HashSet<string> Units = new(StringComparer.Ordinal)
    {
        "FLOPs", "FLOP", "FLOPS", "MACs", "bytes", "byte", "bits", "bit", "GB", "MB", "KB", "TB", "GiB", "MiB", "nats",
        "parameters", "params", "hours", "seconds", "ms", "dB",
    };

    /// <summary>Whether a word is a unit of the field.</summary>
    public static bool IsUnit(string word) => Units.Contains(word);
}
