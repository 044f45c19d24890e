namespace Nabla.Cli;

/// <summary>Command lines to copy.</summary>
internal static class Shell
{
    /// <summary>How this program was called: <c>./nabla</c>, say; the script of that name tells.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("NABLA_COMMAND") is { Length: > 0 } name ? name : "nabla";

    /// <summary>A command line that runs this program.</summary>
    public static string Command(params IEnumerable<string> arguments) =>
        string.Join(' ', arguments.Select(Quote).Prepend(Program));

    /// <summary>A word as a shell takes it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "/._-+:@,=".Contains(c, StringComparison.Ordinal))
            ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
