using System.CommandLine;
using System.Text.Json;

namespace Nabla.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void Version_is_a_line_on_stdout()
    {
        InProcess result = InProcess.Run("--version");
        result.ShouldBe(new InProcess(0, $"nabla {CommandLine.Version}\n", ""));
    }

    [Fact]
    public void Help_of_the_program_names_every_command()
    {
        string help = InProcess.Run("--help").Output;
        foreach (Command command in CommandLine.Root().Subcommands)
            help.ShouldContain($"  {command.Name} ");
        InProcess.Run().Output.ShouldBe(help);
        InProcess.Run("help").Output.ShouldBe(help);
        InProcess.Run("help", "train").Output.ShouldBe(InProcess.Run("train", "--help").Output);
        InProcess.Run("help", "bench", "gemm").Output.ShouldStartWith("nabla bench gemm ");
    }

    [Fact]
    public void Help_of_every_command_describes_each_option_and_shows_an_example()
    {
        foreach (NablaCommand command in Commands(CommandLine.Root()))
        {
            string help = Help(terminal: null, command).Output;
            foreach (Option option in ParseErrors.OptionsOf(command))
            {
                option.Description.ShouldNotBeNullOrEmpty(option.Name);
                help.ShouldContain(option.Name);
            }
            command.Examples.ShouldNotBeEmpty(command.Name);
        }
    }

    [Fact]
    public void Examples_in_the_help_are_commands_that_parse()
    {
        foreach (string example in Commands(CommandLine.Root()).SelectMany(command => command.Examples))
        {
            string line = example[(example.LastIndexOf("nabla ", StringComparison.Ordinal) + "nabla ".Length)..];
            CommandLine.Root().Parse(line.Replace('\'', '"')).Errors.ShouldBeEmpty(example);
        }
    }

    [Theory]
    [InlineData("There is no command 'trian'. Did you mean 'train'?", "trian")]
    [InlineData("There is no option '--stepz' of 'nabla train'. Did you mean '--steps'?", "train", "--out", "x",
        "--stepz", "3")]
    [InlineData("--steps takes a whole number, not 'many'.", "train", "--out", "x", "--steps", "many")]
    [InlineData("--steps is 0; it must be 1 or more.", "train", "--out", "x", "--steps", "0")]
    [InlineData("'nabla train' needs --out FOLDER", "train")]
    [InlineData("--out is empty; it takes a folder to write to.", "train", "--out", "")]
    [InlineData("'nabla chat' needs MODEL", "chat")]
    [InlineData("--split takes val, train or all, not 'test'.", "eval", "x", "--split", "test")]
    [InlineData("--threads is 0; it must be 1 or more.", "recipes", "--threads", "0")]
    [InlineData("There is no argument 'extra' of 'nabla recipes'.", "recipes", "extra")]
    public void A_wrong_command_line_is_one_line_with_a_hint(string message, params string[] arguments)
    {
        InProcess result = InProcess.Run(arguments);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldStartWith($"nabla: {message}");
        result.Errors.ShouldEndWith("--help'.\n");
        result.Errors.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact]
    public void An_error_with_json_is_a_document_too()
    {
        InProcess result = InProcess.Run("generate", "no-such-model", "--json");
        result.ExitCode.ShouldBe(2);
        result.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
        result.Errors.ShouldBe($"nabla: {result.Json.GetProperty("error").GetString()}\n");
    }

    [Fact]
    public void Version_and_help_with_json_are_documents()
    {
        InProcess.Run("--version", "--json").Json.GetProperty("version").GetString().ShouldBe(CommandLine.Version);
        InProcess.Run("--help", "--json").Json.GetProperty("commands").GetArrayLength()
            .ShouldBe(CommandLine.Root().Subcommands.Count);
        JsonElement train = InProcess.Run("train", "--help", "--json").Json;
        train.GetProperty("command").GetString().ShouldBe("nabla train");
        train.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("name").GetString())
            .ShouldContain(name => name == "--out");
    }

    [Theory]
    [InlineData("[suggest]")]
    [InlineData("[diagram]", "train")]
    [InlineData("inspect", "")]
    [InlineData("eval", "", "--data", "")]
    [InlineData("train", "--out", "x", "--data", "")]
    public void Odd_words_are_errors_in_one_line(params string[] arguments)
    {
        InProcess result = InProcess.Run(arguments);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Errors.Count(c => c == '\n').ShouldBe(1, result.Errors);
        result.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(34)]
    [InlineData(60)]
    public void Help_fits_narrow_terminals(int columns)
    {
        foreach (NablaCommand command in Commands(CommandLine.Root()))
        {
            InProcess result = Help(InProcess.Terminal(columns), command);
            result.ExitCode.ShouldBe(0, result.Errors);
            foreach (Option option in command.Options)
                result.Output.ShouldContain(option.Name);
        }
    }

    [Fact]
    public void A_stack_trace_is_shown_only_with_debug()
    {
        InProcess.Run("inspect", "no-such-model").Errors.ShouldNotContain("   at ");
        InProcess.Run("inspect", "no-such-model", "--debug").Errors.ShouldContain("   at ");
    }

    [Fact]
    public void Colours_are_for_terminals_only()
    {
        InProcess.Run("recipes").Output.ShouldNotContain('\e');
        InProcess.Run(InProcess.Terminal(80), "", "recipes").Output.ShouldContain('\e');
        InProcess.Run(InProcess.Terminal(80) with { HasColours = false }, "", "recipes").Output.ShouldNotContain('\e');
    }

    // All commands, those of commands included.
    private static IEnumerable<NablaCommand> Commands(Command of) =>
        of.Subcommands.Cast<NablaCommand>().SelectMany(command => Commands(command).Prepend(command));

    private static InProcess Help(Output.Terminal? terminal, NablaCommand command) =>
        InProcess.Run(terminal, "", [.. command.FullName.Split(' ')[1..], "--help"]);
}
