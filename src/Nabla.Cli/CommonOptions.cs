using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Nabla.Cli.Output.Plots;

namespace Nabla.Cli;

/// <summary>The options that every command has, and how options are made.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on stdout, everything else on stderr",
        Recursive = true,
    };

    public static Option<bool> Debug { get; } =
        new("--debug") { Description = "Show stack traces of errors", Recursive = true };

    /// <summary>For commands whose result is a picture too; <see cref="Session.Plot"/> writes it.</summary>
    public static Option<string?> Plot { get; } = new("--plot")
    {
        Description = "Draw the result into a file: .svg (a picture) or .html (a page that reads out numbers)",
        HelpName = "FILE",
        CustomParser = PlotFile.Parse,
    };

    public static Option<int?> Threads { get; } = ForEveryCommand(
        Whole("--threads",
            "Threads to use; the result is the same for any number (default: one for each core)", 1, 1024));

    /// <summary>An option that takes a whole number.</summary>
    public static Option<int?> Whole(string name, string help, int atLeast, int? atMost = null) =>
        Number(name, help, "N", "a whole number", (atLeast, atMost ?? int.MaxValue));

    /// <summary>An option that takes a whole number of any sign.</summary>
    public static Option<long?> Seed(string help) =>
        Number("--seed", help, "N", "a whole number", (long.MinValue, long.MaxValue));

    /// <summary>An option that takes a number.</summary>
    public static Option<float?> Real(string name, string help) =>
        Number(name, help, "X", "a number", (float.MinValue, float.PositiveInfinity));

    /// <summary>An option that takes one of some words.</summary>
    public static Option<string?> Choice(string name, string help, string place, params string[] words)
    {
        return new Option<string?>(name) { Description = help, HelpName = place, CustomParser = Parse };

        string? Parse(ArgumentResult result)
        {
            string word = result.Tokens[0].Value;
            if (!words.Contains(word, StringComparer.Ordinal))
                result.AddError($"{name} takes {string.Join(", ", words[..^1])} or {words[^1]}, not '{word}'.");
            return word;
        }
    }

    /// <summary>The option of commands that read texts.</summary>
    public static Option<string[]> Data(string help) => new("--data")
    {
        Description = help,
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>An option that takes a folder to write to.</summary>
    public static Option<string> Folder(string name, string help)
    {
        return new Option<string>(name) { Description = help, HelpName = "FOLDER", CustomParser = Parse };

        string Parse(ArgumentResult result)
        {
            string folder = result.Tokens[0].Value;
            if (string.IsNullOrWhiteSpace(folder))
                result.AddError($"{name} is empty; it takes a folder to write to.");
            return folder;
        }
    }

    private static Option<int?> ForEveryCommand(Option<int?> option)
    {
        option.Recursive = true;
        return option;
    }

    private static Option<T?> Number<T>(string name, string help, string place, string kind, (T Least, T Most) range)
        where T : struct, INumber<T>
    {
        return new Option<T?>(name) { Description = help, HelpName = place, CustomParser = Parse };

        T? Parse(ArgumentResult result)
        {
            string text = result.Tokens[0].Value;
            if (!T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value))
                result.AddError($"{name} takes {kind}, not '{text}'.");
            else if (value < range.Least)
                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{name} is {text}; it must be {range.Least} or more."));
            else if (value > range.Most)
                result.AddError(
                    string.Create(CultureInfo.InvariantCulture, $"{name} is {text}; it must be {range.Most} or less."));
            return value;
        }
    }
}
