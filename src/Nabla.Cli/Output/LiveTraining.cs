using System.Diagnostics;
using Nabla.Language.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nabla.Cli.Output;

/// <summary>A training run as a picture that is drawn anew a few times a second.</summary>
internal sealed class LiveTraining : Renderable, IProgress<TrainingEvent>
{
    private const double SecondsBetweenPictures = 0.2;

    private readonly Stopwatch sinceDrawn = Stopwatch.StartNew();
    private readonly TrainingHistory history;
    private readonly Screen screen;
    private readonly LiveDisplayContext display;

    private LiveTraining(Screen screen, TrainingHistory history, LiveDisplayContext display)
    {
        this.screen = screen;
        this.history = history;
        this.display = display;
        display.UpdateTarget(this);
    }

    public static TrainingEnded Show(
        Screen screen, TrainingHistory history, Func<IProgress<TrainingEvent>, TrainingEnded> train)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = screen.HasColours ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new ScreenOutput(screen),
        });
        return console.Live(new Spectre.Console.Text("")).Start(display =>
        {
            var live = new LiveTraining(screen, history, display);
            TrainingEnded ended = train(live);
            display.Refresh();
            return ended;
        });
    }

    public void Report(TrainingEvent value)
    {
        history.Add(value);
        if (value is not TrainingStarted && sinceDrawn.Elapsed.TotalSeconds < SecondsBetweenPictures)
            return;
        display.Refresh();
        sinceDrawn.Restart();
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var picture = new TrainingPicture(history);
        foreach (InkedLine line in picture.Draw(Math.Min(maxWidth, screen.Width), screen.Height - 1))
        {
            foreach ((string text, Ink ink) in line.Pieces)
                yield return screen.HasColours ? new Segment(text, StyleOf(ink)) : new Segment(text);
            yield return Segment.LineBreak;
        }
    }

    private static Style StyleOf(Ink ink) => Ansi.Colour(ink) is { } colour
        ? new Style(Color.FromInt32(colour))
        : new Style(decoration: ink == Ink.Strong ? Decoration.Bold : Decoration.None);

    private sealed class ScreenOutput(Screen screen) : IAnsiConsoleOutput
    {
        public TextWriter Writer => screen.Writer;

        public bool IsTerminal => true;

        public int Width => screen.Width;

        public int Height => screen.Height;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
