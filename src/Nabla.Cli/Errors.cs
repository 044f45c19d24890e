using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Formulas;
using Nabla.Language.Models;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Data;
using Nabla.Learning.Training;
using Nabla.Text;

namespace Nabla.Cli;

/// <summary>Turns what went wrong into one line and an exit code.</summary>
internal static class Errors
{
    /// <summary>The user can put it right.</summary>
    public const int WrongInput = 2;

    /// <summary>Nabla has to be put right.</summary>
    public const int Unexpected = 1;

    /// <summary>
    /// Prints one line on stderr (and with --json a document on stdout); the stack trace only with --debug.
    /// </summary>
    public static int Report(Exception error, Streams streams, bool json, bool debug)
    {
        (int code, string message) = Explain(error);
        if (json)
            JsonOutput.Write(streams.Output, new JsonObject { ["ok"] = false, ["error"] = message });
        streams.Errors.WriteLine($"nabla: {message}");
        if (debug)
            streams.Errors.WriteLine(error);
        return code;
    }

    /// <summary>The exit code and the line for an error.</summary>
    public static (int ExitCode, string Message) Explain(Exception error) => error switch
    {
        UsageException or TextException or TrainingException or ModelException or CheckpointException
            or DataException or FormulaException => (WrongInput, OneLine(error.Message)),
        FileNotFoundException { FileName: { } file } => (WrongInput, $"There is no file '{file}'. Check the path."),
        UnauthorizedAccessException or IOException =>
            (WrongInput, $"{OneLine(error.Message)} Check the path, its permissions and the free space."),
        // Scores that are no numbers: the model's weights are at fault. (Derived ones, like a division by zero, are
        // bugs.)
        ArithmeticException when error.GetType() == typeof(ArithmeticException) => (WrongInput, OneLine(error.Message)),
        OutOfMemoryException => (WrongInput, "There is not enough memory. Use a smaller model, batch or context."),
        _ => Bug(error),
    };

    private static (int ExitCode, string Message) Bug(Exception error) => (Unexpected,
        $"Something went wrong that should not ({error.GetType().Name}: {OneLine(error.Message)}). "
        + "Run it again with --debug to see where, and please report it.");

    private static string OneLine(string text) => Printable.OnTerminal(text.ReplaceLineEndings(" ").Trim());
}
