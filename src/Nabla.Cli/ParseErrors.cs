using System.CommandLine;

namespace Nabla.Cli;

/// <summary>What is wrong with a command line, in one line, with a hint.</summary>
internal static class ParseErrors
{
    public static string Explain(ParseResult options)
    {
        Command command = options.CommandResult.Command;
        string name = (command as NablaCommand)?.FullName ?? "nabla", help = $"{name} --help";
        if (options.UnmatchedTokens.Count == 0)
            return $"{Missing(command, options) ?? options.Errors[0].Message} See '{help}'.";
        return Unknown(command, options.UnmatchedTokens[0]);
    }

    /// <summary>What to say of a word on the command line that the command does not know.</summary>
    public static string Unknown(Command command, string unknown)
    {
        bool isOption = unknown.StartsWith('-');
        IEnumerable<string> known =
            isOption ? OptionsOf(command).Select(option => option.Name) : command.Subcommands.Select(sub => sub.Name);
        string? nearest = Nearest.To(unknown, known);
        string name = (command as NablaCommand)?.FullName ?? "nabla";
        string what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"There is no {what} '{unknown}'{(command is RootCommand ? "" : $" of '{name}'")}."
            + (nearest is null ? "" : $" Did you mean '{nearest}'?") + $" See '{name} --help'.";
    }

    private static string? Missing(Command command, ParseResult options)
    {
        string name = (command as NablaCommand)?.FullName ?? "nabla";
        if (command.Subcommands.Count > 0)
            return $"'{name}' needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}.";
        Argument? argument = command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && options.GetResult(argument) is not { Tokens.Count: > 0 });
        if (argument is not null)
            return Needs(argument.Name, argument.Description!);
        Option? option = command.Options.FirstOrDefault(
            option => option.Required && options.GetResult(option) is null or { Implicit: true });
        return option is null ? null : Needs($"{option.Name} {option.HelpName}", option.Description!);

        string Needs(string what, string description) =>
            $"'{name}' needs {what}: {char.ToLowerInvariant(description[0])}{description[1..]}.";
    }

    /// <summary>A command's own options and those of every command.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>()
            .SelectMany(OptionsOf).Where(option => option.Recursive));
}
