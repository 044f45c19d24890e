using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nabla.Cli.Output;

/// <summary>
/// A picture on a terminal that is drawn anew in its place, a few times a second, while something runs.
/// </summary>
internal sealed class LivePicture : Renderable
{
    private const double SecondsBetweenPictures = 0.2;

    private static readonly InkedLine Nothing = new(""); // the display fails on a picture without lines

    private readonly Stopwatch sinceDrawn = Stopwatch.StartNew();
    private readonly Screen screen;
    private readonly Func<int, int, IEnumerable<InkedLine>> draw;
    private readonly LiveDisplayContext display;

    private LivePicture(Screen screen, Func<int, int, IEnumerable<InkedLine>> draw, LiveDisplayContext display)
    {
        (this.screen, this.draw, this.display) = (screen, draw, display);
        display.UpdateTarget(this);
    }

    /// <summary>
    /// Runs <paramref name="work"/>, which says to the picture it is given when there is something new.
    /// </summary>
    /// <param name="screen">A terminal that can draw anew.</param>
    /// <param name="draw">The picture for a width and a height.</param>
    /// <param name="work">What runs meanwhile.</param>
    /// <param name="takeAway">Whether nothing is left of the picture at the end.</param>
    public static T Show<T>(
        Screen screen, Func<int, int, IEnumerable<InkedLine>> draw, Func<LivePicture, T> work, bool takeAway = false)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = screen.HasColours ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new ScreenOutput(screen),
        });
        return console.Live(new Spectre.Console.Text("")).AutoClear(takeAway).Start(display =>
        {
            var picture = new LivePicture(screen, draw, display);
            T result = work(picture);
            display.Refresh();
            return result;
        });
    }

    /// <summary>Draws the picture if it is time, or at once.</summary>
    public void Refresh(bool atOnce = false)
    {
        if (!atOnce && sinceDrawn.Elapsed.TotalSeconds < SecondsBetweenPictures)
            return;
        display.Refresh();
        sinceDrawn.Restart();
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int height = Math.Max(1, screen.Height - 1);
        foreach (InkedLine line in draw(Math.Min(maxWidth, screen.Width), height).DefaultIfEmpty(Nothing))
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
