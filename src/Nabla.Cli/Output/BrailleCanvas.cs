namespace Nabla.Cli.Output;

/// <summary>
/// A canvas of dots, two across and four down in every character (Unicode braille patterns, U+2800 …). A character
/// has one ink: that of the dot drawn last.
/// </summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    // The bit of each dot of a character, [y, x].
    private static readonly byte[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly byte[,] dots = new byte[rows, columns];
    private readonly Ink[,] inks = new Ink[rows, columns];

    /// <summary>Dots across.</summary>
    public int Width => columns * 2;

    /// <summary>Dots down.</summary>
    public int Height => rows * 4;

    /// <summary>Sets a dot; (0, 0) is at the top left, dots outside are left out.</summary>
    public void Dot(int x, int y, Ink ink)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
            return;
        dots[y / 4, x / 2] |= Bits[y % 4, x % 2];
        inks[y / 4, x / 2] = ink;
    }

    /// <summary>Sets the dots nearest to a straight line.</summary>
    public void Line((double X, double Y) from, (double X, double Y) to, Ink ink)
    {
        int steps = (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int i = 0; i <= steps; i++)
        {
            double t = steps == 0 ? 0 : (double)i / steps;
            Dot((int)Math.Round(from.X + (to.X - from.X) * t), (int)Math.Round(from.Y + (to.Y - from.Y) * t), ink);
        }
    }

    /// <summary>One row of characters.</summary>
    public InkedLine Row(int row)
    {
        var line = new InkedLine();
        int start = 0;
        for (int column = 1; column <= columns; column++)
        {
            if (column < columns && inks[row, column] == inks[row, start])
                continue;
            line.Add(string.Concat(Enumerable.Range(start, column - start).Select(c => Character(dots[row, c]))),
                inks[row, start]);
            start = column;
        }
        return line;
    }

    // A space where nothing is: some fonts draw the eight empty places of U+2800.
    private static char Character(byte dots) => dots == 0 ? ' ' : (char)(0x2800 + dots);
}
