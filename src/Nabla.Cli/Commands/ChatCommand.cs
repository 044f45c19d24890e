using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Quickstart;
using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Numerics;

namespace Nabla.Cli.Commands;

/// <summary>
/// Talks with a model, line by line. A model of quickstart's town is asked questions and sums; any other goes on with
/// the text so far. Works with lines from a pipe too.
/// </summary>
internal sealed class ChatCommand : NablaCommand
{
    private readonly Argument<string> folder = ModelArgument.Create();
    private readonly GenerationFlags flags = new();

    public ChatCommand() : base("chat", "Talk with a model, line by line")
    {
        Arguments.Add(folder);
        flags.AddTo(this);
    }

    public override int Place => 4;

    public override IReadOnlyList<string> Examples =>
        ["nabla chat models/quickstart", "echo '12 + 30' | nabla chat models/quickstart"];

    public override int Run(Session session)
    {
        GenerationOptions options = flags.Read(session);
        string path = session.Get(folder);
        LoadedModel loaded = ModelFolder.Load(path);
        var chat = new Conversation(session, options)
        {
            Generator = new TextGenerator(loaded.Model, loaded.Tokenizer),
            Rng = new Rng(flags.Seed(session)),
            KnowsTown = Town.Trained(ModelArgument.RecordOf(path, session)),
            AnswersGreedily = flags.TemperatureIsOpen(session),
        };
        if (session.Streams.InputIsTyped)
            chat.Greet(path, loaded.Model);
        chat.Talk();
        session.Result(new JsonObject { ["turns"] = JsonOutput.Array(chat.Turns) }, () => { });
        return 0;
    }

    private sealed class Conversation(Session session, GenerationOptions options)
    {
        private string transcript = "";

        public required TextGenerator Generator { get; init; }

        public required Rng Rng { get; init; }

        public required bool KnowsTown { get; init; }

        /// <summary>Whether questions get the likeliest answer, for how to choose was left open.</summary>
        public required bool AnswersGreedily { get; init; }

        public List<JsonNode> Turns { get; } = [];

        public void Greet(string path, LanguageModel model)
        {
            Screen screen = session.Screen;
            screen.Line(new InkedLine(path, Ink.Model).Add(
                $"  {ModelArgument.FamilyOf(model)}, {Amounts.Short(model.ParameterCount())} parameters", Ink.Dim));
            if (KnowsTown)
            {
                string name = Town.World.KnownPeople[0].Name, other = Town.World.KnownPeople[1].Name;
                screen.Line(
                    $"It knows one small town and how to add. Try:  What pet does {name} have?   12 + 30   {other} is");
            }
            else
            {
                screen.Line("It goes on with whatever you write, as the texts do that it learned from.");
            }
            screen.Line("/help says what else you can do.", Ink.Dim);
            screen.Line();
        }

        public void Talk()
        {
            while (true)
            {
                if (session.Streams.InputIsTyped)
                    session.Screen.Write("› ", Ink.Model);
                session.Interrupts.IsIdle = true; // Ctrl-C while waiting for a line ends the program
                string? line = session.Streams.Input.ReadLine();
                session.Interrupts.IsIdle = false;
                if (line is null || line.Trim() is "/exit" or "/quit")
                    return;
                if (line.StartsWith('/'))
                    Obey(line.Trim());
                else if (line.Trim().Length > 0 || !KnowsTown)
                    Answer(line);
            }
        }

        private void Obey(string command)
        {
            if (command == "/reset")
            {
                transcript = "";
                session.Remarks.Line("Forgotten.", Ink.Dim);
            }
            else if (command == "/help")
            {
                session.Remarks.Line(KnowsTown
                    ? "A question mark makes it a question, 12 + 30 a sum; anything else begins a story."
                    : "What you write is added to the text so far, and the model goes on from there.");
                session.Remarks.Line("/reset  forget the text so far");
                session.Remarks.Line("/exit   leave (or Ctrl-D)");
                session.Remarks.Line("Ctrl-C  stop the model while it writes");
            }
            else
            {
                session.Remarks.Line(
                    $"There is no command '{Printable.OneLine(command, 40)}'. There are /help, /reset and /exit.");
            }
        }

        private void Answer(string line)
        {
            string prompt = KnowsTown ? Town.PromptFor(line) : transcript + line + '\n';
            bool isQuestion = KnowsTown && prompt.Trim() != line.Trim();
            GenerationOptions settings = KnowsTown ? options with
            {
                Stop = [.. options.Stop, isQuestion ? "\n" : Town.BetweenDocuments],
                Sampling = isQuestion && AnswersGreedily ? SamplingOptions.Greedy : options.Sampling,
            }
            : options;
            if (Write(prompt, settings, echo: KnowsTown && !isQuestion) is not { } answer)
                return;
            transcript = prompt + answer + '\n';
            Turns.Add(new JsonObject { ["prompt"] = prompt, ["text"] = answer.Trim() });
        }

        // What the model wrote; null where it cannot read the prompt, which is then as if it had not been typed.
        private string? Write(string prompt, GenerationOptions settings, bool echo)
        {
            var answer = new System.Text.StringBuilder();
            try
            {
                foreach (string piece in Generator.Stream(prompt, settings, Rng, cancellation: session.Cancellation))
                {
                    string shown = answer.Length == 0 ? (echo ? prompt.TrimStart() + piece : piece.TrimStart()) : piece;
                    answer.Append(piece);
                    if (!session.Json)
                        session.Screen.Write(shown);
                }
            }
            catch (OperationCanceledException)
            {
                session.Interrupts.Reset(); // the answer is cut off, the conversation goes on
            }
            catch (Text.TextException error)
            {
                session.Remarks.Line(Printable.OnTerminal(error.Message)); // a character it never saw: say so and go on
                return null;
            }
            if (!session.Json)
                session.Screen.Line();
            return answer.ToString();
        }
    }
}
