using System.CommandLine;
using Nabla.Cli.Output;

namespace Nabla.Cli;

/// <summary>The help of the program and of each command.</summary>
internal static class HelpText
{
    // Where there is less room beside the names, the text goes below them.
    private const int NarrowestText = 24;

    public static void Write(Command command, Streams streams)
    {
        var screen = new Screen(streams.Output, streams.OutputTerminal);
        screen.Line(command is NablaCommand nabla
            ? new InkedLine(nabla.FullName, Ink.Model).Add($"  {command.Description}", Ink.Strong)
            : new InkedLine("∇ Nabla", Ink.Model).Add($" {CommandLine.Version}", Ink.Dim)
                .Add($"  {command.Description}", Ink.Strong));
        screen.Line();
        screen.Line(new InkedLine("Usage  ", Ink.Dim).Add(Usage(command)));
        if (command.Subcommands.Count > 0)
            Section(screen, "Commands", command.Subcommands.Select(sub => (sub.Name, sub.Description)));
        Section(screen, "Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description)));
        Section(screen, "Options", command.Options.Where(option => !IsCommon(option)).Select(Describe));
        Section(screen, "Common options", ParseErrors.OptionsOf(command).Where(IsCommon).Select(Describe));
        IReadOnlyList<string> examples = (command as NablaCommand)?.Examples
            ?? ["nabla quickstart", "nabla train --data book.txt --out models/book", "nabla COMMAND --help"];
        Section(screen, "Examples", examples.Select(example => (Called(example), (string?)"")));
    }

    private static void Section(Screen screen, string title, IEnumerable<(string Name, string? Text)> rows)
    {
        (string Name, string? Text)[] all = [.. rows];
        if (all.Length == 0)
            return;
        screen.Line();
        screen.Line(title, Ink.Dim);
        int indent = Math.Min(32, all.Max(row => row.Name.Length)) + 4;
        bool isBelow = screen.Width - indent < NarrowestText && all.Any(row => !string.IsNullOrEmpty(row.Text));
        if (isBelow)
            indent = 4;
        foreach ((string name, string? text) in all)
        {
            var line = new InkedLine("  ").Add(name, Ink.Model);
            if (isBelow)
            {
                screen.Line(line);
                line = new InkedLine();
            }
            line.PadTo(indent);
            foreach (string part in Printable.Wrap(text ?? "", screen.Width - indent))
            {
                screen.Line(line.Add(part));
                line = new InkedLine().PadTo(indent);
            }
        }
    }

    private static string Usage(Command command) => command.Subcommands.Count > 0
        ? $"{(command as NablaCommand)?.FullName ?? "nabla"} COMMAND [options]"
        : string.Join(' ',
        [
            ((NablaCommand)command).FullName,
            .. command.Arguments.Select(
                argument => argument.Arity.MinimumNumberOfValues > 0 ? argument.Name : $"[{argument.Name}]"),
            .. command.Options.Where(option => option.Required).Select(option => Describe(option).Name),
            "[options]",
        ]);

    // As it was called, at the beginning or behind a pipe.
    private static string Called(string example) => string.Join("| ", example.Split("| ").Select(command =>
        command.StartsWith("nabla ", StringComparison.Ordinal) ? Shell.Program + command["nabla".Length..] : command));

    private static (string Name, string? Text) Describe(Option option) =>
        (option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}", option.Description);

    private static bool IsCommon(Option option) =>
        option is System.CommandLine.Help.HelpOption or VersionOption || option.Recursive;
}
