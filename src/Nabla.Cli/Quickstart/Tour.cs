using Nabla.Cli.Output;
using Nabla.Language.Evaluation;
using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Sampling;
using Nabla.Language.Training;
using Nabla.Numerics;
using Nabla.Text.Corpora;

namespace Nabla.Cli.Quickstart;

/// <summary>
/// The chapters of the quickstart: what the text is, what the model learned of it, and what to try next.
/// </summary>
internal sealed class Tour(Screen screen, TrainingRun run, TrainingText text)
{
    private const int Likeliest = 6, StoryTokens = 500;

    private static Person Someone => Town.World.KnownPeople[0];

    // The text so far of an answer whose next letter depends on a fact.
    private static string Unfinished => $"Q: What pet does {Someone.Name} have?\nA: {Someone.Name} has a ";

    /// <param name="folder">Where the model is.</param>
    /// <param name="earlier">The run that is there already, if one is.</param>
    public void Introduce(string folder, RunRecord? earlier)
    {
        screen.Line(new InkedLine("∇ Nabla quickstart", Ink.Model)
            .Add("  a language model from nothing, and what it learned", Ink.Strong));
        screen.Line();
        screen.Line(
            $"The text: {Amounts.Short(text.Training.Length)}B about a small town that exists nowhere else. "
            + "Stories, questions and sums, like these:");
        screen.Line();
        foreach (string document in Examples())
            screen.Quote(document, Ink.Dim);
        screen.Line();
        if (earlier is not null)
        {
            screen.Line(
                $"There is a run in {folder} already, {Amounts.Count(earlier.Config.Steps)} steps with seed "
                + $"{earlier.Seed}: it goes on, or is shown if it is finished.",
                Ink.HeldOut);
            screen.Line(new InkedLine("For a new one: ", Ink.HeldOut)
                .Add(Shell.Command("quickstart", "--out", Another(folder)), Ink.Model));
        }
        TrainingReport.Announce(screen, run, folder);
    }

    /// <summary>A folder for a run beside the one in <paramref name="folder"/>.</summary>
    public static string Another(string folder) => folder.TrimEnd('/', '\\') + "-2";

    /// <summary>What the model expects before its first step.</summary>
    public NextTokens ExpectUntrained() => Expect(run.Untrained());

    public Findings Measure(NextTokens before, TrainingOutcome outcome, CancellationToken cancellation)
    {
        screen.Line();
        screen.Line(TrainingReport.Done(outcome));
        screen.Line("Now the exam: sums, facts and people…", Ink.Dim);
        WorldScore score = Evaluator.Score(
            run.Model, run.Tokenizer, Town.World,
            new WorldScoreSettings { HeldOutBytes = Town.HeldOutBytes }, cancellation);
        var generator = new TextGenerator(run.Model, run.Tokenizer);
        var story = new GenerationOptions
        {
            MaxTokens = StoryTokens,
            Stop = [Town.BetweenDocuments],
            Sampling = new SamplingOptions { Temperature = 0.5f },
        };
        string beginning = Town.PromptFor($"{Someone.Name} ");
        return new Findings(score, NGramBaseline.Measure(text.Training, text.Validation, [3], cancellation)[0])
        {
            Before = before,
            After = Expect(run.Model),
            Answers = [.. Asked().Select(question => new Answer(question, Complete(generator, question.Prompt)))],
            Story = (beginning + generator.Generate(beginning, story, new Rng(1), cancellation)).Trim(),
        };
    }

    public void Show(Findings findings)
    {
        Chapter("Held-out text: how well it predicts what it never saw");
        screen.Lines(LossBars.Draw([findings.Baseline], findings.Score.HeldOut, screen.Width));
        Chapter($"What comes after “{Printable.OneLine(findings.After.Prompt, 80)} ”?");
        screen.Lines(TokenBars.DrawBeforeAndAfter(findings.Before.Tokens, findings.After.Tokens, screen.Width));
        Chapter("The exam");
        var exam = new TextTable("", "", "", "").AlignRight(1);
        Grade(exam, "Sums that it never saw", findings.Score.Sums, Ink.Good);
        Grade(exam, "Facts that it read", findings.Score.Facts, Ink.Good);
        Grade(exam, "Answers it made up about strangers", findings.Score.Invented, Ink.Bad);
        screen.Lines(exam.Draw());
        screen.Line();
        foreach (Answer answer in findings.Answers)
            screen.Line(new InkedLine(answer.IsRight ? "  ✓ " : "  ✗ ", answer.IsRight ? Ink.Good : Ink.Bad)
                .Add(Printable.OneLine(Bare(answer.Question.Prompt), 60), Ink.Dim)
                .Add($" {Printable.OneLine(answer.Text, 40)}").PadTo(64).Add(About(answer.Question.Kind), Ink.Dim));
        Chapter("A story that it writes");
        screen.Quote(findings.Story);
    }

    public void SayWhatNext(string folder, double seconds)
    {
        Chapter($"The model is in {folder}; all of this took {Amounts.Time(seconds)}. Try next:");
        var next = new TextTable("", "");
        void Try(string what, params string[] arguments) =>
            next.Row(new InkedLine(Shell.Command(arguments), Ink.Model), new InkedLine(what, Ink.Dim));
        Try("ask it", "chat", folder);
        Try("see what it expects", "next", folder, "--prompt", "Sum: 12 + 30 = ");
        Try("another story", "generate", folder, "--prompt", $"{Someone.Name} ", "--stop", "\\n\\n", "--seed", "2");
        Try("against n-grams of any order", "eval", folder);
        Try("what it is made of", "inspect", folder);
        Try("train on your own text", "recipes");
        screen.Lines(next.Draw());
    }

    // What is asked, without where the answer goes.
    private static string Bare(string prompt) => prompt.Replace("\nA:", "", StringComparison.Ordinal);

    private static string About(QuestionKind kind) => kind switch
    {
        QuestionKind.HeldOutSum => "a sum it never saw",
        QuestionKind.SeenFact => "a fact it read",
        _ => "someone it never heard of",
    };

    private void Chapter(string title)
    {
        screen.Line();
        screen.Line(title, Ink.Strong);
    }

    private static void Grade(TextTable exam, string what, Tally tally, Ink ink) => exam.Row(
        what,
        new InkedLine(Amounts.Percent(tally.Rate), Ink.Strong),
        new InkedLine(Bars.Bar(tally.Rate, 24), ink).PadTo(24),
        new InkedLine($"{Amounts.Count(tally.Count)} of {Amounts.Count(tally.Total)}", Ink.Dim));

    private NextTokens Expect(LanguageModel model) =>
        new(Unfinished, new TextGenerator(model, run.Tokenizer).Next(Town.PromptFor(Unfinished) + " ", Likeliest));

    private static string Complete(TextGenerator generator, string prompt) => generator.Generate(
        Town.PromptFor(prompt),
        new GenerationOptions { MaxTokens = 60, Stop = ["\n"], Sampling = SamplingOptions.Greedy },
        new Rng(1));

    // One of each kind: a story, a question, a sum.
    private static IEnumerable<string> Examples()
    {
        List<string> documents =
            [.. Town.World.Documents(WorldPart.Train).Take(200).Select(document => document.Trim())];
        yield return documents.First(document => !document.StartsWith("Q:", StringComparison.Ordinal)
            && !document.StartsWith("Sum:", StringComparison.Ordinal));
        yield return documents.First(document => document.StartsWith("Q:", StringComparison.Ordinal));
        yield return documents.First(document => document.StartsWith("Sum:", StringComparison.Ordinal));
    }

    private static IEnumerable<Question> Asked()
    {
        World world = Town.World;
        return new[] { QuestionKind.HeldOutSum, QuestionKind.SeenFact, QuestionKind.UnknownPerson }
            .SelectMany(kind => world.Questions(kind).Where((_, i) => i is 0 or 7));
    }
}
