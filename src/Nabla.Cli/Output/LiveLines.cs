using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nabla.Cli.Output;

/// <summary>Lines on a terminal that are drawn anew in their place a few times a second.</summary>
internal sealed class LiveLines : Renderable
{
    private const double SecondsBetweenPictures = 0.2;

    private readonly Stopwatch sinceDrawn = Stopwatch.StartNew();
    private readonly Screen screen;
    private readonly LiveDisplayContext display;
    private IReadOnlyList<InkedLine> lines = [];

    private LiveLines(Screen screen, LiveDisplayContext display)
    {
        (this.screen, this.display) = (screen, display);
        display.UpdateTarget(this);
    }

    /// <summary>
    /// Does the work, which reports its picture as often as it likes; where nothing can be drawn anew, none is drawn.
    /// What was drawn last is taken away at the end.
    /// </summary>
    public static void While(Screen screen, Action<Action<Func<IEnumerable<InkedLine>>>> work)
    {
        if (!screen.CanRedraw)
        {
            work(_ => { });
            return;
        }
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = screen.HasColours ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new ScreenOutput(screen),
        });
        console.Live(new Spectre.Console.Text("")).AutoClear(true).Start(display =>
        {
            var live = new LiveLines(screen, display);
            work(live.Show);
        });
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (InkedLine line in lines.Take(screen.Height - 1))
        {
            foreach ((string text, Ink ink) in line.Cut(Math.Min(maxWidth, screen.Width)).Pieces)
                yield return screen.HasColours ? new Segment(text, StyleOf(ink)) : new Segment(text);
            yield return Segment.LineBreak;
        }
    }

    private static Style StyleOf(Ink ink) => Ansi.Colour(ink) is { } colour
        ? new Style(Color.FromInt32(colour))
        : new Style(decoration: ink == Ink.Strong ? Decoration.Bold : Decoration.None);

    private void Show(Func<IEnumerable<InkedLine>> picture)
    {
        if (sinceDrawn.Elapsed.TotalSeconds < SecondsBetweenPictures)
            return;
        lines = [.. picture()];
        display.Refresh();
        sinceDrawn.Restart();
    }

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
